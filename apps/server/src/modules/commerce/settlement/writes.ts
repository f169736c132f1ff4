import { ORDER_PAID, type OrderPaid } from "../../../events/commerce.ts";
import { texts } from "../../../kernel/db/array.ts";
import { wallClock } from "../../../kernel/days.ts";
import { keepReplies } from "../../../kernel/http/idempotency.ts";
import { hint } from "../../../kernel/live.ts";
import { invalid } from "../../../kernel/problem.ts";
import { tierChangeEvents, writeStandings } from "../../loyalty/index.ts";
import { usePayments } from "../../payments/index.ts";
import { redeemCoupons, releaseWith } from "../../promotions/index.ts";
import { saveCustom } from "../order.custom.ts";
import { couponAmounts, insertOrders, type Order } from "../order.ts";
import type { Batch } from "./batch.ts";
import { writeEscrow } from "./escrow.ts";
import { writeShares } from "./frozen.ts";
import type { Ticket } from "./ticket.ts";

/** Sends everything a batch decided; the commit follows without a pause in between. */
export async function writeBatch(batch: Batch, answers: readonly { ticket: Ticket; body: Buffer }[]): Promise<void> {
  const { scope, orders } = batch;
  if (orders.length === 0) return;
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
  keepReplies(scope, answers.map(({ ticket, body }) => ({ key: ticket.key, operation: ticket.operation, bodyHash: ticket.bodyHash, status: 200, body })));
  await writeCustom(batch, answers.map((one) => one.ticket));
  await scope.outbox.publishAll(scope, [
    ...orders.map((order) => ({ type: ORDER_PAID, subjectId: order.memberId, at: order.paidAt, payload: paid(order, wallClock(order.paidAt, scope.zone).hour) })),
    ...tierChangeEvents(batch.program, batch.tierChanges),
  ]);
  hint(scope, "members", [...new Set(orders.flatMap((order) => (order.memberId === null ? [] : [order.memberId])))]);
  hint(scope, "orders", [...new Set(orders.map((order) => order.storeId))]);
}

/** Own fields that came with orders, in the name of whoever brought them; says nothing to the database when the batch has none. */
async function writeCustom({ scope, orders }: Batch, tickets: readonly Ticket[]): Promise<void> {
  for (const { orderId, custom, caller } of tickets) {
    const order = custom && orders.find((one) => one.id === orderId);
    if (!order) continue;
    const errors = (await saveCustom({ ...scope, actor: caller.actor }, [{ order, custom }])).get(orderId);
    if (errors) throw invalid({ errors });
  }
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
