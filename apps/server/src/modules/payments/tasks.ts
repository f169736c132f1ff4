import type { Schedule, Task } from "../../kernel/jobs.ts";
import { countAllDays } from "./cards/card-days.ts";
import { runRenewals } from "./cards/renewal.ts";
import { renewalTasks } from "./cards/renewal.tasks.ts";
import { CHECK_TASK, checkOpen, checkPayments } from "./payment.settling.ts";
import type { PayingWorld } from "./parts.ts";
import { REFUND_TASK, repeatRefunds, sendRefund } from "./refund.ts";

/** What calls the provider, retried by the queue. */
export const tasks = (outside: PayingWorld): Task[] => [
  ...renewalTasks(outside),
  { name: CHECK_TASK, run: ({ tenantId, paymentIds }, database) => checkPayments(outside, database, String(tenantId), paymentIds as string[]) },
  { name: REFUND_TASK, run: ({ tenantId, refundId }, database) => sendRefund(outside, database, String(tenantId), String(refundId)) },
];

export const schedules: readonly Schedule[] = [
  { name: "payments.count-days", cron: "5 0 * * *", zone: "Asia/Shanghai", run: countAllDays },
  { name: "payments.renewals", cron: "10 8-21 * * *", zone: "Asia/Shanghai", run: runRenewals },
  { name: "payments.check-open", cron: "* * * * *", zone: "Asia/Shanghai", run: checkOpen },
  { name: "payments.repeat-refunds", cron: "*/30 * * * *", zone: "Asia/Shanghai", run: repeatRefunds },
];
