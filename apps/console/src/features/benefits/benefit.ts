import type { ConsoleSchemas } from "@shuke/api";

export const benefitKinds = ["coupon", "points", "partner-code", "priority-queue", "free-delivery", "exclusive-price", "service"] as const;
export const grantTimes = ["birthday", "month", "quarter", "year", "always", "hand"] as const;

export type Benefit = ConsoleSchemas["Benefit"];
export type Grant = ConsoleSchemas["BenefitGrant"];
export type BenefitUse = ConsoleSchemas["BenefitUse"];
