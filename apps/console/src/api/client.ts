import { Problem, type ProblemDocument } from "./problem.ts";

const base = "/api/console";

export type Query = Record<string, string | number | boolean | null | undefined>;

interface Options {
  body?: unknown;
  query?: Query;
  /** Idempotency-Key of this action; a retry carries the same one. */
  key?: string;
  signal?: AbortSignal;
  bytes?: Blob;
}

export const api = {
  get: <T>(path: string, query?: Query, signal?: AbortSignal) =>
    send<T>("GET", path, { ...(query && { query }), ...(signal && { signal }) }),
  post: <T>(path: string, body?: unknown, key?: string) => send<T>("POST", path, { body: body ?? {}, ...(key && { key }) }),
  put: <T>(path: string, body: unknown) => send<T>("PUT", path, { body }),
  patch: <T>(path: string, body: unknown) => send<T>("PATCH", path, { body }),
  delete: <T>(path: string) => send<T>("DELETE", path, {}),
  postBytes: <T>(path: string, bytes: Blob, query: Query) => send<T>("POST", path, { bytes, query }),
  /** Bytes as they are. */
  putBytes: (path: string, bytes: Blob, signal: AbortSignal) => send<void>("PUT", path, { bytes, signal }),
};

async function send<T>(method: string, path: string, options: Options): Promise<T> {
  const headers: Record<string, string> = { accept: "application/json" };
  if (options.body !== undefined) headers["content-type"] = "application/json";
  if (options.bytes) headers["content-type"] = "application/octet-stream";
  if (options.key) headers["idempotency-key"] = options.key;
  const response = await reach(base + path + search(options.query), {
    method,
    headers,
    credentials: "same-origin",
    ...(options.body !== undefined && { body: JSON.stringify(options.body) }),
    ...(options.bytes && { body: options.bytes }),
    ...(options.signal && { signal: options.signal }),
  });
  if (response.status === 204) return undefined as T;
  const named = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get("content-disposition") ?? "")?.[1];
  if (response.ok && named !== undefined) return new File([await response.blob()], decodeURIComponent(named)) as T;
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) throw new Problem(documentOf(response, body));
  return body as T;
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new Problem({ code: "console/unreachable", title: "The server cannot be reached", status: 0 });
  }
}

function documentOf(response: Response, body: unknown): ProblemDocument {
  if (body && typeof body === "object" && "code" in body) return body as ProblemDocument;
  return { code: `http/${response.status}`, title: response.statusText || `HTTP ${response.status}`, status: response.status };
}

export function search(query?: Query): string {
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== null && value !== "");
  if (given.length === 0) return "";
  return "?" + new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
}
