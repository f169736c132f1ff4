import type { Identity } from "./identity.ts";
import { priorityOf } from "./identity.priority.ts";
import type { Limits } from "./identity.rules.ts";

/** An identity that somebody came with, and whose it is by now. */
export interface Brought extends Identity {
  holderId: string | undefined;
}

export type Demotion = "belongs-to-another" | "over-limit";

export interface Resolution<One extends Brought> {
  /** The member whom the strongest known identity names; nobody where none that was kept is known. */
  memberId: string | undefined;
  kept: One[];
  demoted: { identity: One; why: Demotion }[];
}

/** How many of each kind a member has. */
export type Held = ReadonlyMap<string, ReadonlyMap<string, number>>;

/**
 * Who somebody is. The strongest identity that is known names the member. Where what was brought cannot all be one member's, because it is
 * another's already or because the member would have too many of a kind, the weakest of what disagrees is put aside, and the question asked
 * again: a till's tablet, or a phone that went to somebody else, never pulls two guests together.
 */
export function resolveIdentities<One extends Brought>(brought: readonly One[], held: Held, limits: Limits): Resolution<One> {
  let kept = brought.toSorted((a, b) => priorityOf(a) - priorityOf(b) || (a.value < b.value ? -1 : 1));
  const demoted: Resolution<One>["demoted"] = [];
  for (;;) {
    const memberId = kept.find((one) => one.holderId)?.holderId;
    const disagreement = disagreementOf(kept, memberId, held, limits);
    if (!disagreement) return { memberId, kept, demoted };
    const weakest = disagreement.among.at(-1);
    if (!weakest) throw new Error("Nobody disagrees");
    kept = kept.filter((one) => one !== weakest);
    demoted.push({ identity: weakest, why: weakest.holderId ? "belongs-to-another" : disagreement.why });
  }
}

function disagreementOf<One extends Brought>(kept: readonly One[], memberId: string | undefined, held: Held, limits: Limits): { among: One[]; why: Demotion } | undefined {
  const others = kept.filter((one) => one.holderId && one.holderId !== memberId);
  if (others.length > 0) return { among: others, why: "belongs-to-another" };
  const counts = new Map(held.get(memberId ?? ""));
  for (const one of kept) {
    if (one.holderId) continue;
    const count = (counts.get(one.kind) ?? 0) + 1;
    counts.set(one.kind, count);
    // Too many for the member: then either this is not theirs, or what named the member is not. The weaker of the two yields.
    if (count > limits[one.kind]) return { among: kept.filter((other) => other === one || other.holderId || (!memberId && other.kind === one.kind)), why: "over-limit" };
  }
  return undefined;
}
