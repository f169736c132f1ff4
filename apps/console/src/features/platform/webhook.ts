export interface Webhook {
  id: string;
  url: string;
  events: string[];
  isActive: boolean;
  /** broken: so many deliveries failed that it was stopped; activating it tries again. */
  state: "active" | "paused" | "broken";
  /** In the answer to its creation only. */
  secret?: string;
}

export interface Delivery {
  id: string;
  event: string;
  state: "pending" | "delivered" | "failed";
  attempts: number;
  responseStatus: number | null;
  lastError: string | null;
  createdAt: string;
  nextAttemptAt: string | null;
}

/** The published language, as far as partners may listen to it. */
export const webhookEvents = ["customers.member-registered", "customers.member-updated", "customers.tag-changed", "commerce.order-paid", "commerce.order-returned", "loyalty.points-adjusted", "loyalty.points-earned", "loyalty.points-expiring", "loyalty.points-frozen", "loyalty.points-unfrozen", "loyalty.points-transferred", "loyalty.tier-changed", "loyalty.tier-ending", "payments.top-up-done", "promotions.coupon-issued", "promotions.coupon-voided"] as const;
