import { problem } from "../../kernel/problem.ts";
import { newId, type Caller, type Scope } from "../../kernel/scope.ts";
import { closeUnpaid } from "./payment.ending.ts";
import type { Payment } from "./payment.ts";
import { currentMerchantId, payClient } from "./merchant-account.ts";
import { notifyUrl, type PaymentsParts } from "./parts.ts";
import { outTradeNo, WechatPayError } from "./wechat-pay/index.ts";

export const providerRefused = problem("payments/provider-refused", 502, "WeChat Pay refused the payment");
/** What a guest reads on the phone, beside the brand. */
const WORDS = { "top-up": "储值", card: "购卡", redemption: "积分兑换" } as const;

export const providerUnavailable = problem("payments/provider-unavailable", 503, "WeChat Pay does not answer");

/** A guest has two hours to pay; then the payment is closed. */
export const PAY_WITHIN_MS = 2 * 3_600_000;

export type NewPayment = Pick<Payment, "purpose" | "subjectId" | "memberId" | "amountFen">;

/** Writes the intent. The provider hears of it outside the scope, from `preparePayment`. */
export async function openPayment(scope: Scope, payment: NewPayment): Promise<string> {
  const id = newId<"payment">(scope);
  await scope.tx.db.insertInto("payments.payment").values({
    id, provider: "wechat", purpose: payment.purpose, subject_id: payment.subjectId, member_id: payment.memberId, amount_fen: payment.amountFen,
    out_trade_no: outTradeNo(id), merchant_id: await currentMerchantId(scope), created_at: scope.now,
  }).execute();
  return id;
}

/** An order's open payment of this amount, or a new one: a till that asks twice shows the guest one code. */
export async function openOrderPayment(scope: Scope, orderId: string, amountFen: number, memberId: string | null): Promise<string> {
  const [open] = await scope.tx.rows<{ id: string }>(
    `select id from payments.payment
      where tenant_id = $1 and subject_id = $2 and purpose = 'order' and state = 'created' and amount_fen = $3 and created_at > $4
      order by id desc limit 1`, [scope.tenantId, orderId, amountFen, new Date(scope.now.getTime() - PAY_WITHIN_MS / 2)]);
  return open?.id ?? openPayment(scope, { purpose: "order", subjectId: orderId, memberId, amountFen });
}

interface Unprepared {
  out_trade_no: string;
  purpose: Payment["purpose"];
  subject_id: string;
  amount_fen: number;
  code_url: string | null;
  pay_params: Record<string, string> | null;
  state: Payment["state"];
  created_at: Date;
  merchant_id: string | null;
}

/** What the guest needs to pay. */
export type Invocation = { codeUrl: string } | Record<string, string>;

/**
 * Asks the provider for what the guest pays with, and keeps it. Asking again answers what is kept. Opens scopes of its own:
 * call it outside any. With an openid the guest pays inside WeChat, otherwise by scanning a code.
 */
export async function preparePayment(parts: PaymentsParts, caller: Caller, paymentId: string, openid?: string): Promise<Invocation | null> {
  const payment = await parts.database.inScope(caller, (scope) => unprepared(scope, paymentId));
  if (payment.pay_params) return payment.pay_params;
  if (payment.code_url) return { codeUrl: payment.code_url };
  if (payment.state !== "created") return null;
  const tenant = await parts.database.tenants.get(caller.tenantId);
  const order = {
    outTradeNo: payment.out_trade_no, amountFen: payment.amount_fen, notifyUrl: notifyUrl(parts.outside, tenant.code),
    description: payment.purpose === "order" ? `${tenant.name} 订单 ${payment.subject_id}` : `${tenant.name} ${WORDS[payment.purpose]}`,
    expiresAt: new Date(payment.created_at.getTime() + PAY_WITHIN_MS),
  };
  const pay = await payClient(parts.outside, parts.database, caller.tenantId, payment.merchant_id);
  try {
    if (openid === undefined) {
      const { codeUrl } = await pay.createNativeOrder(order);
      return await keep(parts, caller, paymentId, { codeUrl, params: null });
    }
    const { invocation } = await pay.createJsapiOrder({ ...order, openid });
    return await keep(parts, caller, paymentId, { codeUrl: null, params: { ...invocation } });
  } catch (error) {
    throw await explained(parts, caller, paymentId, error);
  }
}

async function unprepared({ tx, tenantId }: Scope, id: string): Promise<Unprepared> {
  const [row] = await tx.rows<Unprepared>(
    `select out_trade_no, purpose, subject_id, amount_fen, code_url, pay_params, state, created_at, merchant_id
       from payments.payment where tenant_id = $1 and id = $2`, [tenantId, id]);
  if (!row) throw new Error(`Payment ${id} is missing`);
  return row;
}

async function keep(parts: PaymentsParts, caller: Caller, id: string, made: { codeUrl: string | null; params: Record<string, string> | null }): Promise<Invocation> {
  await parts.database.inScope(caller, ({ tx, tenantId }) =>
    tx.rows("update payments.payment set code_url = $3, pay_params = $4 where tenant_id = $1 and id = $2 returning id",
      [tenantId, id, made.codeUrl, made.params && JSON.stringify(made.params)]));
  return made.params ?? { codeUrl: made.codeUrl ?? "" };
}

/** Refused: nobody can pay it, so it ends here. Unknown: it stays open, and the minute's query finds out. */
async function explained(parts: PaymentsParts, caller: Caller, paymentId: string, error: unknown): Promise<unknown> {
  if (!(error instanceof WechatPayError)) return error;
  if (error.outcome === "unknown") return providerUnavailable({ detail: error.message, retryAfterSeconds: 5 });
  await parts.database.inScope(caller, (scope) => closeUnpaid(scope, paymentId));
  return providerRefused({ detail: error.message, providerCode: error.code });
}
