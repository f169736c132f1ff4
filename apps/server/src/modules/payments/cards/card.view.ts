import { dayOf } from "../../../kernel/days.ts";
import { notFound } from "../../../kernel/problem.ts";
import type { Scope } from "../../../kernel/scope.ts";
import { accountKey, readAccounts } from "../../ledger/index.ts";
import type { z } from "zod";
import { cardAccount, readCards, salesOf, type Card, type Sale } from "./card.rows.ts";
import type { CardView, use } from "./card.schema.ts";
import { daysBetween } from "./card-days.ts";
import { readRenewals } from "./renewal.view.ts";

/** A member's cards, newest first; sales that nobody paid are left out. */
export async function listCards(scope: Scope, memberId: string): Promise<CardView[]> {
  return views(scope, (await readCards(scope, { memberId })).filter((card) => card.state !== "cancelled"));
}

/** Throws `notFound`, for another member's card too where `ownerId` is given. */
export async function getCard(scope: Scope, id: string, ownerId?: string): Promise<CardView> {
  const cards = await readCards(scope, { ids: [id] });
  const [view] = await views(scope, cards.filter((card) => ownerId === undefined || card.memberId === ownerId));
  if (!view) throw notFound({ detail: "No such card" });
  return view;
}

async function views(scope: Scope, cards: readonly Card[]): Promise<CardView[]> {
  if (cards.length === 0) return [];
  const ids = cards.map((card) => card.id);
  const [accounts, sales, renewals, products] = await Promise.all([
    readAccounts(scope, cards.map(cardAccount)), salesOf(scope, ids), readRenewals(scope, ids), productsOf(scope, cards),
  ]);
  return cards.map((card) => {
    const done = (sales.get(card.id) ?? []).filter((sale) => sale.state === "done");
    const lots = (accounts.get(accountKey(cardAccount(card)))?.lots ?? []).filter((lot) => done.some((sale) => sale.id === lot.originId));
    const left = lots.filter((lot) => lot.expiresAt === null || lot.expiresAt > scope.now).reduce((sum, lot) => sum + lot.remaining, 0);
    const product = products.get(card.productId);
    const gone = gonePeriodDays(scope, card, left);
    const { units, priceFen, recognisedFen, used } = totals(done);
    return {
      id: card.id, productId: card.productId, memberId: card.memberId, kind: card.kind, name: card.name, serves: product?.serves ?? "", state: gone > 0 && gone === left ? "ended" : card.state,
      units, left: left - gone, used: used + gone, priceFen, recognisedFen, endsOn: card.state === "paused" ? null : card.endsOn,
      expiresAt: lots.find((lot) => lot.expiresAt)?.expiresAt?.toISOString() ?? null, benefitTag: card.benefitTag, mayRenew: product?.renews ?? false,
      renewal: renewals.get(card.id) ?? null, at: card.at.toISOString(),
    };
  });
}

/** Days that are over, but that the night has not counted yet. */
const gonePeriodDays = (scope: Scope, card: Card, left: number): number =>
  card.kind === "period" && card.state === "active" && card.countedOn ? Math.min(left, Math.max(0, daysBetween(card.countedOn, dayOf(scope.now, scope.zone)))) : 0;

function totals(sales: readonly Sale[]) {
  const sum = (of: (sale: Sale) => number) => sales.reduce((total, sale) => total + of(sale), 0);
  return { units: sum((one) => one.units), priceFen: sum((one) => one.priceFen), recognisedFen: sum((one) => one.recognisedFen), used: sum((one) => one.used) };
}

async function productsOf({ tx, tenantId }: Scope, cards: readonly Card[]): Promise<Map<string, { serves: string; renews: boolean }>> {
  const rows = await tx.rows<{ id: string; serves: string; renews: boolean }>(
    "select id, serves, renews from payments.card_product where tenant_id = $1 and id = any($2::uuid[])", [tenantId, [...new Set(cards.map((card) => card.productId))]]);
  return new Map(rows.map((row) => [row.id, row]));
}

const MAX_USES = 200;

/** A card's uses and their undoing, newest first. */
export async function listUses(scope: Scope, cardId: string, ownerId?: string): Promise<z.input<typeof use>[]> {
  await getCard(scope, cardId, ownerId);
  const rows = await scope.tx.rows<{ id: string; uses: number; recognised_fen: number; store_id: string; note: string | null; undo_of: string | null; undone: boolean; at: Date }>(
    `select u.id, u.uses, u.recognised_fen, u.store_id, u.note, u.undo_of, u.at,
            exists (select 1 from payments.card_use b where b.tenant_id = $1 and b.undo_of = u.id) as undone
       from payments.card_use u where u.tenant_id = $1 and u.card_id = $2 order by u.id desc limit $3`, [scope.tenantId, cardId, MAX_USES]);
  return rows.map((row) => ({
    id: row.id, uses: row.uses, recognisedFen: row.recognised_fen, storeId: row.store_id, note: row.note, undoOf: row.undo_of, isUndone: row.undone, at: row.at.toISOString(),
  }));
}

