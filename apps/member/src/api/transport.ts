export type HttpRequest = {
  method: 'GET' | 'POST' | 'PATCH';
  url: string;
  headers: Record<string, string>;
  body?: unknown;
};

export type HttpReply = { status: number; body: unknown };

/** One way to reach the server. Rejects only when no reply came at all. */
export type Transport = (request: HttpRequest) => Promise<HttpReply>;
