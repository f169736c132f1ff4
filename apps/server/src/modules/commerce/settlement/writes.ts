import { ORDER_PAID, type OrderPaid } from "../../../events/commerce.ts";
import { texts } from "../../../kernel/db/array.ts";
import { wallClock } from "../../../kernel/days.ts";
import { keepReplies } from "../../../kernel/http/idempotency.ts";
import { hint } from "../../../kernel/live.ts";
import { invalid } from "../../../kernel/problem.ts";
import { tierChangeEvents, writeStandings } from "../../loyalty/index.ts";
import { customOf } from "../../objects/index.ts";
import { usePayments } from "../../payments/index.ts";
import { redeemCoupons, releaseWith } from "../../promotions/index.ts";
import { saveCustom } from "../order.custom.ts";
import { couponAmounts, insertOrders, type Order } from "../order.ts";
import type { Batch } from "./batch.ts";
import { writeEscrow } from "./escrow.ts";
import { writeShares } from "./frozen.ts";
import type { Ticket } from "./ticket.ts";

/** An order's body, by the key of the request that it answers. */
export type Bodies = ReadonlyMap<string, Buffer>;
interface Answer {
  ticket: Ticket;
  body: Buffer;
}

/** Sends everything a batch decided; the commit follows without a pause in between. Answers the bodies that say more now than was decided. */
export async function writeBatch(batch: Batch, answers: readonly Answer[]): Promise<Bodies> {
  const { scope, orders } = batch;
  if (orders.length === 0) return NONE;
  insertOrders(scope, orders);
  batch.journal.close();
  batch.counters.close();
  redeemCoupons(scope, orders.flatMap((order) => order.proof.couponIds.map((couponId) => ({ couponId, orderId: order.id, at: order.paidAt }))));
  usePayments(scope, orders.flatMap((order) => order.tenders.flatMap((tender) =>
    tender.paymentId === null ? [] : [{ paymentId: tender.paymentId, usedBy: order.id }])));
  writeShares(batch);
  writeEscrow(batch);
  writeStandings(scope, batch.touched, batch.tierChanges);
  releaseWith(scope, `delete from commerce.quote where tenant_id = $1 and order_id = any($2::text[])
    returning case state when 'held' then cart -> 'couponIds' else '[]' end as held`, texts(orders, (order) => order.id));
  const fuller = await writeCustom(batch, answers);
  keepReplies(scope, answers.map(({ ticket, body }) => ({ key: ticket.key, operation: ticket.operation, bodyHash: ticket.bodyHash, status: 200, body: fuller.get(ticket.key) ?? body })));
  await scope.outbox.publishAll(scope, [
    ...orders.map((order) => ({ type: ORDER_PAID, subjectId: order.memberId, at: order.paidAt, payload: paid(order, wallClock(order.paidAt, scope.zone).hour) })),
    ...tierChangeEvents(batch.program, batch.tierChanges),
  ]);
  hint(scope, "members", [...new Set(orders.flatMap((order) => (order.memberId === null ? [] : [order.memberId])))]);
  hint(scope, "orders", [...new Set(orders.map((order) => order.storeId))]);
  return fuller;
}

const NONE: Bodies = new Map();

/** Own fields that came with orders, in the name of whoever brought them and told them back; says nothing to the database when the batch has none. */
async function writeCustom({ scope, orders }: Batch, answers: readonly Answer[]): Promise<Bodies> {
  const bodies = new Map<string, Buffer>();
  for (const { ticket: { orderId, custom, caller, key }, body } of answers) {
    const order = custom && orders.find((one) => one.id === orderId);
    if (!order) continue;
    const own = { ...scope, actor: caller.actor };
    const errors = (await saveCustom(own, [{ order, custom }])).get(orderId);
    if (errors) throw invalid({ errors });
    bodies.set(key, Buffer.from(JSON.stringify({ ...JSON.parse(body.toString()) as object, ...(await customOf(own, "order", [orderId]))(orderId) })));
  }
  return bodies;
}

const paid = (order: Order, hour: number): OrderPaid => ({
  orderId: order.id, storeId: order.storeId, memberId: order.memberId, channel: order.channel, grossFen: order.grossFen, netFen: order.netFen,
  pointsEarned: order.pointsEarned, pointsSpent: order.pointsSpent, couponIds: order.proof.couponIds, paidAt: order.paidAt.toISOString(),
  businessOn: order.businessOn, hour, ...ofCoupons(order),
});

/** Said only where there is something: most orders have neither. */
function ofCoupons({ proof }: Order): Pick<OrderPaid, "coupons" | "issues"> {
  const issues = proof.effects.flatMap((effect) => effect.issues);
  return {
    ...(proof.couponIds.length > 0 ? { coupons: couponAmounts(proof.effects, proof.couponIds) } : {}),
    ...(issues.length > 0 ? { issues } : {}),
  };
}
