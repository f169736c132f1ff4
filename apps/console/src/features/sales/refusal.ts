import type { SeaOutcome } from "./sea.ts";

export interface Refused {
  title: string;
  owner: string | null;
  until: string | null;
}

export interface Refusals {
  code: string;
  records: Refused[];
}

/** How many went through, and the others by the reason for which they did not, the commonest first. */
export function tellingOf(records: readonly { id: string; title: string }[], outcomes: readonly SeaOutcome[]): { moved: number; unchanged: number; refusals: Refusals[] } {
  const titles = new Map(records.map((one) => [one.id, one.title]));
  const byCode = new Map<string, Refused[]>();
  for (const { recordId, outcome, code = "other", owner, until = null } of outcomes) {
    if (outcome === "refused") byCode.set(code, [...(byCode.get(code) ?? []), { title: titles.get(recordId) ?? "", owner: owner?.name ?? null, until }]);
  }
  const count = (wanted: SeaOutcome["outcome"]) => outcomes.filter(({ outcome }) => outcome === wanted).length;
  return { moved: count("moved"), unchanged: count("unchanged"), refusals: [...byCode].map(([code, refused]) => ({ code, records: refused })).toSorted((a, b) => b.records.length - a.records.length) };
}
