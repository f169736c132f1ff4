import type { Fen } from "./cart.ts";
import { allocate, share } from "./money.ts";

/**
 * How much of each line each tender paid: `result[line][tender]`, frozen with the order so that a refund of a line knows
 * its share of each tender. Rows sum to `lineNets`, columns to `tenderAmounts`. Fees go in as further lines.
 * Throws RangeError when the sums differ (give change before) or an amount is negative.
 */
export function splitTenders(lineNets: readonly Fen[], tenderAmounts: readonly Fen[]): Fen[][] {
  const rest = [...lineNets];
  const rows = lineNets.map(() => new Array<number>(tenderAmounts.length).fill(0));
  if (sum(lineNets) !== sum(tenderAmounts)) throw new RangeError(`tenders of ${sum(tenderAmounts)} do not equal lines of ${sum(lineNets)}`);
  if (lineNets.some(isNegative) || tenderAmounts.some(isNegative)) throw new RangeError("negative amount");
  // Each tender is spread over what the earlier ones left of the lines: a part never exceeds its line's rest, so both sums are exact.
  tenderAmounts.forEach((amount, tender) => {
    if (amount === 0) return;
    allocate(amount, rest).forEach((part, line) => {
      rows[line]![tender] = part;
      rest[line]! -= part;
    });
  });
  return rows;
}

/**
 * What belongs to `returnNow` more units of `quantity` when `returnedBefore` are already back: the difference of two cumulative
 * shares, so that any sequence of partial returns sums to `total` exactly. For money, points and tenders alike.
 * Throws RangeError when more would come back than was sold.
 */
export function returnShare(total: Fen, quantity: number, returnedBefore: number, returnNow: number): Fen {
  if (quantity <= 0 || returnedBefore < 0 || returnNow < 0 || returnedBefore + returnNow > quantity) {
    throw new RangeError(`return of ${returnNow} after ${returnedBefore} of ${quantity}`);
  }
  return share(total, returnedBefore + returnNow, quantity) - share(total, returnedBefore, quantity);
}

function sum(values: readonly number[]): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

function isNegative(value: number): boolean {
  return value < 0;
}
