import type { Order } from "./order.ts";

export interface RefundShare {
  amountFen: number;
  pointsBack: number;
  tenders: { kind: Order["tenders"][number]["kind"]; amountFen: number }[];
}

/** Half-up share of an integer, in integers: the same rule as the server's. */
function share(total: number, part: number, whole: number): number {
  return whole === 0 ? 0 : Number((BigInt(total) * BigInt(part) * 2n + BigInt(whole)) / (BigInt(whole) * 2n));
}

/**
 * What goes back for these quantities: each line's frozen net and points by cumulative share, spread over what is left of the tenders.
 * A preview for the eye before the button is pressed; the server's own sums are the ones that are booked.
 */
export function refundShare(order: Order, quantities: Record<string, number>): RefundShare {
  let amountFen = 0;
  let pointsBack = 0;
  for (const line of order.lines) {
    const now = quantities[line.lineId] ?? 0;
    const after = line.returnedQuantity + now;
    amountFen += share(line.netFen, after, line.quantity) - share(line.netFen, line.returnedQuantity, line.quantity);
    pointsBack += share(line.pointsEarned, after, line.quantity) - share(line.pointsEarned, line.returnedQuantity, line.quantity);
  }
  return { amountFen, pointsBack, tenders: spread(order, amountFen) };
}

/** Largest remainder over the unrefunded rest of each tender; ties to the first. */
function spread(order: Order, amountFen: number): RefundShare["tenders"] {
  const rests = order.tenders.map((tender) => tender.amountFen - tender.refundedFen);
  const sum = rests.reduce((total, rest) => total + rest, 0);
  if (sum === 0) return [];
  const target = Math.min(amountFen, sum);
  const exact = rests.map((rest) => BigInt(rest) * BigInt(target));
  const parts = exact.map((value) => Number(value / BigInt(sum)));
  let missing = target - parts.reduce((total, part) => total + part, 0);
  const byRemainder = exact.map((value, index) => ({ index, remainder: value % BigInt(sum) })).sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder < b.remainder ? 1 : -1));
  for (const { index } of byRemainder) {
    if (missing === 0) break;
    parts[index] = (parts[index] ?? 0) + 1;
    missing -= 1;
  }
  return order.tenders.map((tender, index) => ({ kind: tender.kind, amountFen: parts[index] ?? 0 })).filter((part) => part.amountFen > 0);
}
