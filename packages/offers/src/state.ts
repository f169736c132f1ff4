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
  /** Left to pay of each line. */
  readonly net: Fen[];
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
  /** Taken off each line. */
  off: Fen[];
  total: Fen;
  /** Units used of each line; null when the kind does not use units up. */
  units: number[] | null;
  feeOff: Fen[] | null;
  gifts: GiftItem[];
  issues: { templateId: string; count: number }[];
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
  for (let i = 0; i < count; i++) {
    const line = cart.lines[i]!;
    const amount = line.quantity * line.unitPriceFen;
    gross[i] = amount;
    net[i] = amount;
    if (amount < 0) negatives = true;
  }
  return { lines: cart.lines, fees: cart.fees, gross, net, used: new Array<number>(count).fill(0), fresh: null, feeNet: cart.fees.map((fee) => fee.amountFen), negatives };
}

export function copyState(state: State): State {
  return { ...state, net: state.net.slice(), used: state.used.slice(), fresh: state.fresh?.slice() ?? null, feeNet: state.feeNet.slice() };
}

export function openTrial(state: State): Trial {
  return { off: new Array<number>(state.net.length).fill(0), total: 0, units: null, feeOff: null, gifts: [], issues: [] };
}

export function commit(state: State, trial: Trial): void {
  const { off, units, feeOff } = trial;
  if (units) useUnits(state, units);
  else if (state.fresh) for (let i = 0; i < off.length; i++) if (off[i]! > 0) state.fresh[i] = share(state.fresh[i]!, state.net[i]! - off[i]!, state.net[i]!);
  for (let i = 0; i < off.length; i++) state.net[i]! -= off[i]!;
  if (feeOff) for (let i = 0; i < feeOff.length; i++) state.feeNet[i]! -= feeOff[i]!;
}

function useUnits(state: State, units: readonly number[]): void {
  state.fresh ??= state.net.slice();
  for (let i = 0; i < units.length; i++) {
    if (units[i]! === 0) continue;
    state.fresh[i]! -= priceOfUnits(state, i, units[i]!);
    state.used[i]! += units[i]!;
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

export function sumAt(values: readonly number[], lines: readonly number[]): number {
  let total = 0;
  for (let k = 0; k < lines.length; k++) total += values[lines[k]!]!;
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
  const weights = new Array<number>(lines.length);
  let total = 0;
  for (let k = 0; k < lines.length; k++) {
    const left = state.net[lines[k]!]!;
    const weight = left > 0 ? left : 0;
    weights[k] = weight;
    total += weight;
  }
  const taken = amount < total ? amount : total;
  if (taken <= 0) return;
  const parts = new Array<number>(lines.length);
  allocateInto(parts, taken, weights, total);
  for (let k = 0; k < lines.length; k++) trial.off[lines[k]!]! += parts[k]!;
  trial.total += taken;
}

/** Lowers a trial to `limit`, keeping its proportions. */
export function limitTrial(trial: Trial, limit: Fen): void {
  if (trial.total <= limit) return;
  const lineTotal = sumOf(trial.off);
  const weights = trial.feeOff ? [...trial.off, ...trial.feeOff] : trial.off;
  const parts = new Array<number>(weights.length);
  allocateInto(parts, Math.max(0, limit), weights, trial.total);
  if (lineTotal > 0) for (let i = 0; i < trial.off.length; i++) trial.off[i] = parts[i]!;
  if (trial.feeOff) for (let i = 0; i < trial.feeOff.length; i++) trial.feeOff[i] = parts[trial.off.length + i]!;
  trial.total = Math.max(0, limit);
}
