import { api } from "../../../api/client.ts";
import type { Page } from "../../../api/page.ts";
import type { TillMember } from "./cart.ts";
import type { CartLine } from "./quote.ts";

export interface ParkedCart {
  orderId: string;
  memberName: string | null;
  note: string | null;
  items: number;
  firstItem: string;
  dueFen: number;
  parkedBy: string | null;
  parkedAt: string;
  /** Null when the hold has run out: nothing is set aside any more, the cart can still be taken up. */
  heldUntil: string | null;
}

/** A cart as it was set aside. */
export interface TakenCart {
  orderId: string;
  member: TillMember | null;
  lines: CartLine[];
  couponIds: string[];
  manualDiscountFen: number;
}

/** As long as a table may sit before its coupon is free for others. */
const parkSeconds = 3_600;

export const parkedKey = (storeId: string) => ["/quotes", storeId];

export const listParked = (storeId: string) => api.get<Page<ParkedCart>>("/quotes", { storeId, limit: 50 });

export const parkCart = (orderId: string, note: string, key: string) =>
  api.post<{ orderId: string }>(`/quotes/${orderId}:hold`, { ttlSeconds: parkSeconds, park: true, ...(note && { note }) }, key);

export const takeUpCart = (orderId: string) => api.post<TakenCart>(`/quotes/${orderId}:take-up`);

export const releaseCart = (orderId: string) => api.post<{ orderId: string }>(`/quotes/${orderId}:release`);
