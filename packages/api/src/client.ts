import type { Given, Method, Operation, PathWith, Reply } from "./operation.ts";
import type { Transport } from "./transport.ts";

export interface ClientOptions {
  transport: Transport;
  /** `https://crm.example.com`; empty on the server's own pages. */
  base: string;
  /** Asked before each call, so that a new token counts at once. */
  headers?: () => Record<string, string>;
}

/** The server's refusal: a problem document, or the bare status of something in between. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly document: Record<string, unknown>;

  constructor(status: number, body: unknown) {
    const document = typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
    super(String(document["detail"] ?? document["title"] ?? `HTTP ${status}`));
    this.name = "ApiProblem";
    this.status = status;
    this.code = String(document["code"] ?? `http/${status}`);
    this.document = document;
  }
}

/** Calls an audience's API with the types of its document. Throws `ApiProblem` for 4xx and 5xx, and what the transport throws. */
export function createClient<Paths>({ transport, base, headers = () => ({}) }: ClientOptions) {
  return async function call<M extends Method, P extends PathWith<Paths, M>>(method: M, path: P, given: Given<Operation<Paths, P, M>>): Promise<Reply<Operation<Paths, P, M>>> {
    const { path: names, query, body, key } = given as { path?: Record<string, string>; query?: Record<string, unknown>; body?: unknown; key?: string };
    const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(names?.[name] ?? ""));
    const asked = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== null)
      .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`).join("&");
    const reply = await transport({
      method: method.toUpperCase(), url: `${base}${filled}${asked && `?${asked}`}`,
      headers: { accept: "application/json", ...(body === undefined ? {} : { "content-type": "application/json" }), ...(key === undefined ? {} : { "idempotency-key": key }), ...headers() },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (reply.status >= 400) throw new ApiProblem(reply.status, reply.body);
    return (reply.body ?? undefined) as Reply<Operation<Paths, P, M>>;
  };
}
