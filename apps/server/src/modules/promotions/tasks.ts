import type { Task } from "../../kernel/jobs.ts";
import type { StandingConditions } from "./coupon-audience.ts";
import { expireTask } from "./coupon-ending.ts";
import { pushTask } from "./coupon-push.run.ts";
import { reminderTasks, type TextMessages } from "./coupon-reminder.ts";

export const tasks = ({ standings, outside }: { standings: StandingConditions; outside: { sms: TextMessages } }): readonly Task[] =>
  [pushTask(standings), expireTask, ...reminderTasks(outside.sms)];
