import type { RouteOptions } from "fastify";
import type { Database } from "../../kernel/db/database.ts";
import type { Scope } from "../../kernel/scope.ts";
import { acceptContract } from "./cards/renewal.ts";
import { CALLBACK_PATH } from "./parts.ts";
import { acceptTransaction } from "./payment.settling.ts";
import { acceptRefund } from "./refund.ts";
import { answerNotification, type Notification, type WechatPayClient } from "./wechat-pay/index.ts";

export interface CallbackParts {
  database: Database;
  outside: { pay: WechatPayClient };
}

const ACTOR = { kind: "system", name: "wechat-pay" } as const;

/**
 * Where WeChat Pay delivers notifications. Nobody signs in here: the signature over the raw body says who speaks, and the
 * tenant in the path only says where to look. A notification of one tenant sent to another's address finds nothing.
 */
export const callbackRoutes = ({ database, outside }: CallbackParts): RouteOptions[] => [{
  method: "POST",
  url: `${CALLBACK_PATH}/:tenantCode`,
  handler: async (request, reply) => {
    const { tenantCode } = request.params as { tenantCode: string };
    const received = { header: (name: string) => headerOf(request.headers[name.toLowerCase()]), body: request.rawBody ?? Buffer.alloc(0) };
    const answer = await answerNotification(received, (one) => outside.pay.readNotification(one), async (notification) => {
      const tenant = await database.tenants.byCode(tenantCode);
      await database.inScope({ tenantId: tenant.id, actor: ACTOR, from: { ip: request.ip, requestId: request.id } }, (scope) => accept(scope, notification));
    });
    return reply.code(answer.status).send(answer.body);
  },
}];

const headerOf = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value);

async function accept(scope: Scope, notification: Notification): Promise<void> {
  if (notification.kind === "transaction") await acceptTransaction(scope, notification.transaction);
  if (notification.kind === "contract") await acceptContract(scope, notification.contract);
  if (notification.kind === "refund") await acceptRefund(scope, notification.refund);
}
