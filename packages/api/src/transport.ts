export interface HttpRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  /** JSON, or nothing. */
  body?: string;
}

export interface HttpReply {
  status: number;
  /** What the JSON held; null for an empty body or one that is no JSON. */
  body: unknown;
}

/** One way to reach the server. Rejects only when no reply came. */
export type Transport = (request: HttpRequest) => Promise<HttpReply>;

type Fetch = (url: string, init: { method: string; headers: Record<string, string>; body?: string }) => Promise<{ status: number; text(): Promise<string> }>;

/** For browsers and Node: `fetchTransport(fetch)`. */
export const fetchTransport = (fetch: Fetch): Transport => async ({ method, url, headers, body }) => {
  const reply = await fetch(url, { method, headers, ...(body === undefined ? {} : { body }) });
  return { status: reply.status, body: parsed(await reply.text()) };
};

type TaroRequest = (options: { url: string; method: never; header: Record<string, string>; data?: string; dataType: string }) => PromiseLike<{ statusCode: number; data: unknown }>;

/** For mini programs: `taroTransport(Taro.request)`. Text both ways, so that the framework parses nothing by itself. */
export const taroTransport = (request: TaroRequest): Transport => async ({ method, url, headers, body }) => {
  const reply = await request({ url, method: method as never, header: headers, dataType: "text", ...(body === undefined ? {} : { data: body }) });
  return { status: reply.statusCode, body: typeof reply.data === "string" ? parsed(reply.data) : reply.data };
};

/** A proxy's HTML error page is a status without a body, not a syntax error. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
