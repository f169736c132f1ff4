import { sql, type RawBuilder, type SqlBool } from "kysely";
import { decodeCursor, pageFrom, type Page } from "../../kernel/http/page.ts";
import { hotCheck } from "../../kernel/http/shape.ts";
import { notFound, type FieldError } from "../../kernel/problem.ts";
import { addDays, startOfDay } from "../../kernel/days.ts";
import { visibleStores, type Scope } from "../../kernel/scope.ts";
import { memberNames } from "../customers/index.ts";
import { customOf, customSort, customWhere, rawOf, sortedPage, type NounMeasure, type Write } from "../objects/index.ts";
import { staffNames } from "../org/index.ts";
import { orderReply, type OrderItemWire, type OrderWire } from "./order.schema.ts";
import type { Order } from "./order.ts";
import { readOrders } from "./order.rows.ts";
import type { Decision } from "./settlement/decision.ts";

export interface ReturnRow {
  id: string;
  amount_fen: number;
  lines: { lineId: string; quantity: number; amountFen: number }[];
  tenders: { no: number; kind: string; amountFen: number }[];
  points_taken_back: number;
  points_given_back: number;
  points_clawed: number;
  clawed_fen: number;
  reason: string;
  at: Date;
}

/** Row → wire, the same for a reply of the desk and for reading years later. */
export function orderView(order: Order, memberName: string | null, returns: readonly ReturnRow[]): OrderWire {
  return {
    id: order.id, orderNo: order.id, status: order.status, storeId: order.storeId, channel: order.channel, source: order.source,
    memberId: order.memberId, memberName, grossFen: order.grossFen, discountFen: order.discountFen, feesFen: order.feesFen,
    netFen: order.netFen, refundedFen: order.refundedFen,
    lines: order.lines.map((line) => ({
      lineId: line.lineId, sku: line.sku, name: line.name, category: line.category, quantity: line.quantity,
      returnedQuantity: line.returnedQuantity, unitPriceFen: line.unitPriceFen, grossFen: line.grossFen, discountFen: line.discountFen,
      netFen: line.netFen, returnedFen: line.returnedFen, pointsEarned: line.pointsEarned,
    })),
    tenders: order.tenders.map((tender) => ({ ...tender })),
    effects: (order.proof.effects ?? []).map(({ kind, offerId, couponId, name, amountFen }) => ({ kind, offerId, couponId, name, amountFen })),
    bill: order.proof.bill ?? null,
    pointsEarned: order.pointsEarned, pointsSpent: order.pointsSpent, pointsReturned: order.pointsReturned,
    returns: returns.map((one) => ({
      id: one.id, at: one.at.toISOString(), amountFen: one.amount_fen, reason: one.reason, pointsTakenBack: one.points_taken_back,
      pointsGivenBack: one.points_given_back, pointsClawed: one.points_clawed, clawedFen: one.clawed_fen, lines: one.lines, tenders: one.tenders,
    })),
    paidAt: order.paidAt.toISOString(), businessOn: order.businessOn, cashier: order.cashier, ruleVersion: order.ruleVersion,
  };
}

const check = hotCheck(orderReply);

/** The desk's reply, checked against its schema before the batch commits. */
export function orderBody({ order, memberName, balances, upgradedTo }: Decision): string {
  const wire: OrderWire = {
    ...orderView(order, memberName, []), ...(balances ? { balances } : {}), tierUpgrade: upgradedTo && { id: upgradedTo.id, name: upgradedTo.name },
  };
  const errors: FieldError[] = [];
  check(wire, "", errors);
  if (errors.length > 0) throw new Error(`The order does not fit its schema: ${JSON.stringify(errors)}`);
  return JSON.stringify(wire);
}

/** Reads a whole order. `lock` keeps it still while a return is worked out. */
export async function readOrder(scope: Scope, orderId: string, lock = false): Promise<Order> {
  const order = (await readOrders(scope, [orderId], lock)).get(orderId);
  const stores = visibleStores(scope.actor);
  if (!order || (stores && !stores.includes(order.storeId))) throw notFound({ detail: "No such order" });
  if (scope.actor.kind === "member" && order.memberId !== scope.actor.memberId) throw notFound({ detail: "No such order" });
  return order;
}

export async function getOrder(scope: Scope, orderId: string): Promise<OrderWire> {
  const order = await readOrder(scope, orderId);
  const [names, returns] = await Promise.all([
    order.memberId === null ? new Map<string, string>() : memberNames(scope, [order.memberId]),
    scope.tx.db.selectFrom("commerce.return").select(["id", "amount_fen", "lines", "tenders", "points_taken_back", "points_given_back", "points_clawed", "clawed_fen", "reason", "at"])
      .where("order_id", "=", orderId).orderBy("id").execute(),
  ]);
  const view = orderView(order, names.get(order.memberId ?? "") ?? null, returns as ReturnRow[]);
  if (scope.actor.kind === "member") return view;
  const custom = (await customOf(scope, "order", [orderId]))(orderId);
  return scope.actor.kind === "staff" ? { ...view, ...custom, cashierName: (await staffNames(scope, [order.cashier])).get(order.cashier) ?? null } : { ...view, ...custom };
}

export interface OrderQuery {
  limit: number;
  cursor?: string | undefined;
  q?: string | undefined;
  storeId?: string | undefined;
  memberId?: string | undefined;
  status?: string | undefined;
  from?: string | undefined;
  until?: string | undefined;
  /** over own fields */
  filter?: string | undefined;
  sort?: string | undefined;
}

const TABLE = "commerce.order";

/** Newest first, or by an own field. */
export async function listOrders(scope: Scope, query: OrderQuery): Promise<Page<OrderItemWire>> {
  const isGuest = scope.actor.kind === "member";
  const sort = isGuest ? undefined : await customSort(scope, "order", query.sort);
  const asked = askedFor(scope, query, isGuest ? undefined : await customWhere(scope, "order", query.filter, `${TABLE}.id`));
  const page = await (sort ? sortedPage<OrderRow>(sort, query, {
    filled: (order, limit) => asked.innerJoin("commerce.order_custom as r", "r.order_id", "commerce.order.id")
      .select([sql.raw<string>(order.at("r")).as("slot_at"), "r.id as slot_id"])
      .where(rawOf(scope, (bind) => order.where("r", bind))).orderBy(sql.raw(order.by("r"))).limit(limit).execute(),
    // Who has no row beside it has no value.
    empty: (order, rest) => newest(asked.leftJoin("commerce.order_custom as r", "r.order_id", "commerce.order.id").where(sql.raw<SqlBool>(order.isEmpty("r"))), rest),
  }) : newest(asked, query));
  const valuesOf = isGuest ? undefined : await customOf(scope, "order", page.items.map((row) => row.id));
  const names = await memberNames(scope, page.items.flatMap((row) => row.member_id ?? []));
  return { ...page, items: page.items.map((row) => ({
    id: row.id, orderNo: row.id, status: row.status as Order["status"], storeId: row.store_id, channel: row.channel, memberId: row.member_id,
    memberName: names.get(row.member_id ?? "") ?? null, netFen: row.net_fen, refundedFen: row.refunded_fen, discountFen: row.discount_fen,
    pointsEarned: row.points_earned, items: Number(row.items ?? 0), paidAt: row.paid_at.toISOString(),
    ...(valuesOf ? { custom: valuesOf(row.id).custom } : {}),
  })) };
}

/** Those that the list shows the caller, of the rows beside orders. */
export const orderReach = (scope: Scope, storeId: string | undefined): Write => (bind, alias) => {
  const stores = visibleStores(scope.actor);
  if (!stores && !storeId) return "true";
  const limits = [...(stores ? [`o.store_id = any(${bind(stores)}::uuid[])`] : []), ...(storeId ? [`o.store_id = ${bind(storeId)}`] : [])];
  return `${alias}.order_id in (select o.id from commerce.order o where o.tenant_id = $1 and ${limits.join(" and ")})`;
};

/** What orders come to in summaries. */
export const orderMeasures = Object.fromEntries(Object.entries({ netFen: "net_fen", discountFen: "discount_fen", refundedFen: "refunded_fen", pointsEarned: "points_earned" }).map(([key, column]) =>
  [key, { column: `o.${column}`, join: `join ${TABLE} o on o.tenant_id = $1 and o.id = r.order_id` } satisfies NounMeasure]));

function askedFor(scope: Scope, query: OrderQuery, custom: RawBuilder<SqlBool> | undefined) {
  const stores = visibleStores(scope.actor);
  let select = scope.tx.db.selectFrom(TABLE)
    .select([`${TABLE}.id`, "status", "store_id", "channel", "member_id", "net_fen", "refunded_fen", "discount_fen", "points_earned", "paid_at"])
    .select((eb) => eb.selectFrom("commerce.order_line as l").select((inner) => inner.fn.sum<number>("l.quantity").as("items"))
      .whereRef("l.order_id", "=", `${TABLE}.id`).as("items"));
  if (query.q) select = select.where(`${TABLE}.id`, "=", query.q);
  if (query.storeId) select = select.where("store_id", "=", query.storeId);
  if (stores) select = select.where("store_id", "in", stores.length > 0 ? [...stores] : ["00000000-0000-0000-0000-000000000000"]);
  if (query.memberId) select = select.where("member_id", "=", query.memberId);
  if (query.status) select = select.where("status", "=", query.status);
  if (query.from) select = select.where("paid_at", ">=", startOfDay(query.from, scope.zone));
  if (query.until) select = select.where("paid_at", "<", startOfDay(addDays(query.until, 1), scope.zone));
  return custom ? select.where(custom) : select;
}

type Asked = ReturnType<typeof askedFor>;
type OrderRow = Awaited<ReturnType<Asked["execute"]>>[number];

async function newest(asked: Asked, { limit, cursor }: Pick<OrderQuery, "limit" | "cursor">): Promise<Page<OrderRow>> {
  const after = decodeCursor(cursor, 2);
  let select = asked.orderBy("paid_at", "desc").orderBy(`${TABLE}.id`, "desc").limit(limit + 1);
  if (after) {
    const at = new Date(String(after[0]));
    select = select.where((eb) => eb.or([eb("paid_at", "<", at), eb.and([eb("paid_at", "=", at), eb(`${TABLE}.id`, "<", String(after[1]))])]));
  }
  return pageFrom(await select.execute(), limit, (row) => row, (row) => [row.paid_at.toISOString(), row.id]);
}
