import type { CommentSubject } from "../platform/index.ts";
import { readOrder } from "./order.view.ts";

/** What colleagues say about an order. */
export const orderSubject: CommentSubject = {
  kind: "order", can: "orders.read",
  find: async (scope, id) => ({ id, storeId: (await readOrder(scope, id)).storeId }),
  link: (id) => `/orders/${id}`,
};
