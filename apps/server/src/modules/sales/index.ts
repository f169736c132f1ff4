import type { Schedule, Task } from "../../kernel/jobs.ts";
import { recycleSchedule } from "./recycle.ts";
import { resumeWalks, walkTask } from "./walk.ts";

export { consoleRoutes } from "./console.routes.ts";
export { subscribers } from "./subscribers.ts";
export const schedules: readonly Schedule[] = [recycleSchedule, resumeWalks];
export const tasks: readonly Task[] = [walkTask];
export { seaTeller } from "./live.ts";
export { claimed } from "./claimed.ts";
export { poolSection } from "./pool.pack.ts";
