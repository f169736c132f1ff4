import type { Actor, Scope } from "../../kernel/scope.ts";

/** Somebody who has shown a session or a key that holds. */
export interface Verified {
  tenantId: string;
  actor: Actor;
}

const FRESH_MS = 5_000;
const MAX_ENTRIES = 20_000;

/**
 * Who was verified in the last five seconds, so that a till's request does not look its session up each time. A change of
 * rights counts at once in the process that made it and within five seconds in the others; nothing else is remembered here.
 */
export class Access {
  readonly #verified = new Map<string, { found: Promise<Verified>; tenantId: string; until: number }>();

  /** Requests that come together share one look-up; refusals are not remembered. */
  verify(token: string, tenantId: string, look: () => Promise<Verified>): Promise<Verified> {
    const known = this.#verified.get(token);
    if (known && known.until > performance.now()) return known.found;
    if (this.#verified.size >= MAX_ENTRIES) this.#verified.clear();
    const entry = { found: look(), tenantId, until: performance.now() + FRESH_MS };
    this.#verified.set(token, entry);
    entry.found.catch(() => {
      if (this.#verified.get(token) === entry) this.#verified.delete(token);
    });
    return entry.found;
  }

  /** To be called by every operation that changes what somebody may do; takes effect with the commit. */
  forgetAfter(scope: Scope): void {
    scope.tx.afterCommit(() => {
      for (const [token, entry] of this.#verified) if (entry.tenantId === scope.tenantId) this.#verified.delete(token);
    });
  }
}
