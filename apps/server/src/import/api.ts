import { setTimeout as sleep } from "node:timers/promises";
import { wrongUse } from "./wrong-use.ts";

const MAX_ATTEMPTS = 8;
const MAX_WAIT_SECONDS = 30;
const MAX_SAID = 2_000;
const REQUEST_LIMIT_MS = 120_000;

/** A refusal of the whole request; refusals of single orders are outcomes. */
export class ApiError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Too many requests, or a server that restarts. */
const PASSING = new Set([429, 502, 503, 504]);

/** The public API with a key. Tries again what a busy or restarting server did not take; everything sent is idempotent. */
export class Api {
  readonly #url: string;
  readonly #key: string;

  constructor(target: { url: string; key: string }) {
    this.#url = target.url;
    this.#key = target.key;
  }

  /** Finds out early, and without trying again, whether somebody answers and takes the key. */
  async greet(): Promise<void> {
    const reply = await this.#send("GET", "/v1/orders:totals?from=2000-01-01&to=2000-01-01").catch((error: unknown) => {
      throw wrongUse(`No server answers at ${this.#url} (${String(error instanceof Error ? error.cause ?? error : error)})`);
    });
    const said = await reply.text();
    if (!reply.ok) throw wrongUse(`${this.#url} does not let this key in: ${reply.status} ${said.slice(0, MAX_SAID)}`);
  }

  get = <Reply>(path: string): Promise<Reply> => this.#ask<Reply>("GET", path);
  post = <Reply>(path: string, body: object): Promise<Reply> => this.#ask<Reply>("POST", path, JSON.stringify(body));

  async #ask<Reply>(method: string, path: string, body?: string): Promise<Reply> {
    for (let attempt = 1; ; attempt++) {
      const wait = Math.min(MAX_WAIT_SECONDS, 0.2 * 2 ** attempt);
      try {
        const reply = await this.#send(method, path, body);
        if (reply.ok) return (await reply.json()) as Reply;
        const said = await reply.text();
        if (!PASSING.has(reply.status) || attempt >= MAX_ATTEMPTS) throw new ApiError(reply.status, `${method} ${path}: ${reply.status} ${said.slice(0, MAX_SAID)}`);
        await sleep(1_000 * Math.min(MAX_WAIT_SECONDS, Math.max(wait, Number(reply.headers.get("retry-after")) || 0)));
      } catch (error) {
        if (error instanceof ApiError || attempt >= MAX_ATTEMPTS) throw error;
        await sleep(1_000 * wait);
      }
    }
  }

  #send(method: string, path: string, body?: string): Promise<Response> {
    return fetch(this.#url + path, {
      method, signal: AbortSignal.timeout(REQUEST_LIMIT_MS),
      headers: { authorization: `Bearer ${this.#key}`, ...(body === undefined ? {} : { "content-type": "application/json" }) },
      ...(body === undefined ? {} : { body }),
    });
  }
}
