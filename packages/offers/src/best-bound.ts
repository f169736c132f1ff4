import { attempt } from "./attempt.ts";
import type { Move } from "./best-moves.ts";
import type { Fen } from "./cart.ts";
import { share } from "./money.ts";
import type { BuyGet, Offer } from "./offer.ts";
import { sumOf, unusedUnits } from "./state.ts";
import type { Entry, State } from "./state.ts";

/** A move, and the most that it can take from here on, whatever goes before it. */
export interface Option {
  move: Move;
  most: Fen;
}

/**
 * What these moves together can take at most from here on, in whatever order; `slots` offers of them at most. It stands on three facts:
 * taking one offer never raises what another can take (but where `isSteady` says no); of a clique only one counts; and
 * percentages of the same lines multiply: 10 % and 10 % are 19 %. Roundings are counted in, so the bound is never below what is possible.
 */
export function boundOf(options: readonly Option[], state: State, slots: number | null): Fen {
  const apart: Fen[] = [], percents: Option[] = [];
  let cliques: Map<string, Fen> | null = null;
  for (const option of options) {
    const { move: { clique }, most } = option;
    if (clique !== null) {
      cliques ??= new Map();
      cliques.set(clique, Math.max(cliques.get(clique) ?? 0, most));
    } else if (isPlainPercent(option)) percents.push(option);
    else apart.push(most);
  }
  if (cliques) apart.push(...cliques.values());
  const left = leftOf(state);
  const inAll = Math.min(left, sumOf(apart) + ofPercents(percents, state));
  if (slots === null || slots >= apart.length + percents.length) return inAll;
  const dearest = [...apart, ...percents.map(({ most }) => most)].sort((a, b) => b - a).slice(0, slots);
  return Math.min(inAll, sumOf(dearest));
}

/**
 * The most that a move can take from here on, given what it takes now. That is what it takes now, but for kinds whose choice may shift to
 * something dearer once others have used up what they would take, and for sets of line offers, of which a cap may shift from line to line.
 */
export function worthAtMost({ entries, touched }: Move, state: State, now: Fen): Fen {
  const [first] = entries;
  if (entries.length === 1) return isSteady(first!.rule.offer) ? now : Math.max(now, Math.min(first!.rule.capFen, shiftedMost(first!, touched, state)));
  let sum = 0;
  for (const entry of entries) {
    const { rule } = entry;
    sum += isSteady(rule.offer) ? attempt(entry, state)?.total ?? 0 : Math.min(rule.capFen, shiftedMost(entry, touched, state));
  }
  return sum;
}

function isSteady({ kind }: Offer): boolean {
  return kind === "amount-off" || kind === "percent-off" || kind === "member-price" || kind === "delivery-fee-off";
}

function shiftedMost({ rule: { offer }, lines }: Entry, touched: readonly number[], state: State): Fen {
  switch (offer.kind) {
    case "unit-off": return offer.amountFen != null ? offer.amountFen * (offer.units ?? 1) : dearest(state, lines, offer.units ?? 1, offer.percentOff ?? 100);
    case "buy-get": return dearest(state, touched, mostGiven(offer, unitsIn(state, touched)), offer.percentOff ?? 100);
    case "exchange": return dearest(state, touched, offer.quantity ?? 1, 100);
    case "ladder": {
      const sum = positiveSum(state, lines);
      return Math.min(sum, Math.max(0, ...offer.steps.map((step) => step.amountFen ?? share(sum, Math.round((step.percentOff ?? 0) * 100), 10_000))));
    }
    default: return positiveSum(state, touched);
  }
}

/** Units that can be given when so many are there, bought ones included. */
function mostGiven({ buyQuantity, getQuantity, maxTimes }: BuyGet, units: number): number {
  const set = buyQuantity + getQuantity;
  return Math.min((maxTimes ?? Infinity) * getQuantity, Math.floor(units / set) * getQuantity + Math.max(0, units % set - buyQuantity));
}

/** How much dearer rounding can make a unit when others of its line are used one after the other: half a fen shared by those left, each time. */
const DRIFT_FEN = 4;

/** What the dearest units of these lines would give, with what roundings may add. */
function dearest(state: State, lines: readonly number[], count: number, percent: number): Fen {
  const priced: { price: number; units: number }[] = [];
  for (const line of lines) {
    const units = unusedUnits(state, line);
    if (units > 0) priced.push({ price: (state.fresh ?? state.net)[line]! / units + DRIFT_FEN, units });
  }
  priced.sort((a, b) => b.price - a.price);
  let left = count, sum = 0;
  for (const { price, units } of priced) {
    if (left <= 0) break;
    sum += price * Math.min(units, left);
    left -= units;
  }
  return sum === 0 ? 0 : Math.min(positiveSum(state, lines), Math.ceil(sum * percent / 100 + lines.length));
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
function isPlainPercent({ move, most }: Option): boolean {
  const { rule } = move.entries[0]!;
  return move.entries.length === 1 && rule.offer.kind === "percent-off" && !rule.offer.maxUnits && most < rule.capFen;
}

function ofPercents(options: readonly Option[], state: State): Fen {
  if (options.length === 0) return 0;
  let apart = 0, sum = 0;
  const covers = new Array<number>(state.net.length).fill(0);
  for (const { move } of options) for (const line of move.touched) covers[line]!++;
  const together = options.filter(({ move, most }) => {
    if (move.touched.some((line) => covers[line]! > 1)) sum += most;
    else apart += most;
    return move.touched.some((line) => covers[line]! > 1);
  });
  return together.length === 0 ? apart : apart + Math.min(sum, multiplied(together, state));
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
    slack += rule.level === "line" ? 0.5 * move.touched.length : 0.5;
    if (!isOneScope) slack += rate * move.touched.length * (options.length - 1);
  }
  let off = 0;
  for (const [line, keep] of keeps) if (state.net[line]! > 0) off += state.net[line]! * (1 - keep);
  return Math.floor(off + slack + 1e-6);
}

function sameLines(a: readonly number[], b: readonly number[]): boolean {
  return a === b || (a.length === b.length && a.every((line, i) => line === b[i]));
}

function leftOf(state: State): Fen {
  let left = sumOf(state.feeNet);
  for (const net of state.net) if (net > 0) left += net;
  return left;
}
