export interface Webhook {
  id: string;
  url: string;
  events: string[];
  isActive: boolean;
  secret?: string | null;
  createdAt?: string;
}

export interface Delivery {
  id: string;
  event: string;
  state: "pending" | "delivered" | "failed" | string;
  attempts: number;
  responseStatus: number | null;
  lastError?: string | null;
  createdAt: string;
  nextAttemptAt: string | null;
}

/** The published language, as far as partners may listen to it. */
export const webhookEvents = ["customers.member-registered", "customers.member-updated", "customers.tag-changed", "commerce.order-paid", "commerce.order-returned", "loyalty.points-adjusted", "loyalty.tier-changed", "payments.top-up-done", "promotions.coupon-issued", "promotions.coupon-voided"] as const;
