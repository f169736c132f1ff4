import type { Fen } from "../src/cart.ts";

/** How points pay. Points are a tender: they never reduce what the order earns, and points of an order cannot pay for it. */
export interface SpendRate {
  /** Points are spent in whole steps of so many. */
  stepPoints: number;
  /** What one step pays. */
  stepFen: Fen;
  /** The most of an order that points may pay, in percent. Default 100. */
  maxPercent?: number | null | undefined;
}

/** The points that can pay towards `dueFen` and what they pay: whole steps, never more than is due. */
export function spendable(balance: number, rate: SpendRate, dueFen: Fen): { points: number; amountFen: Fen } {
  if (rate.stepPoints <= 0 || rate.stepFen <= 0) return { points: 0, amountFen: 0 };
  const limitFen = Math.floor(dueFen * (rate.maxPercent ?? 100) / 100);
  const steps = Math.max(0, Math.min(Math.floor(balance / rate.stepPoints), Math.floor(limitFen / rate.stepFen)));
  return { points: steps * rate.stepPoints, amountFen: steps * rate.stepFen };
}

/** Points for `quantity` units of a reward that costs `points` for every `perUnits`: a started step costs a whole one. */
export function rewardCost(quantity: number, perUnits: number, points: number): number {
  return Math.ceil(quantity / perUnits) * points;
}

/** What each balance, one after the other, pays of `dueFen`. */
export function drawDown(balances: readonly Fen[], dueFen: Fen): Fen[] {
  let rest = Math.max(0, dueFen);
  return balances.map((balance) => {
    const paid = Math.max(0, Math.min(balance, rest));
    rest -= paid;
    return paid;
  });
}
