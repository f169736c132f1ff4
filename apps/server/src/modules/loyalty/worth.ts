import type { Fen, Points } from "../../kernel/money.ts";
import { fieldProblem } from "../../kernel/problem.ts";
import type { Program } from "./program.ts";

/** What points are worth as a tender. Refuses what is not a whole number of steps. */
export function pointsWorth(program: Program, points: Points, field: string): Fen {
  if (points % program.spendStep !== 0) throw fieldProblem(field, "step", `must be a multiple of ${program.spendStep}`);
  return worthOf(program, points);
}

/** The same of any number, rounded down: what is taken from a refund for points that are gone. */
export const worthOf = (program: Program, points: Points): Fen => Math.floor((points * program.spendFen) / program.spendPoints);

/** The most points that an order of this total takes, given a balance: whole steps, and not above the program's share. */
export function mostPoints(program: Program, totalFen: Fen, balance: Points): Points {
  const capFen = Math.floor((totalFen * program.maxOrderSharePercent) / 100);
  const byTotal = Math.floor((capFen * program.spendPoints) / program.spendFen);
  const most = Math.max(0, Math.min(balance, byTotal));
  return most - (most % program.spendStep);
}
