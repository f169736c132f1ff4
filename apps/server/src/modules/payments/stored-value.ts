import { drawPrepaid, share, type PrepaidOrder } from "@shuke/offers";
import type { Fen } from "../../kernel/money.ts";
import { insufficientBalance, spendable, type Journal, type AccountKey, type Lot, type LotAmount } from "../ledger/index.ts";
import { orderOfRule } from "./prepaid/terms.ts";

export const PRINCIPAL = "prepaid.principal";
export const BONUS = "prepaid.bonus";

export const principalOf = (memberId: string): AccountKey => ({ holderId: memberId, asset: PRINCIPAL });
export const bonusOf = (memberId: string): AccountKey => ({ holderId: memberId, asset: BONUS });
export const storedValueAccounts = (memberId: string): AccountKey[] => [principalOf(memberId), bonusOf(memberId)];

export interface StoredValuePlan {
  principal: LotAmount[];
  bonus: LotAmount[];
  principalFen: Fen;
}

/** What a member can pay with now, principal and bonus together. */
export const storedValueAvailable = (journal: Journal, memberId: string): Fen =>
  journal.available(principalOf(memberId)) + journal.available(bonusOf(memberId));

/**
 * Splits a payment over top-ups, the oldest first, each emptied before the next, and within a top-up over principal and bonus in
 * the order under which it was sold: in proportion unless the brand's terms said otherwise. Whoever has loaded 1000 + 200 pays 60 as 50 + 10.
 */
export function planStoredValue(journal: Journal, memberId: string, amount: Fen, now: Date): StoredValuePlan {
  const plan: StoredValuePlan = { principal: [], bonus: [], principalFen: 0 };
  let rest = amount;
  for (const topUp of topUpsOf(usable(journal, principalOf(memberId), now), usable(journal, bonusOf(memberId), now))) {
    if (rest === 0) break;
    const { parts, missingFen } = drawPrepaid([{
      principalFen: left(topUp.principal, now), bonusFen: left(topUp.bonus, now), loadedPrincipalFen: loaded(topUp.principal), loadedBonusFen: loaded(topUp.bonus),
    }], rest, topUp.order);
    const [part] = parts;
    if (!part) continue;
    spread(plan.principal, topUp.principal, part.principalFen, now);
    spread(plan.bonus, topUp.bonus, part.bonusFen, now);
    plan.principalFen += part.principalFen;
    rest = missingFen;
  }
  if (rest > 0) throw insufficientBalance({ asset: "stored-value", available: amount - rest, missing: { storedValueFen: rest } });
  return plan;
}

function usable(journal: Journal, key: AccountKey, now: Date): Lot[] {
  return (journal.find(key)?.lots ?? []).filter((lot) => spendable(lot, now) > 0);
}

/** A top-up's lots with one member: one of each kind, or several where parts of it came from somebody else. */
interface TopUpLots {
  principal: Lot[];
  bonus: Lot[];
  order: PrepaidOrder;
  at: number;
  id: string;
}

function topUpsOf(principal: readonly Lot[], bonus: readonly Lot[]): TopUpLots[] {
  const topUps = new Map<string, TopUpLots>();
  const of = (lot: Lot) => {
    const known = topUps.get(lot.originId) ?? { principal: [], bonus: [], order: orderOfRule(lot.ruleVersion), at: lot.earnedAt.getTime(), id: lot.originId };
    topUps.set(lot.originId, known);
    return known;
  };
  for (const lot of principal) of(lot).principal.push(lot);
  for (const lot of bonus) of(lot).bonus.push(lot);
  return [...topUps.values()].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}

const left = (lots: readonly Lot[], now: Date): Fen => lots.reduce((sum, lot) => sum + spendable(lot, now), 0);
const loaded = (lots: readonly Lot[]): Fen => lots.reduce((sum, lot) => sum + lot.amount, 0);

function spread(parts: LotAmount[], lots: readonly Lot[], amount: Fen, now: Date): void {
  let rest = amount;
  for (const lot of lots) {
    const part = Math.min(rest, spendable(lot, now));
    if (part > 0) parts.push({ lotId: lot.id, amount: part });
    rest -= part;
  }
}

/** Debits a plan for an order. */
export function payByStoredValue(journal: Journal, memberId: string, plan: StoredValuePlan, orderId: string): void {
  const cause = { kind: "pay", counter: "spent", refId: orderId };
  journal.debitLots(principalOf(memberId), plan.principal, cause);
  journal.debitLots(bonusOf(memberId), plan.bonus, cause);
}

/**
 * Puts a refund back on the very lots that paid, principal to principal and bonus to bonus, in the proportion in which the
 * order burned them. `amount` may not exceed what the order still has out.
 */
export async function refundStoredValue(
  journal: Journal, memberId: string, orderId: string, amount: Fen,
): Promise<{ principalFen: Fen; bonusFen: Fen }> {
  const [principal, bonus] = await Promise.all([
    journal.burned(principalOf(memberId), orderId, ["pay", "pay-back"]), journal.burned(bonusOf(memberId), orderId, ["pay", "pay-back"]),
  ]);
  const sum = (parts: readonly { amount: Fen }[]) => parts.reduce((total, part) => total + part.amount, 0);
  const [outP, outB] = [sum(principal), sum(bonus)];
  if (outP + outB < amount) throw new Error(`Order ${orderId} has only ${outP + outB} fen of stored value out`);
  const toP = Math.max(amount - outB, Math.min(outP, share(amount, outP, Math.max(1, outP + outB))));
  giveBack(journal, principalOf(memberId), principal, toP, orderId);
  giveBack(journal, bonusOf(memberId), bonus, amount - toP, orderId);
  return { principalFen: toP, bonusFen: amount - toP };
}

function giveBack(journal: Journal, key: AccountKey, burned: readonly { lot: Lot; amount: Fen }[], amount: Fen, orderId: string): void {
  let rest = amount;
  for (const { lot, amount: out } of burned) {
    const part = Math.min(rest, out);
    if (part > 0) journal.restore(key, lot, part, { kind: "pay-back", counter: "spent", refId: orderId });
    rest -= part;
  }
}
