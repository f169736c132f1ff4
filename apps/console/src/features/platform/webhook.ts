import type { ConsoleSchemas } from "@shuke/api";

/** `secret` is in the answer to its creation only. */
export type Webhook = ConsoleSchemas["Webhook"] & { secret?: string };
export type Delivery = ConsoleSchemas["WebhookDelivery"];

/** The published language, as far as partners may listen to it. */
export const webhookEvents = ["customers.member-registered", "customers.member-updated", "customers.tag-changed", "commerce.order-paid", "commerce.order-returned", "loyalty.points-adjusted", "loyalty.points-earned", "loyalty.points-expiring", "loyalty.points-frozen", "loyalty.points-unfrozen", "loyalty.points-transferred", "loyalty.tier-changed", "loyalty.tier-ending", "loyalty.life-stage-changed", "payments.top-up-done", "promotions.coupon-issued", "promotions.coupon-voided"] as const;
