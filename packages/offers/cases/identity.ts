/** One kind of identifier. */
export interface IdentifierRule {
  id: string;
  /** Different values one profile may have. */
  limit: number;
  /** 1 is the most trusted; conflicts give way from the other end. */
  priority: number;
}

export type Identifiers = Readonly<Record<string, string>>;

export interface Resolution {
  result: "matched" | "merged" | "new profile";
  /** Positions of the profiles that the event belongs to. More than one: they are merged. */
  profiles: number[];
  /** What of the event is kept; identifiers that would have broken a limit are dropped. */
  identifiers: Identifiers;
  /** Dropped identifiers and the profile that keeps them. */
  dropped: { id: string; value: string; staysWith: number }[];
}

/** Typed when nothing is at hand: matching by them would merge strangers. */
const NOBODY = /^(?:[0-]*|-1|null|undefined|none|nil|n\/a|anonymous|unknown|(\d)\1{10})$/i;
const ADVERTISED: ReadonlySet<string> = new Set(["13800138000", "13800000000", "13912345678", "13812345678", "12345678901"]);

/** Whether a value may bring two records together. `own` are the shop's own numbers: the till's device belongs to everybody. */
export function isMatchable(value: string, own: readonly string[] = []): boolean {
  const plain = value.normalize("NFKC").trim();
  return !NOBODY.test(plain) && !ADVERTISED.has(plain) && !own.includes(plain);
}

/**
 * Finds the profile of an event. If the profiles that share an identifier with it would together, and with it, exceed a limit, the least
 * trusted identifier of the event is dropped and matching is tried again, until it fits.
 */
export function resolveIdentity(rules: readonly IdentifierRule[], profiles: readonly Identifiers[], event: Identifiers): Resolution {
  const byTrust = [...rules].sort((a, b) => a.priority - b.priority);
  const kept = byTrust.filter(({ id }) => event[id] !== undefined && isMatchable(event[id]));
  const dropped: Resolution["dropped"] = [];
  for (;;) {
    const matches = profiles.map((_, at) => at).filter((at) => kept.some(({ id }) => profiles[at]![id] === event[id]));
    const identifiers = Object.fromEntries(kept.map(({ id }) => [id, event[id]!]));
    if (matches.length === 0) return { result: "new profile", profiles: [], identifiers, dropped };
    const together = [...matches.map((at) => profiles[at]!), identifiers];
    if (rules.every(({ id, limit }) => new Set(together.flatMap((one) => one[id] ?? [])).size <= limit)) {
      return { result: matches.length > 1 ? "merged" : "matched", profiles: matches, identifiers, dropped };
    }
    // The least trusted one that matches anything: another would change nothing.
    const least = kept.filter(({ id }) => matches.some((at) => profiles[at]![id] === event[id])).at(-1)!;
    dropped.push({ id: least.id, value: event[least.id]!, staysWith: matches.find((at) => profiles[at]![least.id] === event[least.id])! });
    kept.splice(kept.indexOf(least), 1);
  }
}
