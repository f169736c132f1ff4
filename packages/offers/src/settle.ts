import type { Moment } from "./eligibility.ts";
import { HASH_FORM, inputHash } from "./input-hash.ts";
import { settleNegatives, takeOrderDiscount } from "./manual.ts";
import type { Plan } from "./plan.ts";
import type { PreparedRules } from "./prepare.ts";
import type { Certificate, Effect, Quote, QuoteLine } from "./quote.ts";
import type { Entry, State, Trial } from "./state.ts";

/** Closes a plan: the staff's order discount, negative lines, sums, and the proof. Consumes the plan's state. */
export function quoteOf(prepared: PreparedRules, moment: Moment, plan: Plan, hand: Trial | null, search: Certificate | null = null): Quote {
  const { cart, snapshot, now } = moment;
  const { state } = plan;
  const lines = openLines(state);
  const effects: Effect[] = [];
  if (hand) addEffect(effects, lines, null, hand);
  for (const { entry, trial } of plan.applied) addEffect(effects, lines, entry, trial);
  const order = takeOrderDiscount(cart.manualDiscountFen, state);
  if (order) addEffect(effects, lines, null, order);
  const negatives = settleNegatives(state);
  if (negatives) addEffect(effects, lines, null, negatives);
  let grossFen = 0, discountFen = 0, netFen = 0, feesFen = 0;
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!;
    line.netFen = state.net[i]!;
    line.discountFen = line.grossFen - line.netFen;
    grossFen += line.grossFen;
    discountFen += line.discountFen;
    netFen += line.netFen;
  }
  const fees = cart.fees.map((fee, i) => {
    const net = state.feeNet[i]!;
    feesFen += net;
    return { kind: fee.kind, amountFen: fee.amountFen, discountFen: fee.amountFen - net, netFen: net };
  });
  return {
    effects, lines, fees, candidates: [], grossFen, discountFen, netFen, feesFen, totalFen: netFen + feesFen,
    proof: { ruleVersion: prepared.version, mode: prepared.mode, at: now, inputHash: inputHash(cart, snapshot, prepared.version, now), hashForm: HASH_FORM, search },
  };
}

function openLines(state: State): QuoteLine[] {
  return state.lines.map((line, i) => ({
    lineId: line.id, sku: line.sku, quantity: line.quantity, grossFen: state.gross[i]!, discountFen: 0, netFen: 0, shares: [],
  }));
}

function addEffect(effects: Effect[], lines: QuoteLine[], entry: Entry | null, trial: Trial): void {
  const index = effects.length;
  const rule = entry?.rule;
  const effect: Effect = {
    kind: rule?.kind ?? "manual", level: rule?.level ?? "order", offerId: rule?.id ?? null, couponId: entry?.coupon?.id ?? null,
    name: rule?.name ?? "", amountFen: trial.total, lines: [], fees: [], gifts: [...trial.gifts], issues: [...trial.issues],
  };
  for (let i = 0; i < trial.off.length; i++) {
    const amountFen = trial.off[i]!;
    if (amountFen === 0) continue;
    effect.lines.push({ lineId: lines[i]!.lineId, amountFen });
    lines[i]!.shares.push({ effect: index, amountFen });
  }
  trial.feeOff?.forEach((amountFen, fee) => {
    if (amountFen > 0) effect.fees.push({ fee, amountFen });
  });
  effects.push(effect);
}
