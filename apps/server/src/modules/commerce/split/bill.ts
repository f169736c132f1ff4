import { problem } from "../../../kernel/problem.ts";
import { actorRef, type Scope } from "../../../kernel/scope.ts";
import { holdCoupons, releaseCoupons, type Coupon } from "../../promotions/index.ts";
import { audit } from "../../platform/index.ts";
import { getMember } from "../../customers/index.ts";
import { refuseCart } from "../cart.ts";
import { orderExists } from "../order.ts";
import { storeOf } from "../quote.ts";
import { divide } from "./division.ts";
import { findBill, readBill, type Bill } from "./bill.rows.ts";
import type { BillWire, BillWish } from "./bill.schema.ts";
import { getBill } from "./bill.view.ts";
import { priceTable } from "./price.ts";

export const billStarted = problem("commerce/bill-started", 409, "A share of this bill has been paid; it cannot be divided anew");
export const billClosed = problem("commerce/bill-closed", 409, "This bill is paid or was given up");

/** As long as a table has to pay before shares that were kept for somebody are free for anybody. */
const KEEP_MINUTES = 30;
/** Coupons stay with a bill as long as quotes live. */
const HOLD_DAYS = 2;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const TOKEN_BYTES = 12;

/** Whose share a bill's share number is in people's words, when the till gives no name. */
const ORDINALS = "甲乙丙丁戊己庚辛壬癸";

/** Prices a table's cart once, divides it, and freezes both. Until somebody has paid it may be divided anew. */
export async function divideBill(scope: Scope, billId: string, wish: BillWish): Promise<BillWire> {
  refuseCart(wish);
  const store = await storeOf(scope, wish);
  const before = await findBill(scope, billId);
  if (before) refuseStarted(before);
  else await refuseOrder(scope, billId);
  const { shares: wishes, note, ...rest } = wish;
  const memberIds = [...new Set(wishes.flatMap((one) => one.memberId ?? []))];
  // What an earlier division held is free for this one; the coupons are locked before the bill, as the desk does.
  if (before) releaseCoupons(scope, billId, before.cart.couponIds);
  const { quote, couponIds, coupons, host } = await priceTable(scope, billId, { ...rest, storeId: store.id }, memberIds);
  const parts = divide(quote, wishes);
  await holdCoupons(scope, couponIds, billId, new Date(scope.now.getTime() + HOLD_DAYS * DAY_MS));
  await writeBill(scope, {
    id: billId, store_id: store.id, cart: JSON.stringify({ ...rest, storeId: store.id, couponIds }), quote: JSON.stringify(quote),
    rule_version: quote.proof.ruleVersion, host_id: host?.id ?? null, host: JSON.stringify(host), total_fen: quote.totalFen, note: note ?? null,
    until: new Date(scope.now.getTime() + KEEP_MINUTES * MINUTE_MS),
  });
  const owners = ownersOf(coupons, wishes.map((one) => one.memberId ?? null));
  await scope.tx.db.insertInto("commerce.bill_share").values(parts.map((part, at) => ({
    bill_id: billId, no: at + 1, name: wishes[at]?.name ?? ORDINALS[at] ?? String(at + 1), member_id: wishes[at]?.memberId ?? null,
    total_fen: part.totalFen, part: JSON.stringify(part), coupon_ids: JSON.stringify(owners[at] ?? []),
  }))).execute();
  return getBill(scope, billId);
}

type BillRow = { id: string; store_id: string; cart: string; quote: string; rule_version: number; host_id: string | null; host: string; total_fen: number; note: string | null; until: Date };

async function writeBill(scope: Scope, row: BillRow): Promise<void> {
  const { db } = scope.tx;
  const { id, ...changed } = row;
  const written = await db.insertInto("commerce.bill")
    .values({ ...row, token: scope.random(TOKEN_BYTES).reduce((text, byte) => text + byte.toString(16).padStart(2, "0"), ""), opened_by: actorRef(scope.actor), opened_at: scope.now })
    .onConflict((conflict) => conflict.columns(["tenant_id", "id"]).doUpdateSet((eb) => ({ ...changed, revision: eb("commerce.bill.revision", "+", 1) })).where("commerce.bill.state", "=", "open"))
    .returning("id").executeTakeFirst();
  if (!written) throw billClosed({ billId: id });
  // The bill is locked now, and with it nobody can begin to pay: a share that was paid since we looked is seen here.
  const paid = await db.selectFrom("commerce.bill_share").select("no").where("bill_id", "=", id).where("state", "=", "paid").executeTakeFirst();
  if (paid) throw billStarted({ billId: id });
  await db.deleteFrom("commerce.bill_share").where("bill_id", "=", id).execute();
  await db.deleteFrom("commerce.quote").where("order_id", "=", id).where("state", "<>", "held").execute();
}

/** Each coupon stands in the order of its owner's share; one that nobody owns in the first. */
function ownersOf(coupons: readonly Coupon[], members: readonly (string | null)[]): string[][] {
  const owned: string[][] = members.map(() => []);
  for (const coupon of coupons) owned[Math.max(0, members.indexOf(coupon.memberId ?? "-"))]?.push(coupon.id);
  return owned;
}

async function refuseOrder(scope: Scope, billId: string): Promise<void> {
  const order = await scope.tx.db.selectFrom("commerce.order").select("id").where("id", "=", billId).executeTakeFirst();
  if (order) throw orderExists({ orderId: billId });
}

function refuseStarted({ id, state, shares }: Bill): void {
  if (state !== "open") throw billClosed({ billId: id });
  if (shares.some((one) => one.state === "paid")) throw billStarted({ billId: id });
}

/** Gives a bill up of which nothing has been paid: its coupons are free again. */
export async function voidBill(scope: Scope, billId: string): Promise<BillWire> {
  const before = await readBill(scope, billId);
  refuseStarted(before);
  releaseCoupons(scope, billId, before.cart.couponIds);
  const ended = await scope.tx.rows(
    `update commerce.bill b set state = 'void', closed_at = $3 where tenant_id = $1 and id = $2 and state = 'open' and revision = $4
        and not exists (select 1 from commerce.bill_share s where s.tenant_id = $1 and s.bill_id = $2 and s.state = 'paid') returning id`,
    [scope.tenantId, billId, scope.now, before.revision]);
  if (ended.length === 0) throw billStarted({ billId });
  audit(scope, { action: "bill.void", subjectKind: "order", subjectId: billId });
  return getBill(scope, billId);
}

/** Keeps an open share for a member, or for whoever comes. */
export async function assignShare(scope: Scope, billId: string, no: number, memberId: string | null): Promise<BillWire> {
  await readBill(scope, billId);
  if (memberId) await getMember(scope, memberId);
  const assigned = await scope.tx.db.updateTable("commerce.bill_share").set({ member_id: memberId })
    .where("bill_id", "=", billId).where("no", "=", no).where("state", "=", "open").returning("no").executeTakeFirst();
  if (!assigned) throw billClosed({ billId, no });
  return getBill(scope, billId);
}
