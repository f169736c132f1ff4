import type { Fen } from "./cart.ts";
import { shortfalls } from "./attempt.ts";
import { sameLines } from "./best-bound.ts";
import type { Move } from "./best-moves.ts";
import { share } from "./money.ts";
import { quantityAt, sumAt, sumOf } from "./state.ts";
import type { Entry, State } from "./state.ts";

/**
 * Offers on one and the same set of lines that look at nothing but its sum: then the sum is all that counts, and the best order of them
 * is found with numbers instead of carts. Twelve stackable offers on the whole order, which have more than a billion orders, take
 * a millisecond.
 */
export interface SumProblem {
  moves: readonly SumMove[];
  /** Left of the lines, and of all others together. */
  sumFen: Fen;
  restFen: Fen;
  /** What the delivery offers that a sum leaves open take off the fees: never more for a lower sum. */
  tail: (sumFen: Fen, restFen: Fen) => { order: readonly Move[]; offFen: Fen };
}

interface SumMove {
  move: Move;
  /** What it takes of a sum; 0 when it does not apply. */
  takes: (sumFen: Fen, restFen: Fen) => Fen;
  /** Its share when it is a percentage without a cap; 0 otherwise. */
  rate: number;
}

/** What delivery offers take together when these may apply. */
export type DeliveryBest = (open: readonly Move[]) => { order: readonly Move[]; offFen: Fen };

/** Null when one of the moves looks at more than the sum. */
export function sumProblem(moves: readonly Move[], state: State, deliveryBest: DeliveryBest): SumProblem | null {
  const goods = moves.filter((move) => move.rank < DELIVERY_RANK), delivery = moves.filter((move) => move.rank === DELIVERY_RANK);
  const [first] = goods;
  if (!first || state.negatives || !goods.every((move) => isSummed(move, first)) || !delivery.every((move) => followsSum(move, first))) return null;
  if (delivery.some((move) => goods.some((other) => move.conflicts[other.index]))) return null;
  const sumFen = sumAt(state.net, first.touched);
  const opens = delivery.map((move) => ({ move, isOpen: openBySum(move.entries[0]!) }));
  return {
    moves: goods.map((move) => ({ move, takes: takesOf(move.entries[0]!, state), rate: rateOf(move.entries[0]!) })), sumFen, restFen: sumOf(state.net) - sumFen,
    tail: (sum, rest) => deliveryBest(opens.filter(({ isOpen }) => isOpen(sum, rest)).map(({ move }) => move)),
  };
}

export const DELIVERY_RANK = 3;

/** Whether a delivery offer asks for nothing but this sum, or the order's. */
function followsSum({ entries }: Move, like: Move): boolean {
  const { rule, lines } = entries[0]!;
  if (entries.length > 1 || rule.items.undiscountedOnly) return false;
  return rule.thresholdFen <= 0 || rule.thresholdGross || rule.thresholdOrder || sameLines(lines, like.touched);
}

/** The delivery offer was possible before the sum fell: only its amount can be missed. */
function openBySum({ rule }: Entry): (sumFen: Fen, restFen: Fen) => boolean {
  if (rule.thresholdFen <= 0 || rule.thresholdGross) return () => true;
  return (sumFen, restFen) => (rule.thresholdOrder ? sumFen + restFen : sumFen) >= rule.thresholdFen;
}

export function isSummed(move: Move, like: Move): boolean {
  const { rule } = move.entries[0]!;
  if (move.entries.length > 1 || move.rank !== like.rank || rule.items.undiscountedOnly || !sameLines(move.touched, like.touched)) return false;
  switch (rule.offer.kind) {
    case "ladder": return true;
    case "percent-off": return rule.offer.level !== "line" && !rule.offer.maxUnits;
    case "amount-off": return rule.offer.per !== "line" && rule.offer.per !== "unit";
    default: return false;
  }
}

function rateOf({ rule }: Entry): number {
  return rule.offer.kind === "percent-off" && rule.capFen === Infinity ? Math.round(rule.offer.percentOff * 100) / 10_000 : 0;
}

/** The same arithmetic as the kinds', on a sum. What does not change while goods are discounted is asked once. */
function takesOf(entry: Entry, state: State): SumMove["takes"] {
  const { rule, lines } = entry;
  const isMet = shortfalls({ rule: { ...rule, thresholdFen: rule.thresholdGross ? rule.thresholdFen : 0 }, lines }, state).length === 0;
  if (!isMet) return () => 0;
  const grossFen = rule.thresholdGross ? (rule.thresholdOrder ? sumOf(state.gross) : sumAt(state.gross, lines)) : null;
  const measured = (sumFen: Fen, restFen: Fen): Fen => grossFen ?? (rule.thresholdOrder ? sumFen + restFen : sumFen);
  const ofSum = amountOfSum(entry, state, measured);
  return (sumFen, restFen) => {
    if (grossFen === null && rule.thresholdFen > 0 && measured(sumFen, restFen) < rule.thresholdFen) return 0;
    return Math.max(0, Math.min(ofSum(sumFen, restFen), sumFen, rule.capFen));
  };
}

function amountOfSum({ rule, lines }: Entry, state: State, measured: SumMove["takes"]): SumMove["takes"] {
  const { offer } = rule;
  switch (offer.kind) {
    case "percent-off": return (sumFen) => share(Math.max(0, sumFen), Math.round(offer.percentOff * 100), 10_000);
    case "ladder": {
      const quantity = quantityAt(state, lines);
      const steps = offer.steps.filter((step) => (step.atQuantity ?? 0) <= quantity)
        .sort((a, b) => (b.atAmountFen ?? 0) - (a.atAmountFen ?? 0) || (b.atQuantity ?? 0) - (a.atQuantity ?? 0));
      return (sumFen, restFen) => {
        const amount = measured(sumFen, restFen);
        const step = steps.find((one) => (one.atAmountFen ?? 0) <= amount);
        return step ? step.amountFen ?? share(Math.max(0, sumFen), Math.round((step.percentOff ?? 0) * 100), 10_000) : 0;
      };
    }
    case "amount-off": {
      if (!offer.maxTimes) return () => offer.amountFen;
      const units = quantityAt(state, rule.thresholdOrder ? state.net.map((_, i) => i) : lines);
      const byQuantity = rule.thresholdQuantity > 0 ? Math.floor(units / rule.thresholdQuantity) : Infinity;
      return (sumFen, restFen) => {
        const full = Math.min(byQuantity, rule.thresholdFen > 0 ? Math.floor(measured(sumFen, restFen) / rule.thresholdFen) : Infinity);
        return offer.amountFen * (full === Infinity ? 1 : Math.min(full, offer.maxTimes!));
      };
    }
    default: return () => 0;
  }
}

export interface SumSolution {
  /** Moves in their order; taken off beyond what was asked for. Null when nothing beats that. */
  best: { order: Move[]; offFen: Fen } | null;
  steps: number;
  pruned: number;
  /** False when the steps ran out. */
  isComplete: boolean;
}

/** The order that takes off most, if that is more than `beatFen`. `seen` is shared by all problems of one search: the same remains end the same. */
export function solveSums(problem: SumProblem, beatFen: Fen, budget: number, seen: SeenSums): SumSolution {
  const { sumFen, restFen, tail } = problem;
  const solution: SumSolution = { best: null, steps: 0, pruned: 0, isComplete: true };
  const order: Move[] = [];
  let beat = beatFen;
  const descend = (open: readonly SumMove[], left: Fen): void => {
    const fees = tail(left, restFen);
    if (sumFen - left + fees.offFen > beat) {
      beat = sumFen - left + fees.offFen;
      solution.best = { order: [...order, ...fees.order], offFen: beat };
    }
    const options: SumOption[] = [];
    for (const one of open) {
      const takes = one.takes(left, restFen);
      solution.steps++;
      if (takes > 0) options.push({ one, takes });
    }
    if (sumFen - left + sumBound(options, left) + fees.offFen <= beat) {
      solution.pruned++;
      return;
    }
    if (solution.steps > budget) {
      solution.isComplete = false;
      return;
    }
    // Shares before amounts, then what takes most: usually that is the best, and a good plan early cuts most of the rest.
    options.sort((a, b) => Number(b.one.rate > 0) - Number(a.one.rate > 0) || b.takes - a.takes || a.one.move.index - b.one.move.index);
    for (const { one, takes } of options) {
      const next = options.flatMap((other) => (other.one === one || one.move.conflicts[other.one.move.index] ? [] : [other.one]));
      if (seen.has(next, left - takes, restFen)) continue;
      order.push(one.move);
      descend(next, left - takes);
      order.pop();
      if (!solution.isComplete) return;
    }
  };
  descend(problem.moves, sumFen);
  return solution;
}

/** Remains that were looked at, each with the moves that were open. Numbers where they fit: this is asked a hundred thousand times. */
export class SeenSums {
  readonly #numbers = new Map<Fen, Set<number>>();
  readonly #texts = new Set<string>();

  /** Whether it was there before; it is now. */
  has(open: readonly SumMove[], sumFen: Fen, restFen: Fen): boolean {
    let mask = 0;
    for (const { move: { index } } of open) mask = index < MASK_BITS ? mask + 2 ** index : NaN;
    if (Number.isNaN(mask) || sumFen >= SUM_LIMIT) return this.#hasText(`${open.map(({ move }) => move.index).join()}|${sumFen}|${restFen}`);
    let numbers = this.#numbers.get(restFen);
    if (!numbers) this.#numbers.set(restFen, numbers = new Set());
    const key = mask * SUM_LIMIT + sumFen;
    const before = numbers.size;
    numbers.add(key);
    return numbers.size === before;
  }

  #hasText(key: string): boolean {
    const before = this.#texts.size;
    this.#texts.add(key);
    return this.#texts.size === before;
  }
}

const MASK_BITS = 20, SUM_LIMIT = 2 ** 32;

interface SumOption {
  one: SumMove;
  takes: Fen;
}

/** Shares multiply, amounts add up; of a clique only the most. Half a fen for every rounding. */
function sumBound(options: readonly SumOption[], left: Fen): Fen {
  let keep = 1, slack = 0, amounts = 0;
  let most: Map<string, number> | null = null;
  for (const { one, takes } of options) {
    const { clique, entries: [entry] } = one.move;
    // A step that takes less at a lower sum might be followed by one that takes more: a ladder counts with its best.
    const worth = entry!.rule.offer.kind === "ladder" ? Math.min(left, entry!.rule.capFen, ladderMost(entry!, left)) : takes;
    if (clique !== null) {
      most ??= new Map();
      most.set(clique, Math.max(most.get(clique) ?? 0, worth));
    } else if (one.rate > 0) {
      keep *= 1 - one.rate;
      slack += 0.5;
    } else amounts += worth;
  }
  if (most) for (const worth of most.values()) amounts += worth;
  return Math.min(left, amounts + Math.floor(left * (1 - keep) + slack + 1e-6));
}

function ladderMost({ rule: { offer } }: Entry, left: Fen): Fen {
  return offer.kind === "ladder" ? Math.max(0, ...offer.steps.map((step) => step.amountFen ?? share(left, Math.round((step.percentOff ?? 0) * 100), 10_000))) : 0;
}
