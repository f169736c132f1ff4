import type { FastifyInstance } from "fastify";

export interface Answer {
  status: number;
  // A test says what it expects of a body; a type would only repeat the schema that the server checks already.
  // oxlint-disable-next-line typescript/no-explicit-any
  body: any;
  headers: Record<string, string | string[] | number | undefined>;
}

export interface Asking {
  /** Idempotency-Key */
  key?: string;
  headers?: Record<string, string>;
}

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** Knocks at the server's door in this process, as one caller. */
export class Client {
  readonly #app: FastifyInstance;
  readonly #prefix: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly #address: string;

  constructor(app: FastifyInstance, prefix: string, headers: Readonly<Record<string, string>> = {}, address = "127.0.0.1") {
    this.#address = address;
    this.#app = app;
    this.#prefix = prefix;
    this.headers = headers;
  }

  get = (path: string, asking?: Asking): Promise<Answer> => this.send("GET", path, undefined, asking);
  post = (path: string, body?: unknown, asking?: Asking): Promise<Answer> => this.send("POST", path, body ?? {}, asking);
  put = (path: string, body?: unknown, asking?: Asking): Promise<Answer> => this.send("PUT", path, body ?? {}, asking);
  patch = (path: string, body?: unknown, asking?: Asking): Promise<Answer> => this.send("PATCH", path, body ?? {}, asking);
  delete = (path: string, asking?: Asking): Promise<Answer> => this.send("DELETE", path, undefined, asking);

  async send(method: Method, path: string, body?: unknown, { key, headers }: Asking = {}): Promise<Answer> {
    return this.raw(method, path, body === undefined ? undefined : JSON.stringify(body), {
      ...(body === undefined ? {} : { "content-type": "application/json" }), ...(key ? { "idempotency-key": key } : {}), ...headers,
    });
  }

  /** The payload goes out as it is, for what no honest client sends. */
  async raw(method: Method, path: string, payload: string | Buffer | undefined, headers: Record<string, string> = {}): Promise<Answer> {
    const reply = await this.#app.inject({
      method, url: this.#prefix + path, remoteAddress: this.#address, headers: { ...this.headers, ...headers }, ...(payload === undefined ? {} : { payload }),
    });
    const isJson = String(reply.headers["content-type"] ?? "").includes("json");
    return { status: reply.statusCode, body: isJson ? reply.json() : reply.body, headers: reply.headers };
  }
}
