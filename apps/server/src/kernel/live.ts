import pg from "pg";
import type { Log } from "./log.ts";
import type { Scope } from "./scope.ts";

/** A hint that something changed, for screens that are open; never the only copy of anything. */
export interface LiveHint {
  tenantId: string;
  topic: string;
  ids: string[];
}

const CHANNEL = "shuke_live";
/** A notification carries at most 8,000 bytes; 37 bytes an id leave room for the rest. */
const MAX_IDS = 190;
const RECONNECT_MS = 1_000;

/** Tells open screens, in this process and the others, once the scope has committed. Costs no round trip. */
export function hint(scope: Scope, topic: string, ids: readonly string[]): void {
  for (let from = 0; from < ids.length; from += MAX_IDS) {
    scope.tx.write("select pg_notify($1, $2)",
      [CHANNEL, JSON.stringify({ tenantId: scope.tenantId, topic, ids: ids.slice(from, from + MAX_IDS) })]);
  }
}

/** One listening connection a process; screens subscribe to it. */
export class LiveHub {
  readonly #url: string;
  readonly #log: Log;
  readonly #listeners = new Map<string, Set<(hint: LiveHint) => void>>();
  #client: pg.Client | undefined;
  #closed = false;

  constructor(url: string, log: Log) {
    this.#url = url;
    this.#log = log;
  }

  async start(): Promise<void> {
    const client = new pg.Client({ connectionString: this.#url, application_name: "shuke-live", keepAlive: true });
    client.on("error", (error) => this.#log.warn({ err: error }, "the live connection was lost"));
    client.on("notification", (message) => this.#dispatch(message.payload ?? ""));
    await client.connect();
    await client.query(`listen ${CHANNEL}`);
    this.#client = client;
    // Only from here on: a connection that never came about ends too, and two attempts would follow each one.
    client.once("end", () => this.#reconnect());
  }

  async stop(): Promise<void> {
    this.#closed = true;
    await this.#client?.end();
  }

  /** Calls back for each hint of a tenant until the returned function is called. */
  subscribe(tenantId: string, listener: (hint: LiveHint) => void): () => void {
    const listeners = this.#listeners.get(tenantId) ?? new Set();
    listeners.add(listener);
    this.#listeners.set(tenantId, listeners);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#listeners.delete(tenantId);
    };
  }

  #dispatch(payload: string): void {
    const message = JSON.parse(payload) as LiveHint;
    for (const listener of this.#listeners.get(message.tenantId) ?? []) listener(message);
  }

  #reconnect(): void {
    if (this.#closed) return;
    setTimeout(() => this.start().catch(() => this.#reconnect()), RECONNECT_MS).unref();
  }
}
