import type { Cart, CartLine, CouponInHand, Fen, Fee } from "./cart.ts";
import { allocateInto, share } from "./money.ts";
import type { GiftItem } from "./offer.ts";
import type { CompiledOffer } from "./prepare.ts";
import type { ReasonCode } from "./reason.ts";

/** What is left of the cart while offers are applied, one number per line or fee. */
export interface State {
  readonly lines: readonly CartLine[];
  readonly fees: readonly Fee[];
  readonly gross: readonly Fen[];
  readonly grossFen: Fen;
  /** Left to pay of each line; lowered by `takeOff` only. */
  readonly net: Fen[];
  /** Sum of `net`: kept from when it was asked for until something is taken off. */
  netFen: Fen | null;
  /** Units of each line that a unit offer has used, as bought or as given. */
  readonly used: number[];
  /** Left to pay of the unused units of each line; null as long as no unit was used (then it is `net`). */
  fresh: Fen[] | null;
  readonly feeNet: Fen[];
  /** Whether a hand-keyed negative line lowers what may be taken. */
  readonly negatives: boolean;
}

/** What an offer would do to a state; nothing happens until it is committed. */
export interface Trial {
  /** Taken off each line; empty while nothing is, complete after `settleTrial`. Write through `openOff`. */
  off: Fen[];
  total: Fen;
  /** Lines over which `total` is still to be spread: most trials only compete by their total, and allocating costs most. */
  spreadOver: readonly number[] | null;
  /** Units used of each line; null when the kind does not use units up. */
  units: number[] | null;
  feeOff: Fen[] | null;
  gifts: readonly GiftItem[];
  issues: readonly { templateId: string; count: number }[];
}

/** An offer or chosen coupon in play for one evaluation. */
export interface Entry {
  rule: CompiledOffer;
  coupon: CouponInHand | null;
  /** The lines its scope selects, by index. */
  lines: readonly number[];
  /** Why it did not apply at its turn; null while open or applied. */
  code: ReasonCode | null;
  /** Fen or units missing for `code`. */
  lack: number;
}

export function openState(cart: Cart): State {
  const count = cart.lines.length;
  const gross = new Array<number>(count);
  const net = new Array<number>(count);
  let negatives = false;
  let grossFen = 0;
  for (let i = 0; i < count; i++) {
    const line = cart.lines[i]!;
    const amount = line.quantity * line.unitPriceFen;
    gross[i] = amount;
    net[i] = amount;
    grossFen += amount;
    if (amount < 0) negatives = true;
  }
  return { lines: cart.lines, fees: cart.fees, gross, grossFen, net, netFen: grossFen, used: zeros(count), fresh: null, feeNet: cart.fees.map((fee) => fee.amountFen), negatives };
}

export function copyState(state: State): State {
  return { ...state, net: state.net.slice(), used: state.used.slice(), fresh: state.fresh?.slice() ?? null, feeNet: state.feeNet.slice() };
}

const NOTHING: readonly never[] = Object.freeze([]);

export function openTrial(): Trial {
  return { off: [], total: 0, spreadOver: null, units: null, feeOff: null, gifts: NOTHING, issues: NOTHING };
}

/** The amounts of a trial, one per line. */
export function openOff(trial: Trial, state: State): Fen[] {
  if (trial.off.length === 0) trial.off = zeros(state.net.length);
  return trial.off;
}

export function zeros(count: number): number[] {
  return new Array<number>(count).fill(0);
}

export function commit(state: State, trial: Trial): void {
  settleTrial(state, trial);
  const { off, units, feeOff } = trial;
  if (units) useUnits(state, units);
  else if (state.fresh) for (let i = 0; i < off.length; i++) if (off[i]! > 0) state.fresh[i] = share(state.fresh[i]!, state.net[i]! - off[i]!, state.net[i]!);
  takeOff(state, off);
  if (feeOff) for (let i = 0; i < feeOff.length; i++) state.feeNet[i]! -= feeOff[i]!;
}

/** Lowers what is left of the lines; `off` may be empty. */
export function takeOff(state: State, off: readonly Fen[]): void {
  if (off.length > 0) state.netFen = null;
  for (let i = 0; i < off.length; i++) state.net[i]! -= off[i]!;
}

function useUnits(state: State, units: readonly number[]): void {
  state.fresh ??= state.net.slice();
  for (let i = 0; i < units.length; i++) {
    const now = units[i]!;
    if (now === 0) continue;
    state.fresh[i]! -= priceOfUnits(state, i, now);
    state.used[i]! += now;
  }
}

/** Units of a line that no unit offer has used. */
export function unusedUnits(state: State, line: number): number {
  return state.gross[line]! > 0 ? state.lines[line]!.quantity - state.used[line]! : 0;
}

/** What `units` of a line's unused units cost now. */
export function priceOfUnits(state: State, line: number, units: number): Fen {
  const unused = state.lines[line]!.quantity - state.used[line]!;
  return unused > 0 ? share((state.fresh ?? state.net)[line]!, units, unused) : 0;
}

/** What these lines cost; null stands for all. Every order offer asks for all of them, so that sum is kept. */
export function amountAt(state: State, lines: readonly number[] | null, basis: "gross" | "net"): Fen {
  if (lines === null || lines.length === state.net.length) return basis === "gross" ? state.grossFen : state.netFen ??= sumOf(state.net);
  const amounts = state[basis];
  let total = 0;
  for (let k = 0; k < lines.length; k++) total += amounts[lines[k]!]!;
  return total;
}

export function sumOf(values: readonly number[]): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  return total;
}

/** Units in these lines; hand-keyed negative lines are no goods. */
export function quantityAt(state: State, lines: readonly number[]): number {
  let total = 0;
  for (let k = 0; k < lines.length; k++) if (state.gross[lines[k]!]! >= 0) total += state.lines[lines[k]!]!.quantity;
  return total;
}

/** Takes `amount` off these lines in proportion to what is left of each, at most what is left of them together. */
export function spread(trial: Trial, state: State, lines: readonly number[], amount: Fen): void {
  trial.total = Math.min(amount, positiveAt(state, lines));
  trial.spreadOver = lines;
}

function positiveAt(state: State, lines: readonly number[]): Fen {
  if (!state.negatives) return amountAt(state, lines, "net");
  let total = 0;
  for (let k = 0; k < lines.length; k++) total += Math.max(0, state.net[lines[k]!]!);
  return total;
}

/** Allocates what `spread` announced; the state must still be the one it was computed on. */
export function settleTrial(state: State, trial: Trial): void {
  const lines = trial.spreadOver;
  trial.spreadOver = null;
  if (lines === null || trial.total <= 0) return;
  const weights = new Array<number>(lines.length);
  let total = 0;
  for (let k = 0; k < lines.length; k++) {
    const left = state.net[lines[k]!]!;
    const weight = left > 0 ? left : 0;
    weights[k] = weight;
    total += weight;
  }
  const parts = new Array<number>(lines.length);
  allocateInto(parts, trial.total, weights, total);
  const off = openOff(trial, state);
  for (let k = 0; k < lines.length; k++) off[lines[k]!]! += parts[k]!;
}

/** Lowers a trial to `limit`, keeping its proportions. */
export function limitTrial(trial: Trial, limit: Fen): void {
  if (trial.total <= limit) return;
  const before = trial.total;
  trial.total = Math.max(0, limit);
  if (trial.spreadOver !== null) return;
  const weights = trial.feeOff ? [...trial.off, ...trial.feeOff] : trial.off;
  const parts = new Array<number>(weights.length);
  allocateInto(parts, trial.total, weights, before);
  for (let i = 0; i < trial.off.length; i++) trial.off[i] = parts[i]!;
  if (trial.feeOff) for (let i = 0; i < trial.feeOff.length; i++) trial.feeOff[i] = parts[trial.off.length + i]!;
}
