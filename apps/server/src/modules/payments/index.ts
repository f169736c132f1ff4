import type { Route } from "../../kernel/http/route.ts";
import type { Task } from "../../kernel/jobs.ts";

export {
  payByStoredValue, planStoredValue, refundStoredValue, storedValueAccounts, storedValueAvailable, type StoredValuePlan,
} from "./stored-value.ts";

export const consoleRoutes = (): Route[] => [];
export const memberRoutes = (): Route[] => [];
export const tasks = (): Task[] => [];
