import { share } from "@shuke/offers";
import { ORDER_RETURNED, type OrderReturned } from "../../events/commerce.ts";
import { wallClock } from "../../kernel/days.ts";
import { publish } from "../../kernel/events.ts";
import { hint } from "../../kernel/live.ts";
import type { Fen, Points } from "../../kernel/money.ts";
import { problem } from "../../kernel/problem.ts";
import { actorRef, newId, type Scope } from "../../kernel/scope.ts";
import { lockMembers, overtaken } from "../customers/index.ts";
import { Journal } from "../ledger/index.ts";
import { addToStanding, currentProgram, graceUntil, POINTS, readStandings, worthOf, writeStandings, type Program } from "../loyalty/index.ts";
import { refundStoredValue, requestRefund, storedValueAccounts } from "../payments/index.ts";
import { audit } from "../platform/index.ts";
import { giveBackCoupons } from "../promotions/index.ts";
import type { OrderWire, ReturnWire } from "./order.schema.ts";
import { couponAmounts, refundTooHigh, type Order, type OrderTender } from "./order.ts";
import { getOrder, readOrder } from "./order.view.ts";
import { couponOrders } from "./split/bill.coupons.ts";
import { returnedLines, type ReturnedLine } from "./return.lines.ts";

export const pointsGone = problem("commerce/points-already-spent", 409, "The points of this order have been spent");

interface ReturnedTender {
  tender: OrderTender;
  amountFen: Fen;
  points: Points;
}

/** Undoes a whole order or a share of it: exactly what was frozen for it when it was paid. */
export async function returnOrder(scope: Scope, orderId: string, wire: ReturnWire): Promise<OrderWire> {
  // The member before the order, as everywhere.
  const { memberId } = await readOrder(scope, orderId);
  if (memberId) await lockMembers(scope, [memberId]);
  const order = await readOrder(scope, orderId, true);
  // Its member was merged between the two looks.
  if (order.memberId !== memberId) throw overtaken("the order's member");
  if (order.status === "refunded") throw refundTooHigh({ refundableFen: 0 });
  return undo(scope, order, { lines: returnedLines(order, wire), withFees: wire.whole === true, reason: wire.reason });
}

interface Undoing {
  lines: readonly ReturnedLine[];
  withFees: boolean;
  reason: string;
}

/** What would be paid back for it now. */
export const refundOf = (order: Order, lines: readonly ReturnedLine[], withFees: boolean): Fen =>
  returnedTenders(order, lines, withFees).reduce((sum, one) => sum + one.amountFen, 0);

/** Gives lines of an order back; the caller holds the locks of its member and of the order. */
export async function undo(scope: Scope, order: Order, { lines, withFees, reason }: Undoing): Promise<OrderWire> {
  const orderId = order.id;
  // By amount too: a share of a dish that another guest's order counts has no quantity.
  const isWhole = order.lines.every((line) => {
    const one = lines.find((other) => other.line === line);
    return line.returnedQuantity + (one?.quantity ?? 0) === line.quantity && line.returnedFen + (one?.amountFen ?? 0) === line.netFen;
  });
  const tenders = returnedTenders(order, lines, withFees);
  const returnId = newId<"return">(scope);
  const value = order.memberId ? await giveBackValue(scope, order, order.memberId, lines, tenders) : { takenBack: 0, givenBack: 0, clawed: 0, clawedFen: 0 };
  const amountFen = tenders.reduce((sum, one) => sum + one.amountFen, 0);
  for (const { tender, amountFen: part } of tenders) {
    if (tender.paymentId && part > 0) await requestRefund(scope, { paymentId: tender.paymentId, amountFen: part, returnId });
  }
  const freed = order.proof.bill ? (isWhole ? await couponOrders(scope, order, order.proof.bill.id) : []) : [order];
  const coupons: { couponId: string; amountFen: Fen }[] = [];
  for (const of of freed) {
    const couponIds = await giveBackCoupons(scope, { orderId: of.id, isWhole, couponIds: isWhole ? of.proof.couponIds : freedCoupons(order, lines) });
    coupons.push(...couponAmounts(of.proof.effects, couponIds));
  }
  await writeReturn(scope, { order, lines, tenders, amountFen, returnId, isWhole, reason, ...value });
  const { day, hour } = wallClock(scope.now, scope.zone);
  await publish(scope, ORDER_RETURNED, order.memberId, {
    orderId, returnId, storeId: order.storeId, memberId: order.memberId, amountFen, pointsTakenBack: value.takenBack,
    pointsGivenBack: value.givenBack, whole: isWhole, couponIds: coupons.map((one) => one.couponId), businessOn: day, hour,
    ...(coupons.length > 0 ? { coupons, orderNetFen: freed[0]?.netFen ?? 0 } : {}),
  } satisfies OrderReturned);
  audit(scope, { action: "orders.return", subjectKind: "order", subjectId: orderId, after: { returnId, amountFen, ...(value.clawedFen > 0 ? { clawedFen: value.clawedFen } : {}) }, reason });
  if (order.memberId) hint(scope, "members", [order.memberId]);
  hint(scope, "orders", [order.storeId]);
  return getOrder(scope, orderId);
}

/** Coupons whose every discounted line has now come back: at its discounted price, so nothing of the coupon was had. */
function freedCoupons(order: Order, lines: readonly ReturnedLine[]): string[] {
  const isBack = (lineId: string): boolean => {
    const line = order.lines.find((one) => one.lineId === lineId);
    const now = lines.find((one) => one.line === line)?.quantity ?? 0;
    return line !== undefined && line.returnedQuantity + now === line.quantity;
  };
  return order.proof.couponIds.filter((couponId) => {
    const effects = order.proof.effects.filter((effect) => effect.couponId === couponId);
    const discounted = effects.flatMap((effect) => effect.lines.filter((line) => line.amountFen > 0));
    // A gift and a delivery fee lie on no line: they come back with the whole order.
    return discounted.length > 0 && effects.every((effect) => effect.gifts.length === 0 && effect.fees.length === 0) && discounted.every((line) => isBack(line.lineId));
  });
}

/** Fees go back with the whole order, not with a line of it. */
function returnedTenders(order: Order, lines: readonly ReturnedLine[], withFees: boolean): ReturnedTender[] {
  return order.tenders.map((tender, at) => {
    const ofLines = lines.reduce((sum, one) => sum + (one.split[at] ?? 0), 0);
    const ofFees = withFees ? order.proof.fees.reduce((sum, fee) => sum + (fee.tenderSplit[at] ?? 0), 0) : 0;
    const amountFen = Math.min(ofLines + ofFees, tender.amountFen - tender.refundedFen);
    const points = tender.points === null || tender.amountFen === 0 ? 0
      : share(tender.points, tender.refundedFen + amountFen, tender.amountFen) - share(tender.points, tender.refundedFen, tender.amountFen);
    return { tender, amountFen, points };
  });
}

async function giveBackValue(
  scope: Scope, order: Order, memberId: string, lines: readonly ReturnedLine[], tenders: readonly ReturnedTender[],
): Promise<Pick<Return, "takenBack" | "givenBack" | "clawed" | "clawedFen">> {
  const points = { holderId: memberId, asset: POINTS };
  const [journal, standings, program] = await Promise.all([
    Journal.open(scope, [points, ...storedValueAccounts(memberId)]), readStandings(scope, [memberId]), currentProgram(scope),
  ]);
  const goodsFen = tenders.reduce((sum, one) => sum + one.amountFen, 0);
  let givenBack = 0;
  for (const { tender, points: part } of tenders) {
    if (tender.kind !== "points" || part === 0) continue;
    await giveBackPoints(journal, memberId, order.id, part, graceUntil(program, scope.now));
    givenBack += part;
  }
  const wanted = lines.reduce((sum, one) => sum + one.points, 0);
  const origin = { kind: "order", id: order.id };
  const gone = program.negativePolicy === "claw" ? Math.max(0, wanted - journal.takeable(points, origin)) : 0;
  const claw = clawFrom(tenders, program, gone);
  for (const { tender, amountFen } of tenders) {
    if (tender.kind === "stored-value" && amountFen > 0) await refundStoredValue(journal, memberId, order.id, amountFen);
  }
  const takenBack = wanted - claw.clawed;
  if (takenBack > 0) {
    const owed = journal.takeBack(points, takenBack, origin, { kind: "take-back", counter: "issued", refId: order.id });
    if (owed > 0 && program.negativePolicy === "forbid") throw pointsGone({ missing: { points: owed } });
  }
  journal.close();
  const standing = standings.get(memberId);
  if (standing) {
    addToStanding(standing, program.tierRefundMonth === "refund" ? scope.now : order.paidAt, scope.zone, -goodsFen, 0);
    // A refund never lowers a tier inside its term; the nightly evaluation sees the smaller sum.
    writeStandings(scope, [standing], []);
  }
  return { takenBack, givenBack, ...claw };
}

/**
 * Takes the worth of points that are gone from what is paid back in money, last tender first; lowers the tenders. What money does
 * not cover stays owed in points. The points tender itself goes back whole: it is the member's own.
 */
function clawFrom(tenders: readonly ReturnedTender[], program: Program, gone: Points): { clawed: Points; clawedFen: Fen } {
  const money = tenders.filter(({ tender }) => tender.kind !== "points");
  const worth = worthOf(program, gone);
  const clawedFen = Math.min(worth, money.reduce((sum, one) => sum + one.amountFen, 0));
  let rest = clawedFen;
  for (const one of money.toReversed()) {
    const part = Math.min(rest, one.amountFen);
    one.amountFen -= part;
    rest -= part;
  }
  return { clawed: worth === 0 ? 0 : Math.floor((gone * clawedFen) / worth), clawedFen };
}

/** Back onto the lots they were burned from, with their own dates; on lots that have ended, for the days of grace. */
async function giveBackPoints(journal: Journal, memberId: string, orderId: string, amount: Points, grace: Date | undefined): Promise<void> {
  const key = { holderId: memberId, asset: POINTS };
  let rest = amount;
  for (const { lot, amount: out } of await journal.burned(key, orderId, ["spend", "give-back"])) {
    const part = Math.min(rest, out);
    if (part > 0) journal.restore(key, lot, part, { kind: "give-back", counter: "spent", refId: orderId }, grace);
    rest -= part;
  }
}

interface Return {
  order: Order;
  lines: readonly ReturnedLine[];
  tenders: readonly ReturnedTender[];
  amountFen: Fen;
  returnId: string;
  isWhole: boolean;
  reason: string;
  takenBack: Points;
  givenBack: Points;
  /** Points that are gone and what was kept of the money for them. */
  clawed: Points;
  clawedFen: Fen;
}

async function writeReturn(scope: Scope, one: Return): Promise<void> {
  const { tx, tenantId, now, zone } = scope;
  const { order } = one;
  await tx.db.insertInto("commerce.return").values({
    id: one.returnId, order_id: order.id, external_id: null, store_id: order.storeId, member_id: order.memberId, amount_fen: one.amountFen,
    lines: JSON.stringify(one.lines.map(({ line, quantity, amountFen }) => ({ lineId: line.lineId, quantity, amountFen }))),
    tenders: JSON.stringify(one.tenders.map(({ tender, amountFen }) => ({ no: tender.no, kind: tender.kind, amountFen }))),
    points_taken_back: one.takenBack, points_given_back: one.givenBack, points_clawed: one.clawed, clawed_fen: one.clawedFen, reason: one.reason, by_actor: actorRef(scope.actor), at: now,
    business_on: wallClock(now, zone).day,
  }).execute();
  tx.write(
    `update commerce.order_line l set returned_quantity = l.returned_quantity + v.quantity, returned_fen = l.returned_fen + v.amount,
            returned_split = v.split::jsonb
       from unnest($3::int[], $4::int[], $5::bigint[], $6::text[]) as v(no, quantity, amount, split)
      where l.tenant_id = $1 and l.order_id = $2 and l.no = v.no`,
    [tenantId, order.id, one.lines.map(({ line }) => line.no), one.lines.map(({ quantity }) => quantity), one.lines.map(({ amountFen }) => amountFen),
      one.lines.map(({ line, split }) => JSON.stringify(line.tenderSplit.map((_, at) => (line.returnedSplit[at] ?? 0) + (split[at] ?? 0))))]);
  tx.write(
    `update commerce.tender t set refunded_fen = t.refunded_fen + v.amount from unnest($3::int[], $4::bigint[]) as v(no, amount)
      where t.tenant_id = $1 and t.order_id = $2 and t.no = v.no`,
    [tenantId, order.id, one.tenders.map(({ tender }) => tender.no), one.tenders.map(({ amountFen }) => amountFen)]);
  const refunded = order.refundedFen + one.amountFen;
  const status = one.isWhole || refunded === order.netFen ? "refunded" : "partially-refunded";
  tx.write(
    `update commerce."order" set refunded_fen = $3, points_returned = points_returned + $4, status = $5 where tenant_id = $1 and id = $2`,
    [tenantId, order.id, refunded, one.takenBack, status]);
}
