import { wallClock } from "../kernel/days.ts";
import { Problem } from "../kernel/problem.ts";
import type { Actor, Scope } from "../kernel/scope.ts";
import type { TenderWire } from "../modules/commerce/cart.schema.ts";
import { openBatch, type Batch } from "../modules/commerce/settlement/batch.ts";
import { decide } from "../modules/commerce/settlement/decision.ts";
import type { Ticket } from "../modules/commerce/settlement/ticket.ts";
import { writeBatch } from "../modules/commerce/settlement/writes.ts";
import { POINTS } from "../modules/loyalty/index.ts";
import { storedValueAvailable } from "../modules/payments/index.ts";
import { couponsInHand } from "../modules/promotions/index.ts";
import type { Basket } from "./basket.ts";
import type { Dice } from "./dice.ts";

export interface Visit {
  at: Date;
  orderId: string;
  storeId: string;
  cashier: Actor;
  memberId: string | null;
  basket: Basket;
  /** How the guest wants to pay; left out, as the dice fall. */
  pay?: "stored-value" | "points" | undefined;
  usesCoupon: boolean;
}

const POINTS_STEP = 100;
/** Of what is on the bill before discounts: surely below what a program lets points pay of the rest. */
const POINTS_SHARE = 0.3;

/**
 * Settles visits by the settlement desk's own steps, as one batch: lock, decide each at its own time, write as sets. One by
 * one they took four times as long.
 */
export async function settleVisits(scope: Scope, dice: Dice, visits: readonly Visit[]): Promise<void> {
  if (visits.length === 0) return;
  const tickets: Ticket[] = [];
  for (const visit of visits) tickets.push(await ticketOf(scope, visit));
  // What the batch reads its time from moves on from order to order.
  const clock = { now: scope.now };
  const moving: Scope = { ...scope, get now() { return clock.now; } };
  const batch = await openBatch(moving, tickets);
  for (const [at, visit] of visits.entries()) {
    const ticket = tickets[at];
    if (!ticket) continue;
    clock.now = visit.at;
    settle({ ...batch, wall: wallClock(visit.at, scope.zone) }, ticket, tendersFor(batch, dice, visit));
  }
  await writeBatch(batch, []);
}

async function ticketOf(scope: Scope, visit: Visit): Promise<Ticket> {
  const coupons = visit.memberId && visit.usesCoupon ? await couponsInHand(scope, visit.memberId) : [];
  return {
    caller: { tenantId: scope.tenantId, actor: visit.cashier, from: scope.from }, orderId: visit.orderId, storeId: visit.storeId,
    couponIds: coupons.slice(0, 1).map((coupon) => coupon.id), tenders: [],
    cart: { storeId: visit.storeId, channel: visit.basket.channel, memberId: visit.memberId, lines: visit.basket.lines, fees: visit.basket.fees },
    quoteHash: undefined, expectedNetFen: undefined, key: `story ${visit.orderId}`, bodyHash: Buffer.alloc(0), operation: "story",
  };
}

function settle(batch: Batch, ticket: Ticket, tenders: readonly TenderWire[]): void {
  try {
    decide(batch, { ...ticket, tenders });
  } catch (error) {
    // The coupon did not fit this bill after all.
    if (!(error instanceof Problem) || ticket.couponIds.length === 0) throw error;
    decide(batch, { ...ticket, tenders, couponIds: [] });
  }
}

function tendersFor(batch: Batch, dice: Dice, { memberId, basket, pay }: Visit): TenderWire[] {
  const [rest, wish] = [outside(dice), dice.next()];
  if (!memberId) return [rest];
  const storedValueFen = storedValueAvailable(batch.journal, memberId);
  if (storedValueFen > basket.grossFen + 1_000 && (pay === "stored-value" || (!pay && wish < 0.75))) return [{ kind: "stored-value" }];
  const share = Math.floor(basket.grossFen * POINTS_SHARE);
  if (storedValueFen > 0 && storedValueFen <= share && !pay) return [{ kind: "stored-value", amountFen: storedValueFen }, rest];
  const points = Math.min(batch.journal.available({ holderId: memberId, asset: POINTS }), pay === "points" ? basket.grossFen : share);
  const steps = Math.floor(Math.min(points, share) / POINTS_STEP) * POINTS_STEP;
  return steps > 0 && (pay === "points" || (!pay && wish < 0.25)) ? [{ kind: "points", points: steps }, rest] : [rest];
}

const outside = (dice: Dice): TenderWire => dice.weighted<{ weight: number; tender: TenderWire }>([
  { weight: 4, tender: { kind: "external", reference: "聚合收款码" } }, { weight: 3, tender: { kind: "card" } }, { weight: 2, tender: { kind: "cash" } },
], (one) => one.weight).tender;
