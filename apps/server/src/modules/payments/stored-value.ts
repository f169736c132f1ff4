import { share } from "@shuke/offers";
import type { Fen } from "../../kernel/money.ts";
import { insufficientBalance, spendable, type Journal, type AccountKey, type Lot, type LotAmount } from "../ledger/index.ts";

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
 * Splits a payment over top-ups, the oldest first, and within a top-up over principal and bonus in the proportion in which
 * they were loaded: the only order that agrees with a later refund by ratio. Whoever has loaded 1000 + 200 pays 60 as 50 + 10.
 */
export function planStoredValue(journal: Journal, memberId: string, amount: Fen, now: Date): StoredValuePlan {
  const principal = usable(journal, principalOf(memberId), now);
  const bonus = usable(journal, bonusOf(memberId), now);
  const plan: StoredValuePlan = { principal: [], bonus: [], principalFen: 0 };
  let rest = amount;
  for (const topUp of topUpsOf(principal, bonus)) {
    if (rest === 0) break;
    const haveP = topUp.principal ? spendable(topUp.principal, now) : 0;
    const haveB = topUp.bonus ? spendable(topUp.bonus, now) : 0;
    const take = Math.min(rest, haveP + haveB);
    const loadedP = topUp.principal?.amount ?? 0;
    const loaded = loadedP + (topUp.bonus?.amount ?? 0);
    // What stays is kept in proportion, not what goes: a hundred small payments drift by no fen.
    const wishP = haveP - share(haveP + haveB - take, loadedP, Math.max(1, loaded));
    const fromP = Math.min(haveP, take, Math.max(0, wishP, take - haveB));
    add(plan.principal, topUp.principal, fromP);
    add(plan.bonus, topUp.bonus, take - fromP);
    plan.principalFen += fromP;
    rest -= take;
  }
  if (rest > 0) throw insufficientBalance({ asset: "stored-value", available: amount - rest, missing: { storedValueFen: rest } });
  return plan;
}

function usable(journal: Journal, key: AccountKey, now: Date): Lot[] {
  return (journal.find(key)?.lots ?? []).filter((lot) => spendable(lot, now) > 0);
}

interface TopUpLots {
  principal?: Lot;
  bonus?: Lot;
  at: number;
  id: string;
}

function topUpsOf(principal: readonly Lot[], bonus: readonly Lot[]): TopUpLots[] {
  const topUps = new Map<string, TopUpLots>();
  const of = (lot: Lot) => {
    const known = topUps.get(lot.originId) ?? { at: lot.earnedAt.getTime(), id: lot.originId };
    topUps.set(lot.originId, known);
    return known;
  };
  for (const lot of principal) of(lot).principal = lot;
  for (const lot of bonus) of(lot).bonus = lot;
  return [...topUps.values()].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}

function add(parts: LotAmount[], lot: Lot | undefined, amount: Fen): void {
  if (amount > 0 && lot) parts.push({ lotId: lot.id, amount });
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
