import type { Day } from "../../../kernel/days.ts";
import type { Fen } from "../../../kernel/money.ts";
import { notFound } from "../../../kernel/problem.ts";
import type { Scope } from "../../../kernel/scope.ts";
import { lockMembers } from "../../customers/index.ts";
import { Journal, type AccountKey } from "../../ledger/index.ts";

export type CardState = "waiting" | "active" | "paused" | "ended" | "refunded" | "cancelled";

export interface Sale {
  id: string;
  units: number;
  priceFen: Fen;
  used: number;
  recognisedFen: Fen;
  method: "cash" | "card" | "wechat" | "gift";
  paymentId: string | null;
  storeId: string | null;
  state: "waiting" | "done" | "cancelled";
  at: Date;
}

export interface Card {
  id: string;
  productId: string;
  memberId: string;
  kind: "count" | "period";
  name: string;
  listUseFen: Fen | null;
  benefitTag: string | null;
  state: CardState;
  endsOn: Day | null;
  countedOn: Day | null;
  at: Date;
}

interface CardRow {
  id: string;
  product_id: string;
  member_id: string;
  kind: Card["kind"];
  name: string;
  list_use_fen: Fen | null;
  benefit_tag: string | null;
  state: CardState;
  ends_on: Day | null;
  counted_on: Day | null;
  at: Date;
}

interface SaleRow {
  id: string;
  card_id: string;
  units: number;
  price_fen: Fen;
  used: number;
  recognised_fen: Fen;
  method: Sale["method"];
  payment_id: string | null;
  store_id: string | null;
  state: Sale["state"];
  at: Date;
}

export const CARD_COLUMNS = `id, product_id, member_id, kind, name, list_use_fen, benefit_tag, state, ends_on::text as ends_on, counted_on::text as counted_on, at`;

export const cardOf = (row: CardRow): Card => ({
  id: row.id, productId: row.product_id, memberId: row.member_id, kind: row.kind, name: row.name, listUseFen: row.list_use_fen, benefitTag: row.benefit_tag,
  state: row.state, endsOn: row.ends_on, countedOn: row.counted_on, at: row.at,
});

/** Whose uses or days they are, of which product: the cards of one product are lots of one account. */
export const cardAccount = (card: Pick<Card, "memberId" | "productId">): AccountKey => ({ holderId: card.memberId, asset: `card:${card.productId}` });

/** What lots of cards came from. */
export const CARD_ORIGIN = "card-sale";

export async function readCards({ tx, tenantId }: Scope, by: { memberId: string } | { ids: readonly string[] }): Promise<Card[]> {
  const rows = "memberId" in by
    ? await tx.rows<CardRow>(`select ${CARD_COLUMNS} from payments.card where tenant_id = $1 and member_id = $2 order by id desc`, [tenantId, by.memberId])
    : await tx.rows<CardRow>(`select ${CARD_COLUMNS} from payments.card where tenant_id = $1 and id = any($2::uuid[]) order by id desc`, [tenantId, by.ids]);
  return rows.map(cardOf);
}

/** The sales of some cards, the oldest first. */
export async function salesOf({ tx, tenantId }: Scope, cardIds: readonly string[]): Promise<Map<string, Sale[]>> {
  const rows = await tx.rows<SaleRow>(
    `select id, card_id, units, price_fen, used, recognised_fen, method, payment_id, store_id, state, at from payments.card_sale
      where tenant_id = $1 and card_id = any($2::uuid[]) order by id`, [tenantId, cardIds]);
  const sales = new Map<string, Sale[]>();
  for (const row of rows) {
    const list = sales.get(row.card_id) ?? [];
    sales.set(row.card_id, list);
    list.push({
      id: row.id, units: row.units, priceFen: row.price_fen, used: row.used, recognisedFen: row.recognised_fen, method: row.method, paymentId: row.payment_id,
      storeId: row.store_id, state: row.state, at: row.at,
    });
  }
  return sales;
}

/** A card on the table: its member is locked, so that nobody else moves it, and its account is open. */
export interface OpenCard {
  card: Card;
  sales: Sale[];
  journal: Journal;
  key: AccountKey;
}

/** Locks a card with its member and its account. Throws `notFound`, for another member's card too where `ownerId` is given. */
export async function openCard(scope: Scope, id: string, ownerId?: string): Promise<OpenCard> {
  const [found] = await readCards(scope, { ids: [id] });
  if (!found || (ownerId !== undefined && found.memberId !== ownerId)) throw notFound({ detail: "No such card" });
  await lockMembers(scope, [found.memberId]);
  const [card] = await readCards(scope, { ids: [id] });
  if (!card) throw notFound({ detail: "No such card" });
  const key = cardAccount(card);
  const [journal, sales] = await Promise.all([Journal.open(scope, [key]), salesOf(scope, [id])]);
  return { card, key, journal, sales: sales.get(id) ?? [] };
}

/** The card's own lots that still hold something, with the sale they came from; other cards of the product are left out. */
export function lotsOf({ journal, key, sales }: OpenCard) {
  const bySale = new Map(sales.map((sale) => [sale.id, sale]));
  return (journal.find(key)?.lots ?? []).flatMap((lot) => {
    const sale = bySale.get(lot.originId);
    return sale && lot.remaining > 0 ? [{ lot, sale }] : [];
  });
}
