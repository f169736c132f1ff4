import type { ConsoleSchemas } from "@shuke/api";
import { api } from "../../../api/client.ts";
import type { Page } from "../../../api/page.ts";
import type { CartLine } from "./quote.ts";

export type ParkedCart = ConsoleSchemas["ParkedCart"];

/** What a till takes of a cart that was set aside. */
export type TakenCart = Pick<ConsoleSchemas["TakenUpCart"], "orderId" | "member" | "couponIds" | "manualDiscountFen"> & { lines: CartLine[] };

/** As long as a table may sit before its coupon is free for others. */
const parkSeconds = 3_600;

export const parkedKey = (storeId: string) => ["/quotes", storeId];

export const listParked = (storeId: string) => api.get<Page<ParkedCart>>("/quotes", { storeId, limit: 50 });

export const parkCart = (orderId: string, note: string, key: string) =>
  api.post<{ orderId: string }>(`/quotes/${orderId}:hold`, { ttlSeconds: parkSeconds, park: true, ...(note && { note }) }, key);

export const takeUpCart = (orderId: string) => api.post<TakenCart>(`/quotes/${orderId}:take-up`);

export const releaseCart = (orderId: string) => api.post<{ orderId: string }>(`/quotes/${orderId}:release`);
