import { approvals, exporters, importTargets, mergeSteps, privacySteps } from "./app.ts";
import type { JobsParts } from "./kernel/jobs.ts";
import * as kernel from "./kernel/tidy.ts";
import * as commerce from "./modules/commerce/index.ts";
import * as customers from "./modules/customers/index.ts";
import * as insight from "./modules/insight/index.ts";
import * as ledger from "./modules/ledger/index.ts";
import * as loyalty from "./modules/loyalty/index.ts";
import * as objects from "./modules/objects/index.ts";
import * as org from "./modules/org/index.ts";
import * as payments from "./modules/payments/index.ts";
import * as platform from "./modules/platform/index.ts";
import * as promotions from "./modules/promotions/index.ts";
import * as sales from "./modules/sales/index.ts";
import type { OutsideWorld } from "./outside.ts";

/** Every subscriber, schedule and task of the product. */
export function work({ outside }: { outside: OutsideWorld }): JobsParts {
  return {
    subscribers: [...insight.subscribers, ...loyalty.subscribers, ...promotions.subscribers, ...sales.subscribers, ...platform.subscribers],
    schedules: [
      ...kernel.schedules, ...objects.schedules, ...ledger.schedules, ...loyalty.schedules, ...promotions.schedules, ...commerce.schedules, ...customers.schedules,
      ...platform.schedules, platform.overdueSchedule(approvals.kinds), ...org.schedules, ...payments.schedules, ...insight.schedules, ...sales.schedules,
    ],
    tasks: [...platform.tasks(outside), platform.exportTask(exporters), platform.importTask(importTargets), ...objects.tasks, ...sales.tasks, ...ledger.tasks, customers.respellTask, customers.duplicatesTask(mergeSteps), ...loyalty.tasks, ...promotions.tasks({ standings: loyalty.standingConditions, outside }), ...commerce.tasks, ...payments.tasks(outside), customers.copyTask(privacySteps), customers.purgeTask(privacySteps)],
  };
}
