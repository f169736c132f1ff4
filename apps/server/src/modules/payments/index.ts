import type { Route } from "../../kernel/http/route.ts";
import type { Task } from "../../kernel/jobs.ts";

export { requestRefund } from "./refund.ts";
export {
  payByStoredValue, planStoredValue, refundStoredValue, storedValueAccounts, storedValueAvailable, type StoredValuePlan,
} from "./stored-value.ts";
export { lockPayments, paymentProblem, takePayment, usePayments, type Payment } from "./payment.ts";

export const consoleRoutes = (_parts: object): Route[] => [];
export const memberRoutes = (_parts: object): Route[] => [];
export const tasks = (_outside: object): Task[] => [];
