import type { RouteOptions } from "fastify";
import type { Database } from "../../kernel/db/database.ts";
import { notFound } from "../../kernel/problem.ts";
import type { Scope } from "../../kernel/scope.ts";
import { acceptContract } from "./cards/renewal.ts";
import { findAccountOfKey } from "./merchant-account.ts";
import { CALLBACK_PATH, type PayingWorld } from "./parts.ts";
import { acceptTransaction } from "./payment.settling.ts";
import { acceptRefund } from "./refund.ts";
import { answerNotification, type Notification } from "./wechat-pay/index.ts";

export interface CallbackParts {
  database: Database;
  outside: Pick<PayingWorld, "pay" | "payFor">;
}

const ACTOR = { kind: "system", name: "wechat-pay" } as const;

/**
 * Where WeChat Pay delivers notifications. Nobody signs in here: the signature over the raw body says who speaks, and the
 * tenant in the path only says where to look. Each account has a platform key of its own, whose number the signature bears: with it
 * the tenant's account is found, otherwise it is the installation's. What was not paid to that account is not found.
 */
export const callbackRoutes = ({ database, outside }: CallbackParts): RouteOptions[] => [{
  method: "POST",
  url: `${CALLBACK_PATH}/:tenantCode`,
  handler: async (request, reply) => {
    const { tenantCode } = request.params as { tenantCode: string };
    const received = { header: (name: string) => headerOf(request.headers[name.toLowerCase()]), body: request.rawBody ?? Buffer.alloc(0) };
    const tenant = await database.tenants.byCode(tenantCode);
    const entry = { tenantId: tenant.id, actor: ACTOR, from: { ip: request.ip, requestId: request.id } };
    const account = await database.inScope(entry, (scope) => findAccountOfKey(scope, received.header("Wechatpay-Serial") ?? ""));
    const pay = account ? outside.payFor(account) : outside.pay;
    const answer = await answerNotification(received, (one) => pay.readNotification(one), (notification) =>
      database.inScope(entry, (scope) => accept(scope, notification, account?.merchantId ?? null)));
    return reply.code(answer.status).send(answer.body);
  },
}];

const headerOf = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value);

async function accept(scope: Scope, notification: Notification, merchantId: string | null): Promise<void> {
  await refuseOthers(scope, notification, merchantId);
  if (notification.kind === "transaction") await acceptTransaction(scope, notification.transaction);
  if (notification.kind === "contract") await acceptContract(scope, notification.contract);
  if (notification.kind === "refund") await acceptRefund(scope, notification.refund);
}

const MERCHANT_OF = {
  transaction: "select merchant_id from payments.payment where tenant_id = $1 and out_trade_no = $2",
  refund: "select p.merchant_id from payments.refund r join payments.payment p on p.tenant_id = $1 and p.id = r.payment_id where r.tenant_id = $1 and r.out_refund_no = $2",
  contract: "select merchant_id from payments.renewal where tenant_id = $1 and contract_code = $2",
} as const;

/** What was asked for through another account is not known to this one: whoever holds the keys of one cannot speak for another. */
async function refuseOthers({ tx, tenantId }: Scope, notification: Notification, merchantId: string | null): Promise<void> {
  if (notification.kind === "other") return;
  const number = notification.kind === "transaction" ? notification.transaction.outTradeNo : notification.kind === "refund" ? notification.refund.outRefundNo : notification.contract.contractCode;
  const [row] = await tx.rows<{ merchant_id: string | null }>(MERCHANT_OF[notification.kind], [tenantId, number]);
  if (row && row.merchant_id !== merchantId) throw notFound({ detail: "Nothing of this merchant account" });
}
