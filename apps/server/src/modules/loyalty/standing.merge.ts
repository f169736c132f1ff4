import type { Program } from "./program.ts";
import { tierOf } from "./qualifying.ts";
import type { Standing } from "./standing.ts";

type TierFields = Pick<Standing, "tierId" | "tierSince" | "tierUntil" | "grantKind">;

/** What is needed to part two standings again. It goes through JSON, so instants come back as text. */
export interface KeptStandings {
  absorbed: Standing;
  /** The survivor's tier before, and after. */
  before: TierFields;
  after: string | null;
  isAbsorbedTier: boolean;
  endedPapers: string[];
  movedPapers: string[];
}

const tierFields = ({ tierId, tierSince, tierUntil, grantKind }: TierFields): TierFields => ({ tierId, tierSince, tierUntil, grantKind });
const earlier = (a: Date | null, b: Date | null): Date | null => (a && b ? (a < b ? a : b) : a ?? b);
const later = (a: Date | null, b: Date | null): Date | null => (a && b ? (a > b ? a : b) : a ?? b);

/** Adds the one to the other, month by month; the higher tier stays, with its term. Leaves the absorbed one blank. */
export function joinStandings(program: Program, survivor: Standing, absorbed: Standing): KeptStandings {
  const rank = (standing: Standing) => tierOf(program, standing.tierId)?.rank ?? -1;
  const isAbsorbedTier = absorbed.tierId !== null && rank(absorbed) > rank(survivor);
  const kept: KeptStandings = { absorbed: structuredClone(absorbed), before: tierFields(survivor), after: null, isAbsorbedTier, endedPapers: [], movedPapers: [] };
  addMonths(survivor, absorbed.months, 1);
  survivor.orders += absorbed.orders;
  survivor.netFen += absorbed.netFen;
  survivor.refundedFen += absorbed.refundedFen;
  survivor.firstOrderAt = earlier(survivor.firstOrderAt, absorbed.firstOrderAt);
  survivor.lastOrderAt = later(survivor.lastOrderAt, absorbed.lastOrderAt);
  if (isAbsorbedTier) Object.assign(survivor, tierFields(absorbed));
  Object.assign(absorbed, { tierId: null, tierSince: null, tierUntil: null, grantKind: null, months: {}, orders: 0, netFen: 0, refundedFen: 0, firstOrderAt: null, lastOrderAt: null });
  return kept;
}

/** Takes the absorbed member's share out again. First and last order are told again by who keeps orders. */
export function partStandings(survivor: Standing, absorbed: Standing, { absorbed: kept }: KeptStandings): void {
  addMonths(survivor, kept.months, -1);
  survivor.orders -= kept.orders;
  survivor.netFen -= kept.netFen;
  survivor.refundedFen -= kept.refundedFen;
  Object.assign(absorbed, tierFieldsOf(kept), {
    months: kept.months, orders: kept.orders, netFen: kept.netFen, refundedFen: kept.refundedFen,
    firstOrderAt: instant(kept.firstOrderAt), lastOrderAt: instant(kept.lastOrderAt),
  });
}

/** Gives the survivor the tier back that they had, unless it became another one since the merge: then that stands. Says which. */
export function restoreTier(survivor: Standing, { before, after }: KeptStandings): boolean {
  if (survivor.tierId !== after) return false;
  Object.assign(survivor, tierFieldsOf(before));
  return true;
}

const instant = (kept: Date | string | null): Date | null => (kept === null ? null : new Date(kept));
const tierFieldsOf = (kept: TierFields): TierFields => ({ ...tierFields(kept), tierSince: instant(kept.tierSince), tierUntil: instant(kept.tierUntil) });

function addMonths(standing: Standing, months: Standing["months"], sign: 1 | -1): void {
  for (const [month, [fen, visits, growth = 0]] of Object.entries(months)) {
    const [fenBefore, visitsBefore, growthBefore = 0] = standing.months[month] ?? [0, 0];
    const [fenAfter, visitsAfter, growthAfter] = [fenBefore + sign * fen, visitsBefore + sign * visits, growthBefore + sign * growth];
    if (fenAfter === 0 && visitsAfter === 0 && growthAfter === 0) delete standing.months[month];
    else standing.months[month] = growthAfter === 0 ? [fenAfter, visitsAfter] : [fenAfter, visitsAfter, growthAfter];
  }
}
