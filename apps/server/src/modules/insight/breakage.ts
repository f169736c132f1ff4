import type { LiabilityKind } from "./liability.schema.ts";

export interface Flow {
  month: string;
  kind: LiabilityKind;
  flow: string;
  amount: number;
}

/** Fewer ended than this say nothing about the others. */
const FEWEST_ENDED = 20;
/** How a unit comes to its end: unused, or used. Principal and bonus do not end at all. */
const ENDED: Partial<Record<LiabilityKind, { unused: readonly string[]; used: readonly string[] }>> = {
  points: { unused: ["expire"], used: ["spend", "give-back"] },
  coupon: { unused: ["ended"], used: ["redeemed"] },
};

/**
 * What of the outstanding will end unused, if the next year is like the last: of all that came to its end in twelve months, the share
 * that ended unused, applied to what has an end. An estimate for planning; accounting rules decide when it may be booked.
 */
export function estimateBreakage(
  kind: LiabilityKind, flows: readonly Flow[], rows: readonly { kind: LiabilityKind; month: string; value_fen: number }[],
): { breakagePercent: number | null; breakageFen: number | null } {
  const ways = ENDED[kind];
  if (!ways) return { breakagePercent: kind === "card" ? null : 0, breakageFen: kind === "card" ? null : 0 };
  const sum = (names: readonly string[]) => Math.abs(flows.filter((flow) => flow.kind === kind && names.includes(flow.flow)).reduce((total, flow) => total + flow.amount, 0));
  const unused = sum(ways.unused);
  const ended = unused + sum(ways.used);
  if (ended < FEWEST_ENDED) return { breakagePercent: null, breakageFen: null };
  const endingFen = rows.filter((row) => row.kind === kind && row.month !== "").reduce((total, row) => total + row.value_fen, 0);
  return { breakagePercent: Math.round((unused * 1_000) / ended) / 10, breakageFen: Math.round((endingFen * unused) / ended) };
}
