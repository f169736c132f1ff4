import { z } from "zod";
import type { Exchange } from "../../../kernel/http/route.ts";
import { fen, points } from "../../../kernel/http/wire.ts";
import { hint } from "../../../kernel/live.ts";
import { notFound, problem, unauthenticated } from "../../../kernel/problem.ts";
import { memberOf, type Caller, type Scope } from "../../../kernel/scope.ts";
import { getPayment, once, openOrderPayment, preparePayment, type PaymentsParts } from "../../payments/index.ts";
import type { Settled } from "../settlement/ticket.ts";
import type { TillParts } from "../till.routes.ts";
import { shareAt, shareOrderId, type Bill } from "./bill.rows.ts";
import { billOfToken, getTable, isFreeFor } from "./bill.view.ts";
import { payShare } from "./share.ts";

export const shareKept = problem("commerce/share-kept", 409, "This share is kept for another guest");

/** What a guest can pay with on a phone; cash goes to the till. */
export const tableTender = z.object({
  kind: z.enum(["points", "stored-value", "wechat"]), amountFen: fen.optional(), points: points.optional(), paymentId: z.string().max(36).optional(),
});

export interface Seat {
  token: string;
  no: number;
}

/** Takes a share for oneself, and leaves another that one had taken: of two guests who reach for one, one gets it. */
export async function claimShare(scope: Scope, token: string, no: number) {
  const memberId = memberOf(scope);
  const bill = await billOfToken(scope, token);
  shareAt(bill, no);
  const until = bill.until <= scope.now;
  await scope.tx.rows(
    `update commerce.bill_share set member_id = null where tenant_id = $1 and bill_id = $2 and member_id = $3 and state = 'open' and no <> $4 returning no`,
    [scope.tenantId, bill.id, memberId, no]);
  const claimed = await scope.tx.rows(
    `update commerce.bill_share set member_id = $4 where tenant_id = $1 and bill_id = $2 and no = $3 and state = 'open'
        and (member_id is null or member_id = $4 or $5::boolean) returning no`, [scope.tenantId, bill.id, no, memberId, until]);
  if (claimed.length === 0) throw shareKept({ no });
  hint(scope, "members", [memberId]);
  return getTable(scope, token);
}

/** Pays a share that is free for this guest. Throws `shareKept`. */
export async function payOwnShare(
  parts: TillParts, caller: Caller, { token, no, tenders, revision }: Seat & { tenders: z.output<typeof tableTender>[]; revision?: number | undefined }, exchange: Exchange,
): Promise<Settled> {
  const memberId = memberIdOf(caller);
  const bill = await parts.database.inScope(caller, async (scope) => freeShare(scope, { token, no }, memberId));
  return payShare(parts, caller, { billId: bill.id, no }, { tenders, revision, memberId }, exchange);
}

/** The bill, when its share is this guest's to pay; a share that is paid already is answered by the desk, as a repetition or a refusal. */
async function freeShare(scope: Scope, { token, no }: Seat, memberId: string): Promise<Bill> {
  const bill = await billOfToken(scope, token);
  const share = shareAt(bill, no);
  if (share.state === "open" && !isFreeFor(scope, bill, share, memberId)) throw shareKept({ no });
  return bill;
}

function memberIdOf({ actor }: Caller): string {
  if (actor.kind !== "member") throw unauthenticated();
  return actor.memberId;
}

/** Asks WeChat for what the guest pays the rest of a share with. */
export async function openTablePayment(
  parts: TillParts & PaymentsParts, caller: Caller, { token, no, amountFen, wechatCode }: Seat & { amountFen: number; wechatCode?: string | undefined }, exchange: Exchange,
) {
  const memberId = memberIdOf(caller);
  const { paymentId } = await once(parts, caller, exchange, async (scope) => {
    const bill = await freeShare(scope, { token, no }, memberId);
    return { paymentId: await openOrderPayment(scope, shareOrderId(bill.id, no), amountFen, memberId) };
  });
  const isReplay = exchange.reply.hasHeader("idempotency-hit");
  const guest = wechatCode && !isReplay ? await parts.outside.wechat.exchangeCode(wechatCode) : undefined;
  return { paymentId, pay: { ...(await preparePayment(parts, caller, paymentId, guest?.openid)) } };
}

/** Whether WeChat has the money of a payment for this share. */
export async function tablePaymentState(scope: Scope, { token, no }: Seat, paymentId: string) {
  const bill = await billOfToken(scope, token);
  const payment = await getPayment(scope, paymentId);
  if (payment.subjectId !== shareOrderId(bill.id, no)) throw notFound({ detail: "No such payment" });
  return { paymentId, state: payment.state };
}
