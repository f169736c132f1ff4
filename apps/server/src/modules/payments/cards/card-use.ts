import { share } from "@shuke/offers";
import { CARD_USED, type CardUsed } from "../../../events/payments.ts";
import { audit } from "../../../kernel/audit.ts";
import { publish } from "../../../kernel/events.ts";
import { hint } from "../../../kernel/live.ts";
import { fieldProblem, notFound, problem } from "../../../kernel/problem.ts";
import { actorRef, newId, type Scope } from "../../../kernel/scope.ts";
import { insufficientBalance, spendable } from "../../ledger/index.ts";
import { dropBenefit, wearBenefit } from "./benefit.ts";
import { lotsOf, openCard, type OpenCard, type Sale } from "./card.rows.ts";

export const cardUnusable = problem("payments/card-unusable", 409, "The card is not in a state for this");
export const useUndone = problem("payments/card-use-undone", 409, "This use was undone already");

export interface UseWish {
  cardId: string;
  uses: number;
  storeId: string;
  note?: string | undefined;
}

/** What of a sale's price is earned after so many uses: exact at the end, never off by more than half a fen on the way. */
export const earned = (sale: Pick<Sale, "priceFen" | "units">, used: number): number => share(sale.priceFen, used, sale.units);

/** Redeems uses of a count card. Throws `cardUnusable`, `insufficientBalance`; then nothing has changed. Returns the use's id. */
export async function useCard(scope: Scope, wish: UseWish): Promise<string> {
  const open = await openCard(scope, wish.cardId);
  const { card, journal, key } = open;
  if (card.kind !== "count" || card.state !== "active") throw cardUnusable({ kind: card.kind, state: card.state });
  await refuseElsewhere(scope, card.productId, wish.storeId);
  const id = newId<"card-use">(scope);
  let rest = wish.uses;
  let recognisedFen = 0;
  const lots = lotsOf(open);
  const available = lots.reduce((sum, { lot }) => sum + spendable(lot, scope.now), 0);
  if (available < rest) throw insufficientBalance({ asset: "card", available, missing: { uses: rest - available } });
  for (const { lot, sale } of lots) {
    const part = Math.min(rest, spendable(lot, scope.now));
    if (part === 0) continue;
    journal.debitLots(key, [{ lotId: lot.id, amount: part }], { kind: "card-use", counter: "used", refId: id });
    recognisedFen += await moveSale(scope, sale, part);
    rest -= part;
  }
  journal.close();
  await record(scope, { id, cardId: card.id, uses: wish.uses, recognisedFen, undoOf: null, storeId: wish.storeId, note: wish.note ?? null });
  await endWhenUsedUp(scope, open);
  await publish(scope, CARD_USED, card.memberId, { useId: id, cardId: card.id, memberId: card.memberId, uses: wish.uses, recognisedFen, storeId: wish.storeId } satisfies CardUsed);
  hint(scope, "members", [card.memberId]);
  return id;
}

async function refuseElsewhere({ tx, tenantId }: Scope, productId: string, storeId: string): Promise<void> {
  const [product] = await tx.rows<{ store_ids: string[] }>("select store_ids from payments.card_product where tenant_id = $1 and id = $2", [tenantId, productId]);
  if (product && product.store_ids.length > 0 && !product.store_ids.includes(storeId)) throw fieldProblem("storeId", "not-here", "this card is not good at this store");
}

/** Counts units of a sale as used (or, below zero, as not used after all); what of its price that earns. */
export async function moveSale({ tx, tenantId }: Scope, sale: Sale, units: number): Promise<number> {
  const used = sale.used + units;
  const recognisedFen = earned(sale, used);
  const change = recognisedFen - sale.recognisedFen;
  sale.used = used;
  sale.recognisedFen = recognisedFen;
  await tx.rows("update payments.card_sale set used = $3, recognised_fen = $4 where tenant_id = $1 and id = $2 returning 1", [tenantId, sale.id, used, recognisedFen]);
  return change;
}

interface Use {
  id: string;
  cardId: string;
  uses: number;
  recognisedFen: number;
  undoOf: string | null;
  storeId: string;
  note: string | null;
}

async function record(scope: Scope, use: Use): Promise<void> {
  await scope.tx.db.insertInto("payments.card_use").values({
    id: use.id, card_id: use.cardId, uses: use.uses, recognised_fen: use.recognisedFen, undo_of: use.undoOf, store_id: use.storeId, note: use.note,
    by_actor: actorRef(scope.actor), at: scope.now,
  }).execute();
}

async function endWhenUsedUp(scope: Scope, open: OpenCard): Promise<void> {
  if (lotsOf(open).length > 0) return;
  await scope.tx.rows("update payments.card set state = 'ended' where tenant_id = $1 and id = $2 and state = 'active' returning 1", [scope.tenantId, open.card.id]);
  await dropBenefit(scope, open.card);
}

/** Undoes a use: the uses are back on the card, and what they had earned is not earned. Once. Returns the undoing's id. */
export async function undoUse(scope: Scope, { cardId, useId, reason }: { cardId: string; useId: string; reason: string }): Promise<string> {
  const open = await openCard(scope, cardId);
  const { card, journal, key, sales } = open;
  const [use] = await scope.tx.rows<{ uses: number; store_id: string; undone: boolean }>(
    `select u.uses, u.store_id, exists (select 1 from payments.card_use b where b.tenant_id = $1 and b.undo_of = u.id) as undone
       from payments.card_use u where u.tenant_id = $1 and u.id = $2 and u.card_id = $3 and u.uses > 0`, [scope.tenantId, useId, cardId]);
  if (!use) throw notFound({ detail: "No such use of this card" });
  if (use.undone) throw useUndone();
  if (card.state !== "active" && card.state !== "ended") throw cardUnusable({ state: card.state });
  const id = newId<"card-use">(scope);
  let recognisedFen = 0;
  for (const { lot, amount } of await journal.burned(key, useId, ["card-use", "card-undo"])) {
    const sale = sales.find((one) => one.id === lot.originId);
    if (!sale) throw new Error("A use of a card came from another card");
    journal.restore(key, lot, amount, { kind: "card-undo", counter: "used", refId: useId });
    recognisedFen += await moveSale(scope, sale, -amount);
  }
  journal.close();
  await record(scope, { id, cardId, uses: -use.uses, recognisedFen, undoOf: useId, storeId: use.store_id, note: reason });
  await scope.tx.rows("update payments.card set state = 'active' where tenant_id = $1 and id = $2 returning 1", [scope.tenantId, cardId]);
  if (card.state === "ended") await wearBenefit(scope, card);
  audit(scope, { action: "card.undo-use", subjectKind: "member", subjectId: card.memberId, after: { cardId, useId, uses: use.uses }, reason });
  hint(scope, "members", [card.memberId]);
  return id;
}
