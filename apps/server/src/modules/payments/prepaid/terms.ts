import type { PrepaidOrder } from "@shuke/offers";
import { audit } from "../../../kernel/audit.ts";
import type { Fen } from "../../../kernel/money.ts";
import { fieldProblem } from "../../../kernel/problem.ts";
import { actorRef, type Scope } from "../../../kernel/scope.ts";
import { NAMED_CARD_LIMIT_FEN, UNNAMED_CARD_LIMIT_FEN, UNNAMED_CARD_YEARS } from "../card-limit.ts";

/** The terms under which prepaid value is sold and given back. */
export interface PrepaidTerms {
  version: number;
  spendOrder: PrepaidOrder;
  /** Withdrawals above it need a second person. */
  approvalOverFen: Fen;
}

/** Until somebody decides otherwise: the one order of spending that agrees with the lawful refund, and a second person above ¥500. */
const DEFAULT_TERMS: PrepaidTerms = { version: 0, spendOrder: "proportional", approvalOverFen: 50_000 };

/** What a lot of stored value says in its rule version: the order in which it is spent, as it was sold. */
export const SPEND_ORDERS: readonly PrepaidOrder[] = ["proportional", "principal-first", "bonus-first"];
export const ruleOfOrder = (order: PrepaidOrder): number => SPEND_ORDERS.indexOf(order) + 1;
export const orderOfRule = (rule: number | null): PrepaidOrder => SPEND_ORDERS[(rule ?? 1) - 1] ?? "proportional";

export async function currentTerms({ tx, tenantId }: Scope): Promise<PrepaidTerms> {
  const [row] = await tx.rows<{ version: number; spend_order: PrepaidOrder; approval_over_fen: Fen }>(
    "select version, spend_order, approval_over_fen from payments.prepaid_terms where tenant_id = $1 order by version desc limit 1", [tenantId]);
  return row ? { version: row.version, spendOrder: row.spend_order, approvalOverFen: row.approval_over_fen } : DEFAULT_TERMS;
}

export interface TermsWish extends Omit<PrepaidTerms, "version"> {
  /** Days after which a member's stored value would end. The law knows no such number. */
  namedExpiryDays?: number | null | undefined;
}

/** Publishes new terms. What was sold before keeps the order under which it was sold. */
export async function changeTerms(scope: Scope, { namedExpiryDays, ...wish }: TermsWish): Promise<PrepaidTerms> {
  if (namedExpiryDays != null) {
    throw fieldProblem("namedExpiryDays", "named-card-never-expires",
      "a member's stored value is a named card, and a named card may not expire (单用途商业预付卡管理办法 art. 19); balances are given back on request");
  }
  await scope.tx.rows("select pg_advisory_xact_lock(hashtextextended($1, 0)) is null as done", [`prepaid-terms/${scope.tenantId}`]);
  const before = await currentTerms(scope);
  const after: PrepaidTerms = { version: before.version + 1, ...wish };
  await scope.tx.db.insertInto("payments.prepaid_terms").values({
    version: after.version, spend_order: after.spendOrder, approval_over_fen: after.approvalOverFen, by_actor: actorRef(scope.actor), at: scope.now,
  }).execute();
  audit(scope, { action: "prepaid-terms.change", subjectKind: "prepaid-terms", subjectId: String(after.version), before, after });
  return after;
}

/** The terms as screens show them, with what the law fixes. */
export const termsView = (terms: PrepaidTerms) => ({
  ...terms, namedExpiryDays: null, namedLimitFen: NAMED_CARD_LIMIT_FEN, unnamedLimitFen: UNNAMED_CARD_LIMIT_FEN, unnamedYears: UNNAMED_CARD_YEARS,
});
