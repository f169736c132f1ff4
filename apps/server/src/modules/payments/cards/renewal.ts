import { RENEWAL_DUE, RENEWAL_FAILED, type RenewalDue, type RenewalFailed } from "../../../events/payments.ts";
import { audit } from "../../../kernel/audit.ts";
import { addDays, dayOf, type Day } from "../../../kernel/days.ts";
import { enqueue, publish } from "../../../kernel/events.ts";
import { hint } from "../../../kernel/live.ts";
import { problem } from "../../../kernel/problem.ts";
import { newId, type Scope } from "../../../kernel/scope.ts";
import { lockMembers } from "../../customers/index.ts";
import { currentMerchantId } from "../merchant-account.ts";
import { outTradeNo } from "../wechat-pay/index.ts";
import { openCard } from "./card.rows.ts";
import { openSale } from "./card-sale.ts";
import { CONTRACT_TASK, DEDUCT_TASK, NOTICE_TASK } from "./renewal.names.ts";
import { endRenewal } from "./renewal.state.ts";

export const renewalUnusable = problem("payments/renewal-unusable", 409, "The renewal is not in a state for this");

/** A member is reminded five days before money is taken (网络交易监督管理办法 art. 18), and again before each further try. */
export const NOTICE_DAYS = 5;
/** Days after the due day on which it is tried again. */
const RETRY_DAYS = [1, 3, 5];
const ASK_AFTER_MS = 10_000;
const ASK_AGAIN_MS = 1_800_000;
const MAX_AT_ONCE = 200;

export interface Begun {
  renewalId: string;
  contractCode: string;
  /** The account that the agreement is with; none: the installation's. */
  merchantId: string | null;
  priceFen: number;
  dueOn: Day;
}

/** Begins an agreement that a period card renews itself. It counts when the member has agreed in WeChat. */
export async function beginRenewal(scope: Scope, cardId: string, ownerId: string): Promise<Begun> {
  const { card } = await openCard(scope, cardId, ownerId);
  const [product] = await scope.tx.rows<{ renews: boolean; price_fen: number }>("select renews, price_fen from payments.card_product where tenant_id = $1 and id = $2", [scope.tenantId, card.productId]);
  if (!product?.renews || card.kind !== "period" || card.state !== "active") throw renewalUnusable({ state: card.state, renews: product?.renews ?? false });
  const [running] = await scope.tx.rows<{ id: string; contract_code: string; state: string; merchant_id: string | null }>(
    "select id, contract_code, state, merchant_id from payments.renewal where tenant_id = $1 and card_id = $2 and state <> 'ended'", [scope.tenantId, cardId]);
  if (running?.state === "active") throw renewalUnusable({ state: "active" });
  const begun = { priceFen: product.price_fen, dueOn: card.endsOn ?? dayOf(scope.now, scope.zone) };
  if (running) return { ...begun, renewalId: running.id, contractCode: running.contract_code, merchantId: running.merchant_id };
  const id = newId<"renewal">(scope);
  const merchantId = await currentMerchantId(scope);
  await scope.tx.db.insertInto("payments.renewal").values({
    id, card_id: cardId, member_id: ownerId, contract_code: outTradeNo(id), state: "signing", price_fen: product.price_fen, due_on: card.endsOn, merchant_id: merchantId, at: scope.now,
  }).execute();
  audit(scope, { action: "card.renewal-begin", subjectKind: "member", subjectId: ownerId, after: { cardId, renewalId: id, priceFen: product.price_fen } });
  return { ...begun, renewalId: id, contractCode: outTradeNo(id), merchantId };
}

/** What WeChat says of an agreement: any number of times, in any order. */
export async function acceptContract(scope: Scope, contract: { contractCode: string; contractId: string | null; state: "signed" | "terminated" | "open" }): Promise<void> {
  if (contract.state === "signed") {
    const [row] = await scope.tx.rows<{ member_id: string }>(
      "update payments.renewal set state = 'active', contract_id = $3 where tenant_id = $1 and contract_code = $2 and state = 'signing' returning member_id",
      [scope.tenantId, contract.contractCode, contract.contractId]);
    if (row) hint(scope, "members", [row.member_id]);
  }
  if (contract.state === "terminated") {
    const [row] = await scope.tx.rows<{ card_id: string }>("select card_id from payments.renewal where tenant_id = $1 and contract_code = $2 and state <> 'ended'", [scope.tenantId, contract.contractCode]);
    if (row) await endRenewal(scope, row.card_id, "ended-in-wechat", false);
  }
}

interface DueRow {
  id: string;
  card_id: string;
  member_id: string;
  price_fen: number;
  due_on: Day;
}

/** Each hour: asks for agreements being signed, reminds of what is due, takes what is due. */
export async function runRenewals(scope: Scope): Promise<void> {
  await askForContracts(scope);
  const today = dayOf(scope.now, scope.zone);
  for (const row of await toldRows(scope, today)) await remind(scope, row);
  for (const row of await dueRows(scope, today)) await take(scope, row);
  await askAgain(scope);
}

/** Money that is being taken, and whose notification may be lost. */
async function askAgain(scope: Scope): Promise<void> {
  const rows = await scope.tx.rows<{ id: string; payment_id: string }>(
    `select r.id, s.payment_id from payments.renewal r join payments.card_sale s on s.tenant_id = $1 and s.id = r.sale_id
      where r.tenant_id = $1 and r.state = 'active' and s.payment_id is not null and s.at <= $2 order by r.id limit $3`,
    [scope.tenantId, new Date(scope.now.getTime() - ASK_AGAIN_MS), MAX_AT_ONCE]);
  for (const row of rows) await enqueue(scope, DEDUCT_TASK, { renewalId: row.id, paymentId: row.payment_id });
}

async function askForContracts(scope: Scope): Promise<void> {
  const rows = await scope.tx.rows<{ id: string }>(
    "select id from payments.renewal where tenant_id = $1 and state = 'signing' and at <= $2 order by id limit $3",
    [scope.tenantId, new Date(scope.now.getTime() - ASK_AFTER_MS), MAX_AT_ONCE]);
  for (const row of rows) await enqueue(scope, CONTRACT_TASK, { renewalId: row.id });
}

const toldRows = ({ tx, tenantId }: Scope, today: Day): Promise<DueRow[]> =>
  tx.rows<DueRow>(
    `select id, card_id, member_id, price_fen, due_on::text as due_on from payments.renewal
      where tenant_id = $1 and state = 'active' and due_on <= $2 and told_for is distinct from due_on order by id limit $3`,
    [tenantId, addDays(today, NOTICE_DAYS), MAX_AT_ONCE]);

async function remind(scope: Scope, { id, card_id: cardId, member_id: memberId, price_fen: priceFen, due_on: dueOn }: DueRow): Promise<void> {
  await scope.tx.rows("update payments.renewal set told_for = due_on where tenant_id = $1 and id = $2 returning 1", [scope.tenantId, id]);
  await publish(scope, RENEWAL_DUE, memberId, { renewalId: id, cardId, memberId, priceFen, dueOn } satisfies RenewalDue);
  await enqueue(scope, NOTICE_TASK, { renewalId: id });
  hint(scope, "members", [memberId]);
}

/** On the due day, or on the day of the next try; not before the member was told, and not while the card is paused. */
const dueRows = ({ tx, tenantId }: Scope, today: Day): Promise<DueRow[]> =>
  tx.rows<DueRow>(
    `select id, card_id, member_id, price_fen, due_on::text as due_on from payments.renewal
      where tenant_id = $1 and state = 'active' and sale_id is null and told_for = due_on and coalesce(next_try_on, due_on) <= $2 order by id limit $3`,
    [tenantId, today, MAX_AT_ONCE]);

async function take(scope: Scope, row: DueRow): Promise<void> {
  await lockMembers(scope, [row.member_id]);
  const { card } = await openCard(scope, row.card_id);
  if (card.state !== "active" && card.state !== "ended") return;
  const [product] = await scope.tx.rows<{ units: number }>("select units from payments.card_product where tenant_id = $1 and id = $2", [scope.tenantId, card.productId]);
  const sale = await openSale(scope, { cardId: row.card_id, memberId: row.member_id, units: product?.units ?? 1, priceFen: row.price_fen, method: "wechat", storeId: null });
  await scope.tx.rows("update payments.renewal set sale_id = $3 where tenant_id = $1 and id = $2 returning 1", [scope.tenantId, row.id, sale.saleId]);
  // The agreement is with the account it was made with, whichever is current today.
  await scope.tx.rows("update payments.payment p set merchant_id = r.merchant_id from payments.renewal r where p.tenant_id = $1 and p.id = $3 and r.tenant_id = $1 and r.id = $2 returning 1", [scope.tenantId, row.id, sale.paymentId]);
  await enqueue(scope, DEDUCT_TASK, { renewalId: row.id, paymentId: sale.paymentId });
}

/** WeChat did not get the money: tried again after 1, 3 and 5 days, with a word to the member each time; then the agreement ends. */
export async function failRenewal(scope: Scope, renewalId: string, error: string): Promise<void> {
  const [row] = await scope.tx.rows<{ card_id: string; member_id: string; attempts: number; due_on: Day | null; price_fen: number; sale_id: string | null }>(
    "select card_id, member_id, attempts, due_on::text as due_on, price_fen, sale_id from payments.renewal where tenant_id = $1 and id = $2 and state = 'active' and sale_id is not null for update",
    [scope.tenantId, renewalId]);
  if (!row) return;
  const wait = RETRY_DAYS[row.attempts];
  const nextTryOn = wait === undefined ? null : addDays(row.due_on ?? dayOf(scope.now, scope.zone), wait);
  await scope.tx.rows("update payments.renewal set sale_id = null, attempts = attempts + 1, next_try_on = $3, last_error = $4 where tenant_id = $1 and id = $2 returning 1",
    [scope.tenantId, renewalId, nextTryOn, error.slice(0, 200)]);
  await publish(scope, RENEWAL_FAILED, row.member_id, { renewalId, cardId: row.card_id, memberId: row.member_id, priceFen: row.price_fen, attempt: row.attempts + 1, nextTryOn, error } satisfies RenewalFailed);
  hint(scope, "members", [row.member_id]);
  if (nextTryOn === null) await endRenewal(scope, row.card_id, "not-paid");
  else await enqueue(scope, NOTICE_TASK, { renewalId });
}
