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
export const webhookEvents = ["customers.member-registered", "commerce.order-paid", "commerce.order-returned", "loyalty.points-earned", "loyalty.points-spent", "loyalty.tier-changed", "payments.topped-up", "promotions.coupon-issued", "promotions.coupon-redeemed"] as const;
