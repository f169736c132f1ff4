import { earnPoints, evaluate, splitTenders, type Quote, type Snapshot } from "@shuke/offers";
import { actorRef } from "../../../kernel/scope.ts";
import { wallClock } from "../../../kernel/days.ts";
import type { Points } from "../../../kernel/money.ts";
import { balancesOf } from "../../ledger/index.ts";
import { activeFromOf, addToStanding, expiryOf, POINTS, tierOf, upgrade, type Tier } from "../../loyalty/index.ts";
import { payByStoredValue, paymentProblem, planStoredValue, storedValueAvailable } from "../../payments/index.ts";
import { couponUnknown, couponUnusable, inHand } from "../../promotions/index.ts";
import { engineCart, quoteHash } from "../cart.ts";
import { memberUnusable, orderExists, priceChanged, quoteHeld, unknownMember, type Order, type OrderTender } from "../order.ts";
import { settleTenders, type Tender } from "../tender.ts";
import type { Batch } from "./batch.ts";
import { drawEscrow, keepRest } from "./escrow.ts";
import { frozenPrice, takeShare } from "./frozen.ts";
import type { Ticket } from "./ticket.ts";

export interface Decision {
  order: Order;
  memberName: string | null;
  balances: { points: number; storedValueFen: number } | null;
  upgradedTo: Tier | null;
}

/**
 * Settles one order of a batch in memory, or throws the reason why not; then nothing of it has changed.
 * Everything that can refuse comes before the first change, but for the journal, which can be taken back.
 */
export function decide(batch: Batch, ticket: Ticket): Decision {
  if (batch.orderIds.has(ticket.orderId)) throw orderExists({ orderId: ticket.orderId });
  const member = memberFor(batch, ticket);
  const snapshot = snapshotFor(batch, ticket);
  const quote = ticket.frozen ? frozenPrice(batch, ticket, ticket.frozen) : price(batch, ticket, snapshot);
  const mark = batch.journal.mark();
  try {
    if (batch.journal.holdsElsewhere(ticket.orderId)) throw quoteHeld({ detail: "It is held for another member; release it first", orderId: ticket.orderId });
    // What the order had set aside for itself is its to spend.
    batch.journal.release(ticket.orderId);
    const storedValue = member ? storedValueAvailable(batch.journal, member.id) : 0;
    const drawn = ticket.frozen?.offline ? drawEscrow(batch, ticket) : undefined;
    const tenders = settleTenders(drawn?.tenders ?? ticket.tenders, quote.totalFen, batch.program, storedValue);
    checkPayments(batch, ticket, tenders);
    const order = draft(batch, ticket, quote, snapshot, pay(batch, ticket, tenders));
    const decision = conclude(batch, ticket, order);
    if (drawn) keepRest(batch, ticket, drawn);
    return decision;
  } catch (error) {
    batch.journal.rollbackTo(mark);
    throw error;
  }
}

function memberFor(batch: Batch, { cart, tenders }: Ticket) {
  if (!cart.memberId) {
    if (tenders.some((one) => one.kind === "points" || one.kind === "stored-value")) throw unknownMember({ detail: "Points and stored value need a member" });
    return undefined;
  }
  const member = batch.members.get(cart.memberId);
  if (!member) throw unknownMember({ memberId: cart.memberId });
  if (member.state !== "active") throw memberUnusable({ memberId: member.id, state: member.state });
  return member;
}

function snapshotFor(batch: Batch, ticket: Ticket): Snapshot {
  const coupons = ticket.couponIds.map((couponId) => {
    const coupon = batch.coupons.get(couponId);
    if (!coupon) throw couponUnknown({ couponId });
    return inHand(coupon, batch.scope.now, ticket.orderId);
  });
  const standing = batch.standings.get(ticket.cart.memberId ?? "");
  const member = standing ? { id: standing.memberId, tierId: tierOf(batch.program, standing.tierId)?.id ?? null, segments: [], firstOrder: standing.orders === 0 } : null;
  return { member, coupons };
}

function price(batch: Batch, ticket: Ticket, snapshot: Snapshot): Quote {
  const cart = engineCart(ticket.cart, ticket.storeId, ticket.couponIds);
  const at = batch.scope.now.getTime();
  const quote = evaluate(cart, snapshot, batch.rules, at, { explain: false });
  const unused = ticket.couponIds.filter((couponId) => !quote.effects.some((effect) => effect.couponId === couponId));
  if (unused.length > 0) {
    const { candidates } = evaluate(cart, snapshot, batch.rules, at, { explain: true });
    throw couponUnusable({
      coupons: unused.map((couponId) => ({ couponId, reasons: candidates.find((one) => one.id === couponId)?.reasons ?? [] })),
    });
  }
  const hash = ticket.quoteHash === undefined ? undefined : quoteHash(quote);
  if ((hash !== undefined && hash !== ticket.quoteHash) || (ticket.expectedNetFen !== undefined && ticket.expectedNetFen !== quote.totalFen)) {
    throw priceChanged({ netFen: quote.totalFen, ...(ticket.expectedNetFen === undefined ? {} : { expectedNetFen: ticket.expectedNetFen }) });
  }
  return quote;
}

function checkPayments(batch: Batch, { orderId }: Ticket, tenders: readonly Tender[]): void {
  const seen = new Set<string | null>();
  for (const tender of tenders) {
    if (tender.kind !== "wechat") continue;
    const payment = batch.payments.get(tender.paymentId ?? "");
    const reason = !payment ? "unknown" : payment.subjectId !== orderId ? "other-order" : payment.state !== "succeeded" ? "not-paid"
      : payment.usedBy !== null || seen.has(tender.paymentId) ? "used" : payment.amountFen !== tender.amountFen ? "other-amount" : undefined;
    if (reason) throw paymentProblem({ detail: reason, paymentId: tender.paymentId });
    seen.add(tender.paymentId);
  }
}

function pay(batch: Batch, { orderId, cart }: Ticket, tenders: readonly Tender[]): OrderTender[] {
  const { journal, scope } = batch;
  return tenders.map((tender, at) => {
    let principalFen: number | null = null;
    if (tender.kind === "points") {
      journal.debit({ holderId: cart.memberId ?? "", asset: POINTS }, tender.points ?? 0, { kind: "spend", counter: "spent", refId: orderId });
    } else if (tender.kind === "stored-value") {
      const plan = planStoredValue(journal, cart.memberId ?? "", tender.amountFen, scope.now);
      payByStoredValue(journal, cart.memberId ?? "", plan, orderId);
      principalFen = plan.principalFen;
    }
    return {
      no: at, kind: tender.kind, amountFen: tender.amountFen, refundedFen: 0, points: tender.points, principalFen,
      paymentId: tender.paymentId, reference: tender.reference,
    };
  });
}

function draft(batch: Batch, ticket: Ticket, quote: Quote, snapshot: Snapshot, tenders: OrderTender[]): Order {
  const { cart } = ticket;
  const { scope, program } = batch;
  const soldAt = ticket.frozen?.offline?.soldAt;
  const split = splitTenders([...quote.lines.map((line) => line.netFen), ...quote.fees.map((fee) => fee.netFen)], tenders.map((one) => one.amountFen));
  const earned = earnPoints(
    quote.lines.map((line, at) => ({ sku: line.sku, category: cart.lines[at]?.category ?? null, tags: cart.lines[at]?.tags ?? [], quantity: line.quantity, netFen: line.netFen })),
    program.earning, {
      storeId: ticket.storeId, channel: cart.channel, now: scope.now.getTime(), codes: cart.codes,
      member: snapshot.member && { ...snapshot.member, birthday: batch.birthdays.get(snapshot.member.id) }, left: cart.memberId ? batch.counters.left(cart.memberId) : undefined,
    });
  const tags: Record<string, readonly string[]> = {};
  let lineDiscounts: Record<string, number> | undefined;
  for (const line of cart.lines) {
    if (line.tags && line.tags.length > 0) tags[line.lineId] = line.tags;
    if (line.manualDiscountFen) (lineDiscounts ??= {})[line.lineId] = line.manualDiscountFen;
  }
  return {
    id: ticket.orderId, storeId: ticket.storeId, channel: cart.channel, source: "till", memberId: cart.memberId ?? null, status: "paid",
    grossFen: quote.grossFen, discountFen: quote.discountFen, feesFen: quote.feesFen, netFen: quote.totalFen, refundedFen: 0,
    pointsEarned: earned.points, pointsSpent: tenders.reduce((sum, one) => sum + (one.points ?? 0), 0), pointsReturned: 0,
    ruleVersion: ticket.frozen?.ruleVersion ?? batch.rules.version, cashier: actorRef(ticket.caller.actor), paidAt: soldAt ?? scope.now, businessOn: soldAt ? wallClock(soldAt, scope.zone).day : batch.wall.day,
    proof: {
      effects: quote.effects, fees: quote.fees.map((fee, at) => ({ ...fee, tenderSplit: split[quote.lines.length + at] ?? [] })),
      engine: quote.proof, hash: quoteHash(quote), tags, manualDiscountFen: cart.manualDiscountFen ?? 0, codes: cart.codes ?? [],
      couponIds: ticket.couponIds, member: snapshot.member && { tierId: snapshot.member.tierId, firstOrder: snapshot.member.firstOrder },
      ...(lineDiscounts ? { lineDiscounts } : {}),
      ...(ticket.frozen?.offline ? { offline: { codeId: ticket.frozen.offline.codeId } } : {}),
      ...(ticket.frozen?.bill ? { bill: { id: ticket.frozen.bill.id, no: ticket.frozen.bill.no, of: ticket.frozen.bill.of } } : {}),
      ...(earned.rules.length > 0 ? { earned: earned.rules } : {}),
    },
    lines: quote.lines.map((line, at) => ({
      no: at, lineId: line.lineId, sku: line.sku, name: cart.lines[at]?.name ?? "", category: cart.lines[at]?.category ?? null,
      quantity: line.quantity, unitPriceFen: cart.lines[at]?.unitPriceFen ?? 0, grossFen: line.grossFen, discountFen: line.discountFen,
      netFen: line.netFen, pointsEarned: earned.lines[at] ?? 0, tenderSplit: split[at] ?? [], returnedQuantity: 0, returnedFen: 0, returnedSplit: [],
    })),
    tenders,
  };
}

/** The order stands: from here on nothing refuses. */
function conclude(batch: Batch, ticket: Ticket, order: Order): Decision {
  const { scope, journal } = batch;
  batch.orderIds.add(order.id);
  batch.orders.push(order);
  takeShare(batch, ticket);
  for (const couponId of ticket.couponIds) {
    const coupon = batch.coupons.get(couponId);
    if (coupon) Object.assign(coupon, { state: "redeemed", orderId: order.id });
  }
  for (const tender of order.tenders) {
    const payment = batch.payments.get(tender.paymentId ?? "");
    if (payment) payment.usedBy = order.id;
  }
  const member = order.memberId === null ? undefined : batch.members.get(order.memberId);
  const standing = member && batch.standings.get(member.id);
  if (!member || !standing) return { order, memberName: null, balances: null, upgradedTo: null };
  earn(batch, member.id, order, order.pointsEarned);
  addToStanding(standing, order.paidAt, scope.zone, order.netFen, 1);
  batch.touched.add(standing);
  const change = upgrade(standing, batch.program, scope.now, scope.zone);
  if (change) batch.tierChanges.push(change);
  return {
    order, memberName: member.name, upgradedTo: change ? tierOf(batch.program, change.to) ?? null : null,
    balances: {
      points: balancesOf(journal.find({ holderId: member.id, asset: POINTS }), scope.now).active,
      storedValueFen: storedValueAvailable(journal, member.id),
    },
  };
}

function earn({ journal, program, counters, scope, rules }: Batch, memberId: string, order: Order, points: Points): void {
  const { earned = [] } = order.proof;
  counters.count(memberId, { points, rules: earned });
  const activeFrom = activeFromOf(program, order.paidAt, scope.zone);
  journal.credit({ holderId: memberId, asset: POINTS }, {
    amount: points, kind: "earn", counter: "issued", refId: order.id, earnedAt: order.paidAt, activeFrom,
    ...(earned.length > 0 ? { memo: earned.map((rule) => program.ruleNames.get(rule.id) ?? "").join("、") } : {}),
    expiresAt: expiryOf(program, order.paidAt, scope.zone, activeFrom), originKind: "order", originId: order.id, storeId: order.storeId, ruleVersion: rules.version,
  });
}
