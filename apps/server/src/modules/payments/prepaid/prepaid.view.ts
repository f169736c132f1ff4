import type { z } from "zod";
import type { Scope } from "../../../kernel/scope.ts";
import { getMember } from "../../customers/index.ts";
import { accountKey, listMoves, readAccounts } from "../../ledger/index.ts";
import { BONUS, PRINCIPAL, storedValueAccounts } from "../stored-value.ts";
import { findFreeze } from "./freeze.ts";
import { poolsOf, SPENDING } from "./pool.ts";
import type { prepaidView } from "./prepaid.schema.ts";
import { listStoredCards } from "./stored-card.view.ts";
import { currentTerms, orderOfRule } from "./terms.ts";

/** What a member has prepaid: each top-up with what is left of it, the printed cards, and whether it is frozen. Throws `notFound`. */
export async function readPrepaid(scope: Scope, memberId: string): Promise<z.input<typeof prepaidView>> {
  await getMember(scope, memberId);
  const [accounts, moves, freeze, terms, storedCards] = await Promise.all([
    readAccounts(scope, storedValueAccounts(memberId)), listMoves(scope, memberId, [PRINCIPAL, BONUS], SPENDING), findFreeze(scope, memberId),
    currentTerms(scope), listStoredCards(scope, { memberId }),
  ]);
  const pools = poolsOf(memberId, (key) => accounts.get(accountKey(key)), moves, scope.now);
  const rules = new Map([...accounts.values()].flatMap((account) => account.lots.map((lot) => [lot.originId, lot.ruleVersion] as const)));
  return {
    principalFen: pools.reduce((sum, pool) => sum + pool.principalFen, 0), bonusFen: pools.reduce((sum, pool) => sum + pool.bonusFen, 0), freeze,
    spendOrder: terms.spendOrder, storedCards,
    topUps: pools.map((pool) => ({
      sourceId: pool.originId, at: pool.at.toISOString(), principalFen: pool.principalFen, bonusFen: pool.bonusFen,
      spentFen: pool.spentPrincipalFen + pool.spentBonusFen, spendOrder: orderOfRule(rules.get(pool.originId) ?? null),
    })),
  };
}
