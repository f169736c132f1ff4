import { CARD_SOLD, type CardSold } from "../../../events/payments.ts";
import { audit } from "../../../kernel/audit.ts";
import { addDays, dayOf, endOfDay } from "../../../kernel/days.ts";
import { publish } from "../../../kernel/events.ts";
import { hint } from "../../../kernel/live.ts";
import { notFound } from "../../../kernel/problem.ts";
import { actorRef, newId, type Scope } from "../../../kernel/scope.ts";
import { lockMembers } from "../../customers/index.ts";
import { Journal } from "../../ledger/index.ts";
import { openPayment } from "../payment.opening.ts";
import { memberUnusable } from "../top-up.ts";
import { wearBenefit } from "./benefit.ts";
import { CARD_ORIGIN, cardAccount, readCards, type Card, type Sale } from "./card.rows.ts";
import { offeredProduct } from "./card-product.ts";
import { renewed } from "./renewal.state.ts";

export interface CardWish {
  memberId: string;
  productId: string;
  method: Sale["method"];
  storeId: string | null;
}

export interface SoldCard {
  cardId: string;
  saleId: string;
  paymentId: string | null;
}

/** Sells a card. Cash and card are in the till, so it is good at once; WeChat's waits for its payment. Given ones cost nothing. */
export async function sellCard(scope: Scope, wish: CardWish): Promise<SoldCard> {
  const member = (await lockMembers(scope, [wish.memberId])).get(wish.memberId);
  if (!member) throw notFound({ detail: "No such member" });
  if (member.state !== "active") throw memberUnusable({ state: member.state });
  const product = await offeredProduct(scope, wish.productId, wish.storeId);
  const cardId = newId<"card">(scope);
  const method = product.priceFen === 0 ? "gift" : wish.method;
  await scope.tx.db.insertInto("payments.card").values({
    id: cardId, product_id: product.id, member_id: wish.memberId, kind: product.kind, name: product.name, list_use_fen: product.listUseFen, benefit_tag: product.benefitTag,
    state: "waiting", at: scope.now,
  }).execute();
  return openSale(scope, { cardId, memberId: wish.memberId, units: product.units, priceFen: product.priceFen, method, storeId: wish.storeId });
}

export interface NewSale {
  cardId: string;
  memberId: string;
  units: number;
  priceFen: number;
  method: Sale["method"];
  storeId: string | null;
}

/** Writes a sale of a card: the first one, or a further period. The caller holds the member's lock. */
export async function openSale(scope: Scope, sale: NewSale): Promise<SoldCard> {
  const saleId = newId<"card-sale">(scope);
  const paymentId = sale.method === "wechat"
    ? await openPayment(scope, { purpose: "card", subjectId: saleId, memberId: sale.memberId, amountFen: sale.priceFen }) : null;
  await scope.tx.db.insertInto("payments.card_sale").values({
    id: saleId, card_id: sale.cardId, units: sale.units, price_fen: sale.priceFen, method: sale.method, payment_id: paymentId, store_id: sale.storeId,
    state: "waiting", by_actor: actorRef(scope.actor), at: scope.now,
  }).execute();
  audit(scope, { action: "card.sell", subjectKind: "member", subjectId: sale.memberId, after: { ...sale, saleId, paymentId } });
  if (paymentId === null) await completeSale(scope, saleId);
  return { cardId: sale.cardId, saleId, paymentId };
}

/** Puts a paid sale into the card: uses at once; days after those that are left. The caller holds the member's lock. */
export async function completeSale(scope: Scope, saleId: string): Promise<void> {
  const [sale] = await scope.tx.rows<{ card_id: string; units: number; price_fen: number; method: Sale["method"]; store_id: string | null }>(
    `update payments.card_sale set state = 'done' where tenant_id = $1 and id = $2 and state in ('waiting', 'cancelled')
      returning card_id, units, price_fen, method, store_id`, [scope.tenantId, saleId]);
  if (!sale) return;
  const [card] = await readCards(scope, { ids: [sale.card_id] });
  if (!card) throw new Error(`Card ${sale.card_id} is missing`);
  const key = cardAccount(card);
  const journal = await Journal.open(scope, [key]);
  journal.credit(key, {
    amount: sale.units, kind: "card-sale", counter: "sold", refId: saleId, earnedAt: scope.now, activeFrom: scope.now, expiresAt: await expiryOf(scope, card),
    originKind: CARD_ORIGIN, originId: saleId, storeId: sale.store_id, ruleVersion: null,
  });
  journal.close();
  await start(scope, card, sale.units);
  const { method } = sale;
  await publish(scope, CARD_SOLD, card.memberId, {
    cardId: card.id, saleId, memberId: card.memberId, productId: card.productId, kind: card.kind, units: sale.units, priceFen: sale.price_fen, method, storeId: sale.store_id,
  } satisfies CardSold);
  hint(scope, "members", [card.memberId]);
}

/** What was paid for does not end; what was given may. */
async function expiryOf(scope: Scope, card: Card): Promise<Date | null> {
  const [product] = await scope.tx.rows<{ valid_days: number | null }>(
    "select valid_days from payments.card_product where tenant_id = $1 and id = $2", [scope.tenantId, card.productId]);
  return product?.valid_days ? endOfDay(addDays(dayOf(scope.now, scope.zone), product.valid_days), scope.zone) : null;
}

/** A period card begins on the day it is paid, or goes on after the days it has. One that ended begins again today. */
async function start(scope: Scope, card: Card, units: number): Promise<void> {
  const today = dayOf(scope.now, scope.zone);
  const isRunning = card.kind === "period" && (card.state === "active" || card.state === "paused");
  const endsOn = card.kind === "count" ? null : card.state === "paused" ? null : addDays(isRunning && card.endsOn ? card.endsOn : addDays(today, -1), units);
  await scope.tx.rows(
    `update payments.card set state = case when state = 'paused' then 'paused' else 'active' end, ends_on = $3,
            counted_on = case when $4 then coalesce(counted_on, $5) else $5 end where tenant_id = $1 and id = $2 returning 1`,
    [scope.tenantId, card.id, endsOn, isRunning, card.kind === "period" ? today : null]);
  await renewed(scope, card.id, endsOn);
  if (!isRunning) await wearBenefit(scope, card);
}
