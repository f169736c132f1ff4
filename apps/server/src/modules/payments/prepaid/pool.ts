import { spendable, type Account, type AccountKey, type LotAmount, type LotMove } from "../../ledger/index.ts";
import type { Fen } from "../../../kernel/money.ts";
import { BONUS, bonusOf, PRINCIPAL, principalOf } from "../stored-value.ts";

/** What is left of one top-up with one member, and what was spent of it: principal and bonus are one pool. */
export interface Pool {
  /** The top-up, or the card that was bound. */
  originId: string;
  originKind: string;
  at: Date;
  principal: LotAmount[];
  bonus: LotAmount[];
  principalFen: Fen;
  bonusFen: Fen;
  spentPrincipalFen: Fen;
  spentBonusFen: Fen;
  /** Spent on each order, principal and bonus together. */
  spentOn: Map<string, Fen>;
  /** Set aside for orders that are being paid at this moment. */
  heldFen: Fen;
}

/** Postings that are purchases and their undoing. */
export const SPENDING = ["pay", "pay-back"];

/** A member's pools that still hold something, the oldest first. What came to or left the pool otherwise is not its business. */
export function poolsOf(memberId: string, find: (key: AccountKey) => Account | undefined, moves: readonly LotMove[], now: Date): Pool[] {
  const pools = new Map<string, Pool>();
  for (const asset of [PRINCIPAL, BONUS]) {
    for (const lot of find(asset === PRINCIPAL ? principalOf(memberId) : bonusOf(memberId))?.lots ?? []) {
      if (lot.remaining === 0) continue;
      const pool = pools.get(lot.originId) ?? emptyPool(lot.originId, lot.originKind, lot.earnedAt);
      pools.set(lot.originId, pool);
      const left = { lotId: lot.id, amount: spendable(lot, now) };
      pool.heldFen += lot.held;
      if (asset === PRINCIPAL) pool.principal.push(left);
      else pool.bonus.push(left);
      if (asset === PRINCIPAL) pool.principalFen += left.amount;
      else pool.bonusFen += left.amount;
    }
  }
  for (const move of moves) addSpent(pools.get(move.originId), move);
  return [...pools.values()].sort((a, b) => a.at.getTime() - b.at.getTime() || (a.originId < b.originId ? -1 : 1));
}

const emptyPool = (originId: string, originKind: string, at: Date): Pool => ({
  originId, originKind, at, principal: [], bonus: [], principalFen: 0, bonusFen: 0, spentPrincipalFen: 0, spentBonusFen: 0, spentOn: new Map(), heldFen: 0,
});

function addSpent(pool: Pool | undefined, { asset, refId, amount }: LotMove): void {
  if (!pool) return;
  if (asset === PRINCIPAL) pool.spentPrincipalFen -= amount;
  else pool.spentBonusFen -= amount;
  pool.spentOn.set(refId, (pool.spentOn.get(refId) ?? 0) - amount);
}
