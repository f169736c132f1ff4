export { mergeStep } from "./merge.ts";
export { privacyStep } from "./privacy.ts";
export {
  bonusOf, payByStoredValue, planStoredValue, principalOf, refundStoredValue, storedValueAccounts, storedValueAvailable,
} from "./stored-value.ts";
export { withdrawalApproval } from "./prepaid/withdrawal.approval.ts";
export { findFreeze, type Freeze } from "./prepaid/freeze.ts";
export { lockPayments, paymentProblem, usePayments, type Payment } from "./payment.ts";
export { once } from "./kept-answer.ts";
export type { PaymentsParts } from "./parts.ts";
export { openOrderPayment, openPayment, preparePayment } from "./payment.opening.ts";
export { requestRefund } from "./refund.ts";
export { getPayment } from "./payments.view.ts";
export { createPlan, listPlans } from "./top-up-plan.ts";
export { createProduct as createCardProduct } from "./cards/card-product.ts";
export { sellCard } from "./cards/card-sale.ts";
export { useCard } from "./cards/card-use.ts";
export { storedValueExporter } from "./exporter.ts";
export { openTopUp } from "./top-up.ts";
export { callbackRoutes } from "./callback.routes.ts";
export { consoleRoutes } from "./console.routes.ts";
export { memberRoutes } from "./member.routes.ts";
export { schedules, tasks } from "./tasks.ts";
