import type { Subscriber } from "../../kernel/events.ts";
import type { Route } from "../../kernel/http/route.ts";
import type { Schedule, Task } from "../../kernel/jobs.ts";

export { audit, type AuditEntry } from "../../kernel/audit.ts";

export const consoleRoutes = (_parts: object): Route[] => [];
export const subscribers: readonly Subscriber[] = [];
export const schedules: readonly Schedule[] = [];
export const tasks: readonly Task[] = [];
