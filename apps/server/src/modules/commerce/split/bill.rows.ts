import type { Quote, Snapshot } from "@shuke/offers";
import { notFound } from "../../../kernel/problem.ts";
import { demandStore, visibleStores, type Scope } from "../../../kernel/scope.ts";
import type { CartWire } from "../cart.schema.ts";
import type { Part } from "./division.ts";

export interface Bill {
  id: string;
  storeId: string;
  cart: CartWire & { storeId: string; couponIds: string[] };
  quote: Quote;
  ruleVersion: number;
  host: Snapshot["member"];
  totalFen: number;
  state: "open" | "paid" | "void";
  revision: number;
  token: string;
  note: string | null;
  until: Date;
  openedAt: Date;
  shares: Share[];
}

export interface Share {
  no: number;
  name: string;
  memberId: string | null;
  totalFen: number;
  part: Part;
  couponIds: string[];
  state: "open" | "paid";
  orderId: string | null;
  payerId: string | null;
  paidAt: Date | null;
}

export const shareOrderId = (billId: string, no: number): string => `${billId}.${no}`;

/** Throws `notFound`. */
export function shareAt(bill: Bill, no: number): Share {
  const share = bill.shares.find((one) => one.no === no);
  if (!share) throw notFound({ detail: "No such share" });
  return share;
}

/** Throws `notFound`, also for another store's bill. */
export async function readBill(scope: Scope, billId: string): Promise<Bill> {
  const bill = await findBill(scope, billId);
  const stores = visibleStores(scope.actor);
  if (!bill || (stores && !stores.includes(bill.storeId))) throw notFound({ detail: "No such bill" });
  demandStore(scope.actor, bill.storeId);
  return bill;
}

export async function findBill(scope: Scope, billId: string): Promise<Bill | undefined> {
  const row = await scope.tx.db.selectFrom("commerce.bill").selectAll().where("id", "=", billId).executeTakeFirst();
  if (!row) return undefined;
  const shares = await scope.tx.db.selectFrom("commerce.bill_share").selectAll().where("bill_id", "=", billId).orderBy("no").execute();
  return {
    id: row.id, storeId: row.store_id, cart: row.cart as Bill["cart"], quote: row.quote as Quote, ruleVersion: row.rule_version, host: row.host as Bill["host"],
    totalFen: row.total_fen, state: row.state as Bill["state"], revision: row.revision, token: row.token, note: row.note, until: row.until, openedAt: row.opened_at,
    shares: shares.map((one): Share => ({
      no: one.no, name: one.name, memberId: one.member_id, totalFen: one.total_fen, part: one.part as Part, couponIds: one.coupon_ids as string[],
      state: one.state as Share["state"], orderId: one.order_id, payerId: one.payer_id, paidAt: one.paid_at,
    })),
  };
}
