import { allocate, splitBill, type BillPart, type BillShare, type Quote } from "@shuke/offers";
import type { Fen } from "../../../kernel/money.ts";
import { fieldProblem, problem } from "../../../kernel/problem.ts";
import type { ShareWish } from "./bill.schema.ts";

export const splitMismatch = problem("commerce/split-mismatch", 409, "The amounts do not add up to the bill");

/** One person's part of the bill, as it is frozen. */
export interface Part extends Omit<BillPart, "id" | "points" | "common" | "lines"> {
  lines: { lineId: string; units: number; grossFen: Fen; discountFen: Fen; netFen: Fen }[];
}

/**
 * Divides a price among the people at the table: evenly, by weight, by who had what, or by amounts. Sums over the people are those
 * of the bill for every line, unit, discount and fee. Throws `splitMismatch` and names wrong fields.
 */
export function divide(quote: Quote, shares: readonly ShareWish[]): Part[] {
  const byAmount = shares.some((one) => one.amountFen !== undefined);
  if (byAmount) refuseAmounts(quote, shares);
  refuseLines(quote, shares);
  const wishes = shares.map((one, at): BillShare => ({
    // Of a bill that costs nothing everybody pays nothing, and has as much of it.
    id: String(at), ...(byAmount ? { weight: quote.totalFen === 0 ? 1 : one.amountFen ?? 0 } : { weight: one.weight, lines: one.lines }),
  }));
  const claimsAll = !byAmount && quote.lines.every((line) => shares.some((one) => (one.lines?.[line.lineId] ?? 0) > 0)) && quote.fees.length === 0;
  if (!byAmount && !claimsAll && shares.every((one) => one.weight === 0)) throw fieldProblem("shares.0.weight", "invalid", "somebody must take what nobody claimed");
  const parts = splitBill(quote, wishes);
  if (byAmount) level(parts, shares.map((one) => one.amountFen ?? 0));
  return withUnits(quote, wishes, parts);
}

function refuseAmounts(quote: Quote, shares: readonly ShareWish[]): void {
  const open = shares.findIndex((one) => one.amountFen === undefined || one.lines !== undefined || one.weight !== undefined);
  if (open >= 0) throw fieldProblem(`shares.${open}.amountFen`, "required", "give every share an amount and nothing else, or none");
  const sum = shares.reduce((total, one) => total + (one.amountFen ?? 0), 0);
  if (sum !== quote.totalFen) throw splitMismatch({ totalFen: quote.totalFen, sharesFen: sum, ...(sum < quote.totalFen ? { missing: { amountFen: quote.totalFen - sum } } : {}) });
}

function refuseLines(quote: Quote, shares: readonly ShareWish[]): void {
  shares.forEach((one, at) => {
    for (const lineId of Object.keys(one.lines ?? {})) {
      if (!quote.lines.some((line) => line.lineId === lineId)) throw fieldProblem(`shares.${at}.lines.${lineId}`, "unknown", "is not a line of this bill");
    }
  });
}

/** Weights in fen leave single fen of rounding: they move between two people in a line that both have, price and payment alike. */
function level(parts: BillPart[], targets: readonly Fen[]): void {
  for (let left = parts.length * 1_000; left > 0; left--) {
    const over = parts.findIndex((part, k) => part.totalFen > (targets[k] ?? 0));
    const under = parts.findIndex((part, k) => part.totalFen < (targets[k] ?? 0));
    const [giver, taker] = [parts[over], parts[under]];
    if (!giver || !taker) return;
    const line = giver.lines.find((one) => one.netFen > 0 && taker.lines.some((other) => other.lineId === one.lineId));
    const same = taker.lines.find((one) => one.lineId === line?.lineId);
    if (line && same) {
      move(giver, line, -1);
      move(taker, same, 1);
    } else {
      // Nothing but fees between the two.
      giver.feesFen--; giver.totalFen--; taker.feesFen++; taker.totalFen++;
    }
  }
}

function move(part: BillPart, line: BillPart["lines"][number], fen: Fen): void {
  line.grossFen += fen; line.netFen += fen;
  part.grossFen += fen; part.netFen += fen; part.totalFen += fen;
}

/** A dish is counted once, however many eat of it: its units go to those who have most of it. */
function withUnits(quote: Quote, wishes: readonly BillShare[], parts: readonly BillPart[]): Part[] {
  const units = new Map(quote.lines.map((line) => {
    const claimed = wishes.map((one) => one.lines?.[line.lineId] ?? 0);
    const weights = claimed.some((one) => one > 0) ? claimed : wishes.map((one) => one.weight ?? 1);
    return [line.lineId, allocate(line.quantity, weights)];
  }));
  return parts.map(({ grossFen, discountFen, netFen, feesFen, totalFen, effects, lines }, k) => ({
    grossFen, discountFen, netFen, feesFen, totalFen, effects,
    lines: lines.map((line) => ({ lineId: line.lineId, units: units.get(line.lineId)?.[k] ?? 0, grossFen: line.grossFen, discountFen: line.discountFen, netFen: line.netFen })),
  }));
}
