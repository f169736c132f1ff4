import type { Schedule, Task } from "../../kernel/jobs.ts";
import { CHECK_TASK, checkOpen, checkPayments } from "./payment.settling.ts";
import { REFUND_TASK, sendRefund } from "./refund.ts";
import type { WechatPayClient } from "./wechat-pay/index.ts";

/** What calls the provider, retried by the queue. */
export const tasks = ({ pay }: { pay: WechatPayClient }): Task[] => [
  { name: CHECK_TASK, run: ({ tenantId, paymentIds }, database) => checkPayments(pay, database, String(tenantId), paymentIds as string[]) },
  { name: REFUND_TASK, run: ({ tenantId, refundId }, database) => sendRefund(pay, database, String(tenantId), String(refundId)) },
];

export const schedules: readonly Schedule[] = [
  { name: "payments.check-open", cron: "* * * * *", zone: "Asia/Shanghai", run: checkOpen },
];
