import type { Database } from "../../kernel/db/database.ts";
import { enqueue } from "../../kernel/events.ts";
import type { Schedule, Task } from "../../kernel/jobs.ts";
import { evaluateTiers, PAGE } from "./evaluation.ts";
import { benefitSchedules, benefitTasks } from "./benefits/nightly.ts";
import * as expiring from "./expiring.ts";
import { lifecycleSchedules, lifecycleTasks } from "./lifecycle/recount.ts";
import { endOverdue } from "./mall/ending.ts";
import { eachPage } from "./pages.ts";
import { raiseRisen, renewKept, tellEnding } from "./sweep.ts";

const TASK = "loyalty.evaluate-tiers";

/** Page after page, each in a transaction of its own: one over all would keep every due member locked until its end. */
const evaluation: Task = {
  name: TASK,
  async run({ tenantId }, database: Database) {
    const entry = { tenantId: String(tenantId), actor: { kind: "system", name: TASK } } as const;
    await eachPage<string>((after) => database.inScope(entry, (scope) => renewKept(scope, after)));
    while ((await database.inScope(entry, evaluateTiers)) === PAGE);
    await eachPage<string>((after) => database.inScope(entry, (scope) => raiseRisen(scope, after)));
    await eachPage<string>((after) => database.inScope(entry, (scope) => tellEnding(scope, after)));
  },
};

export const tasks: readonly Task[] = [evaluation, ...expiring.tasks, ...benefitTasks, ...lifecycleTasks];
export const schedules: readonly Schedule[] = [
  { name: "loyalty.tiers-nightly", cron: "30 0 * * *", zone: "Asia/Shanghai", run: (scope) => enqueue(scope, TASK, {}) },
  ...expiring.schedules,
  ...benefitSchedules,
  ...lifecycleSchedules,
  { name: "loyalty.redemptions-overdue", cron: "* * * * *", zone: "Asia/Shanghai", run: async (scope) => void (await endOverdue(scope)) },
];
