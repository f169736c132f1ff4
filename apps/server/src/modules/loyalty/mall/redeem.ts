import { REDEMPTION_MADE, type RedemptionMade } from "../../../events/loyalty.ts";
import { audit } from "../../../kernel/audit.ts";
import { addDays, dayOf, endOfDay } from "../../../kernel/days.ts";
import { publish } from "../../../kernel/events.ts";
import { hint } from "../../../kernel/live.ts";
import { fieldProblem, notFound, problem } from "../../../kernel/problem.ts";
import { actorRef, demandStore, newId, type Scope } from "../../../kernel/scope.ts";
import { balancesOf, Journal } from "../../ledger/index.ts";
import { findStore } from "../../org/index.ts";
import { openPayment } from "../../payments/index.ts";
import { insufficientPoints, lockHolder } from "../points.ts";
import { POINTS } from "../program.ts";
import { tierIdOf } from "../tier-held.view.ts";
import { deliver } from "./delivery.ts";
import { refuseHidden } from "./item.ts";
import { getItem } from "./item.view.ts";
import { periodOf, takeAllowance } from "./limit.ts";
import type { Item } from "./mall.schema.ts";
import { otherStore } from "./pickup.ts";
import { newPickupCode } from "./pickup-code.ts";

export const itemOutOfStock = problem("loyalty/out-of-stock", 409, "None is left");
export const itemLimitReached = problem("loyalty/item-limit", 409, "You have as many of this as one may have");
export const itemNotForTier = problem("loyalty/not-for-tier", 409, "This is for other tiers");
export const itemNotOffered = problem("loyalty/not-offered", 409, "This is not on offer today");
export const itemPriceChanged = problem("loyalty/item-price-changed", 409, "The price has changed");

/** How long points and stock wait for the cash part; WeChat's own limit is longer and its late money goes back. */
const PAY_WITHIN_MS = 15 * 60_000;

export interface RedeemWish {
  memberId: string;
  itemId: string;
  quantity: number;
  /** What the member was shown. */
  points?: number | undefined;
  cashFen?: number | undefined;
  /** By staff, who hand it over in the same moment and have taken the cash part, if there is one. */
  counter?: Counter;
}

export interface Counter {
  storeId: string;
  payment?: "cash" | "card" | undefined;
}

/**
 * Redeems an item. Points alone are taken at once, at a counter too; with a cash part they are held until it is paid. Locks member, allowance,
 * account, and the item last, because everybody meets there: its conditional update is what keeps the stock exact.
 */
export async function redeemItem(scope: Scope, wish: RedeemWish): Promise<{ redemptionId: string; paymentId: string | null; balance: number }> {
  await lockHolder(scope, wish.memberId);
  const item = await getItem(scope, wish.itemId);
  await refuseUnfit(scope, item, wish);
  const { memberId, quantity } = wish;
  const [points, cashFen, period] = [item.points * quantity, item.cashFen * quantity, periodOf(item.limitPeriod, dayOf(scope.now, scope.zone))];
  if (!(await takeAllowance(scope, item, { memberId, period, quantity }))) throw itemLimitReached({ limit: item.perMember, period: item.limitPeriod });
  const key = { holderId: memberId, asset: POINTS };
  const journal = await Journal.open(scope, [key]);
  const available = journal.available(key);
  if (available < points) throw insufficientPoints({ available, missing: { points: points - available } });
  const id = newId<"redemption">(scope);
  const payUntil = cashFen > 0 && !wish.counter ? new Date(scope.now.getTime() + PAY_WITHIN_MS) : null;
  if (payUntil) journal.hold(key, points, id, payUntil);
  else journal.debit(key, points, { kind: "redeem", counter: "redeemed", refId: id, memo: item.name });
  const { active } = balancesOf(journal.find(key), scope.now);
  journal.close();
  await takeStock(scope, item, quantity);
  const paymentId = payUntil && await openPayment(scope, { purpose: "redemption", subjectId: id, memberId, amountFen: cashFen });
  await write(scope, item, { id, memberId, quantity, points, cashFen, period, paymentId, payUntil, counter: wish.counter });
  if (wish.counter) audit(scope, { action: "redemption.counter", subjectKind: "member", subjectId: memberId, after: { redemptionId: id, name: item.name, quantity, points, cashFen, ...wish.counter } });
  if (!payUntil) await deliver(scope, { id, memberId, quantity, item });
  await publish(scope, REDEMPTION_MADE, memberId, { redemptionId: id, memberId, itemId: item.id, name: item.name, quantity, points, cashFen } satisfies RedemptionMade);
  hint(scope, "members", [memberId]);
  return { redemptionId: id, paymentId, balance: active };
}

async function refuseUnfit(scope: Scope, item: Item, wish: RedeemWish): Promise<void> {
  refuseHidden(item);
  const today = dayOf(scope.now, scope.zone);
  if ((item.startsOn && item.startsOn > today) || (item.endsOn && item.endsOn < today)) throw itemNotOffered({ startsOn: item.startsOn, endsOn: item.endsOn });
  if (item.tierIds.length > 0 && !item.tierIds.includes((await tierIdOf(scope, wish.memberId)) ?? "")) throw itemNotForTier();
  if ((wish.points !== undefined && wish.points !== item.points) || (wish.cashFen !== undefined && wish.cashFen !== item.cashFen)) {
    throw itemPriceChanged({ points: item.points, cashFen: item.cashFen });
  }
  if (wish.counter) await refuseCounter(scope, item, wish.counter);
}

async function refuseCounter(scope: Scope, item: Item, { storeId, payment }: Counter): Promise<void> {
  if (!(await findStore(scope, storeId))) throw notFound({ detail: "No such store" });
  demandStore(scope.actor, storeId);
  if (item.storeIds.length > 0 && !item.storeIds.includes(storeId)) throw otherStore({ storeIds: item.storeIds });
  if ((item.cashFen > 0) !== (payment !== undefined)) throw fieldProblem("payment", item.cashFen > 0 ? "required" : "not-for-kind", "goes with items that cost money too");
}

/** The price is asked for again: somebody may have changed it since it was read. */
async function takeStock(scope: Scope, item: Item, quantity: number): Promise<void> {
  const taken = await scope.tx.rows(
    `update loyalty.mall_item set redeemed = redeemed + $3
      where tenant_id = $1 and id = $2 and state = 'live' and points = $4 and cash_fen = $5 and (stock is null or redeemed + $3 <= stock) returning 1`,
    [scope.tenantId, item.id, quantity, item.points, item.cashFen]);
  if (taken.length > 0) return;
  const now = await getItem(scope, item.id);
  refuseHidden(now);
  if (now.points !== item.points || now.cashFen !== item.cashFen) throw itemPriceChanged({ points: now.points, cashFen: now.cashFen });
  throw itemOutOfStock({ left: now.left ?? 0, missing: { stock: quantity - (now.left ?? 0) } });
}

interface Written {
  id: string;
  memberId: string;
  quantity: number;
  points: number;
  cashFen: number;
  period: string;
  paymentId: string | null;
  payUntil: Date | null;
  counter: Counter | undefined;
}

/** What is fetched has its code from the beginning, and shows it when it is paid; what a counter hands over has none. */
async function write(scope: Scope, item: Item, made: Written): Promise<void> {
  const { counter } = made;
  const isFetched = !counter && (item.kind === "dish" || item.kind === "goods");
  const state = made.payUntil ? "waiting" : isFetched ? "ready" : "done";
  const written = await scope.tx.rows(
    `insert into loyalty.redemption (tenant_id, id, item_id, member_id, kind, name, quantity, points, cash_fen, period, state, code, payment_id, pay_until, pickup_until, created_at,
                                     store_id, paid_by, handed_by, handed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20) on conflict (tenant_id, code) do nothing returning 1`,
    [scope.tenantId, made.id, item.id, made.memberId, item.kind, item.name, made.quantity, made.points, made.cashFen, made.period, state,
      isFetched ? newPickupCode(scope.random) : null, made.paymentId, made.payUntil, isFetched ? pickupUntil(scope, item) : null, scope.now,
      counter?.storeId ?? null, counter?.payment ?? null, counter ? actorRef(scope.actor) : null, counter ? scope.now : null]);
  // A code that somebody else has: carries the state on which the transaction is run again, and draws again.
  if (written.length === 0) throw Object.assign(new Error("The pickup code is taken"), { code: "40001" });
}

const pickupUntil = ({ now, zone }: Scope, item: Item): Date => endOfDay(addDays(dayOf(now, zone), item.pickupDays - 1), zone);
