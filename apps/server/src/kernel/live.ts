import type { Listener } from "./listener.ts";
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

/** Tells open screens, in this process and the others, once the scope has committed. Costs no round trip. */
export function hint(scope: Scope, topic: string, ids: readonly string[]): void {
  for (let from = 0; from < ids.length; from += MAX_IDS) {
    scope.tx.write("select pg_notify($1, $2)",
      [CHANNEL, JSON.stringify({ tenantId: scope.tenantId, topic, ids: ids.slice(from, from + MAX_IDS) })]);
  }
}

/** What is heard of changes, for the screens of this process that subscribe. */
export class LiveHub {
  readonly #listeners = new Map<string, Set<(hint: LiveHint) => void>>();

  async start(listener: Listener): Promise<void> {
    await listener.listen(CHANNEL, (payload) => this.#dispatch(payload));
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
}
