import { newId, type Scope } from "../../kernel/scope.ts";
import { forgetTelling, saveRecord, saveRecords } from "../objects/index.ts";
import type { FieldError } from "../../kernel/problem.ts";
import type { Order } from "./order.ts";
import { getOrder, readOrder } from "./order.view.ts";

type Custom = Readonly<Record<string, unknown>>;

/** Writes own fields of an order, also long after it was paid. Throws `notFound`, `invalid`. */
export async function changeOrder(scope: Scope, orderId: string, custom: Custom) {
  const { memberId } = await readOrder(scope, orderId);
  await makeRows(scope, [orderId]);
  await saveRecord(scope, "order", { id: orderId, fields: custom, memberId });
  return getOrder(scope, orderId);
}

/** Own fields that came with orders of another system: what is wrong with them by order, the rest is kept. */
export async function saveCustom(scope: Scope, given: readonly { order: Order; custom: Custom }[]): Promise<Map<string, FieldError[]>> {
  if (given.length === 0) return new Map();
  await makeRows(scope, given.map(({ order }) => order.id));
  const saved = await saveRecords(scope, "order", given.map(({ order, custom }) => ({ id: order.id, fields: custom, memberId: order.memberId })));
  return new Map(saved.filter((one) => one.errors.length > 0).map((one) => [one.id, one.errors]));
}

/** Orders have a row for their own fields from when they have the first. */
const makeRows = (scope: Scope, orderIds: readonly string[]): Promise<unknown> => scope.tx.rows(
  `insert into commerce.order_custom (tenant_id, id, order_id, updated_at) select $1, v.id, v.order_id, $2 from unnest($3::uuid[], $4::text[]) as v(id, order_id)
   on conflict (tenant_id, order_id) do nothing`, [scope.tenantId, scope.now, orderIds.map(() => newId(scope)), orderIds]);

/** What could tell who a member was who has left goes from their orders. */
export async function blankCustom(scope: Scope, memberId: string): Promise<number> {
  const rows = await scope.tx.rows<{ id: string }>(
    `select c.id from commerce.order_custom c join commerce."order" o on o.tenant_id = $1 and o.id = c.order_id where c.tenant_id = $1 and o.member_id = $2`, [scope.tenantId, memberId]);
  await forgetTelling(scope, "order", rows.map((row) => row.id));
  return rows.length;
}
