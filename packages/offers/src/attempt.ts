import { applyKind } from "./kind.ts";
import { matches } from "./prepare.ts";
import type { CompiledOffer } from "./prepare.ts";
import { amountAt, limitTrial, openTrial, quantityAt } from "./state.ts";
import type { Entry, State, Trial } from "./state.ts";
import type { ReasonCode } from "./reason.ts";

/** Tries one offer on a state. Null when it gives nothing; then `entry.code` and `entry.lack` say why. */
export function attempt(entry: Entry, state: State): Trial | null {
  const { rule } = entry;
  const open = rule.items.undiscountedOnly ? withUndiscounted(entry, state) : entry;
  if (open.lines.length === 0 && needsItems(entry)) return refuse(entry, "no-items", 0);
  const short = shortfall(open, state);
  if (short !== null) return refuse(entry, short.code, short.lack);
  const trial = openTrial();
  applyKind(open, state, trial);
  if (trial.total > rule.capFen) limitTrial(trial, rule.capFen);
  // What a hand-keyed negative line took is gone for offers on goods; fees are not its business.
  if (state.negatives && trial.feeOff === null) limitTrial(trial, Math.max(0, amountAt(state, null, "net")));
  if (trial.total <= 0 && trial.gifts.length === 0 && trial.issues.length === 0) return refuse(entry, nothingCode(entry, state), 0);
  entry.code = null;
  return trial;
}

/** Delivery offers and next-order coupons may hang on nothing but the order. */
function needsItems({ rule }: Entry): boolean {
  return rule.kind !== "delivery-fee-off" || !rule.items.all;
}

/** The first condition on the cart that is not met. */
function shortfall(entry: Entry, state: State): Shortfall | null {
  return shortfalls(entry.rule, entry.lines, state)[0] ?? null;
}

export interface Shortfall {
  code: ReasonCode;
  /** Fen for "min-amount", units otherwise. */
  lack: number;
}

const NONE: readonly Shortfall[] = [];

/** Every condition on the cart that is not met. */
export function shortfalls(rule: CompiledOffer, lines: readonly number[], state: State): readonly Shortfall[] {
  if (rule.thresholdQuantity <= 0 && rule.thresholdFen <= 0 && rule.requires.length === 0) return NONE;
  // Most thresholds are met: nothing is made for those.
  let found: Shortfall[] | null = null;
  if (rule.thresholdQuantity > 0) {
    const lack = rule.thresholdQuantity - (rule.thresholdOrder ? sumQuantity(state) : quantityAt(state, lines));
    if (lack > 0) (found ??= []).push({ code: "min-quantity", lack });
  }
  if (rule.thresholdFen > 0) {
    const lack = rule.thresholdFen - amountAt(state, rule.thresholdOrder ? null : lines, rule.thresholdBasis);
    if (lack > 0) (found ??= []).push({ code: "min-amount", lack });
  }
  for (const need of rule.requires) {
    let quantity = 0, amount = 0;
    for (let i = 0; i < state.lines.length; i++) {
      if (!matches(need.items, state.lines[i]!)) continue;
      quantity += state.lines[i]!.quantity;
      amount += state.gross[i]!;
    }
    const wanted = Math.max(need.quantity, 1);
    if (quantity < wanted || amount < need.amountFen) (found ??= []).push({ code: "requires-items", lack: Math.max(0, wanted - quantity) });
  }
  return found ?? NONE;
}

function withUndiscounted(entry: Entry, state: State): Entry {
  return { ...entry, lines: entry.lines.filter((i) => state.net[i] === state.gross[i]) };
}

function sumQuantity(state: State): number {
  let total = 0;
  for (let i = 0; i < state.lines.length; i++) if (state.gross[i]! >= 0) total += state.lines[i]!.quantity;
  return total;
}

function nothingCode({ rule }: Entry, state: State): ReasonCode {
  const { kind } = rule;
  if (kind === "delivery-fee-off") return "no-fee";
  if (kind === "bundle-price") return "requires-items";
  if (kind !== "exchange" && kind !== "buy-get") return "nothing-left";
  return state.lines.some((line) => matches(rule.others[0]!, line)) ? "nothing-left" : "item-not-in-cart";
}

function refuse(entry: Entry, code: ReasonCode, lack: number): null {
  entry.code = code;
  entry.lack = lack;
  return null;
}
