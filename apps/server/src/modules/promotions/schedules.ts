import { enqueue } from "../../kernel/events.ts";
import type { Schedule } from "../../kernel/jobs.ts";
import { EXPIRE_TASK } from "./coupon-ending.ts";
import { pushSchedule } from "./coupon-push.run.ts";
import { reminderSchedule } from "./coupon-reminder.ts";

export const schedules: readonly Schedule[] = [
  { name: "promotions.expire", cron: "20 * * * *", zone: "Asia/Shanghai", run: (scope) => enqueue(scope, EXPIRE_TASK, {}) },
  pushSchedule, reminderSchedule,
];
