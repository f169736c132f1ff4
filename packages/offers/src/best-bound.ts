import type { Move } from "./best-moves.ts";
import type { Fen } from "./cart.ts";
import { share } from "./money.ts";
import type { BuyGet } from "./offer.ts";
import type { CompiledOffer } from "./prepare.ts";
import { sumOf, unusedUnits } from "./state.ts";
import type { State } from "./state.ts";

/** A move that is possible now, and what it would take now. */
export interface Option {
  move: Move;
  worth: Fen;
}

/**
 * What these moves together can take at most from here on, in whatever order. It stands on three facts: taking one offer never raises
 * what another can take (but for the kinds that choose units, which count with all they reach); of a clique only one counts; and
 * percentages of the same lines multiply: 10 % and 10 % are 19 %. Roundings are counted in, so the bound is never below what is possible.
 */
export function boundOf(options: readonly Option[], state: State): Fen {
  let sum = 0;
  let most: Map<string, number> | null = null;
  const percents: Option[] = [];
  for (const option of options) {
    const { clique } = option.move;
    const worth = worthAtMost(option, state);
    if (clique !== null) {
      most ??= new Map();
      most.set(clique, Math.max(most.get(clique) ?? 0, worth));
    } else if (isPlainPercent(option)) percents.push(option);
    else sum += worth;
  }
  if (most) for (const worth of most.values()) sum += worth;
  return Math.min(sum + ofPercents(percents, state), leftOf(state));
}

/**
 * Its present worth, but for kinds whose choice may shift to something dearer once others have used up what they would take now: a cheapest
 * unit counts as a dearest one, a ladder with its best step, a set with all of its lines.
 */
function worthAtMost({ move, worth }: Option, state: State): Fen {
  if (!move.shifts) return worth;
  let most = 0;
  for (const { rule, lines } of move.entries) most += Math.min(rule.capFen, shiftedMost(rule, lines, move, state));
  return Math.max(worth, most);
}

function shiftedMost({ offer, others }: CompiledOffer, lines: readonly number[], move: Move, state: State): Fen {
  switch (offer.kind) {
    case "unit-off": return offer.amountFen != null ? offer.amountFen * (offer.units ?? 1) : dearest(state, lines, offer.units ?? 1, offer.percentOff ?? 100);
    case "buy-get": {
      const given = others[0] === undefined ? lines : move.touched;
      return dearest(state, given, mostGiven(offer, unitsIn(state, move.touched)), offer.percentOff ?? 100);
    }
    case "ladder": {
      const sum = positiveSum(state, lines);
      return Math.min(sum, Math.max(0, ...offer.steps.map((step) => step.amountFen ?? share(sum, Math.round((step.percentOff ?? 0) * 100), 10_000))));
    }
    default: return positiveSum(state, move.touched);
  }
}

/** Units that can be given when so many are there, bought ones included. */
function mostGiven({ buyQuantity, getQuantity, maxTimes }: BuyGet, units: number): number {
  const set = buyQuantity + getQuantity;
  return Math.min((maxTimes ?? Infinity) * getQuantity, Math.floor(units / set) * getQuantity + Math.max(0, units % set - buyQuantity));
}

/** What the dearest units of these lines would give, half a fen for each line's rounding. */
function dearest(state: State, lines: readonly number[], count: number, percent: number): Fen {
  const priced: { price: number; units: number }[] = [];
  for (const line of lines) {
    const units = unusedUnits(state, line);
    if (units > 0) priced.push({ price: (state.fresh ?? state.net)[line]! / units, units });
  }
  priced.sort((a, b) => b.price - a.price);
  let left = count, sum = 0;
  for (const { price, units } of priced) {
    if (left <= 0) break;
    sum += price * Math.min(units, left);
    left -= units;
  }
  return Math.ceil(sum * percent / 100 + lines.length);
}

function unitsIn(state: State, lines: readonly number[]): number {
  let units = 0;
  for (const line of lines) units += unusedUnits(state, line);
  return units;
}

function positiveSum(state: State, lines: readonly number[]): Fen {
  let sum = 0;
  for (const line of lines) if (state.net[line]! > 0) sum += state.net[line]!;
  return sum;
}

/** A share of its lines that no cap cuts now. */
function isPlainPercent({ move, worth }: Option): boolean {
  const { rule } = move.entries[0]!;
  return move.entries.length === 1 && rule.offer.kind === "percent-off" && !rule.offer.maxUnits && worth < rule.capFen;
}

function ofPercents(options: readonly Option[], state: State): Fen {
  if (options.length === 0) return 0;
  let apart = 0;
  const covers = new Array<number>(state.net.length).fill(0);
  for (const { move } of options) for (const line of move.touched) covers[line]!++;
  const together = options.filter(({ move, worth }) => {
    if (move.touched.some((line) => covers[line]! > 1)) return true;
    apart += worth;
    return false;
  });
  return together.length === 0 ? apart : apart + Math.min(together.reduce((sum, one) => sum + one.worth, 0), multiplied(together, state));
}

/** Percentages that meet on lines: each line keeps the product of what each leaves of it. */
function multiplied(options: readonly Option[], state: State): Fen {
  const keeps = new Map<number, number>();
  let slack = 0;
  const [first] = options;
  const isOneScope = options.every(({ move }) => sameLines(move.touched, first!.move.touched));
  for (const { move } of options) {
    const { rule } = move.entries[0]!;
    const rate = rule.offer.kind === "percent-off" ? Math.round(rule.offer.percentOff * 100) / 10_000 : 0;
    for (const line of move.touched) keeps.set(line, (keeps.get(line) ?? 1) * (1 - rate));
    // Half a fen a rounding; and where scopes differ, the fen by which an earlier one may have spared each of its lines.
    slack += rule.offer.level === "line" ? 0.5 * move.touched.length : 0.5;
    if (!isOneScope) slack += rate * move.touched.length * (options.length - 1);
  }
  let off = 0;
  for (const [line, keep] of keeps) if (state.net[line]! > 0) off += state.net[line]! * (1 - keep);
  return Math.floor(off + slack + 1e-6);
}

export function sameLines(a: readonly number[], b: readonly number[]): boolean {
  return a === b || (a.length === b.length && a.every((line, i) => line === b[i]));
}

function leftOf(state: State): Fen {
  let left = sumOf(state.feeNet);
  for (const net of state.net) if (net > 0) left += net;
  return left;
}
