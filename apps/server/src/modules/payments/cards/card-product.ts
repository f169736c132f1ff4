import { withdrawalQuote, type PrepaidHeld, type WithdrawalCause } from "@shuke/offers";
import { audit } from "../../../kernel/audit.ts";
import { fieldProblem, notFound } from "../../../kernel/problem.ts";
import { newId, type Scope } from "../../../kernel/scope.ts";
import type { Product, ProductBody } from "./card.schema.ts";

interface Row {
  id: string;
  kind: Product["kind"];
  name: string;
  serves: string;
  price_fen: number;
  units: number;
  list_use_fen: number | null;
  valid_days: number | null;
  benefit_tag: string | null;
  renews: boolean;
  store_ids: string[];
  position: number;
  state: "live" | "ended";
}

type Terms = Omit<Product, "refunds">;

const SELECT = `select id, kind, name, serves, price_fen, units, list_use_fen, valid_days, benefit_tag, renews, store_ids, position, state
  from payments.card_product where tenant_id = $1`;

const termsOf = (row: Row): Terms => ({
  id: row.id, kind: row.kind, name: row.name, serves: row.serves, priceFen: row.price_fen, units: row.units, listUseFen: row.list_use_fen, validDays: row.valid_days,
  benefitTag: row.benefit_tag, renews: row.renews, storeIds: row.store_ids, position: row.position, isActive: row.state === "live",
});

/** A card as the refund rules see it: paid so much for so many uses or days. */
export function heldCard(card: { kind: "count" | "period"; priceFen: number; units: number; listUseFen: number | null }, used: number): PrepaidHeld {
  return card.kind === "count"
    ? { kind: "count-card", paidFen: card.priceFen, sessions: card.units, used, listPriceFen: card.listUseFen, listPriceProven: card.listUseFen !== null }
    : { kind: "period-card", paidFen: card.priceFen, totalDays: card.units, remainingDays: card.units - used };
}

/** What would go back of nothing used, of a half and of nearly all: shown before the card is bought, computed as it would be one day. */
function withRefunds(terms: Terms): Product {
  const back = (used: number, cause: WithdrawalCause) => withdrawalQuote(heldCard(terms, used), { cause }).refundFen;
  const samples = [...new Set([0, Math.floor(terms.units / 2), Math.max(0, terms.units - 1)])];
  return { ...terms, refunds: samples.map((used) => ({ used, consumerFen: back(used, "consumer"), merchantFen: back(used, "merchant") })) };
}

const columnsOf = (one: Omit<Terms, "id">) => ({
  kind: one.kind, name: one.name, serves: one.serves, price_fen: one.priceFen, units: one.units, list_use_fen: one.listUseFen, valid_days: one.validDays,
  benefit_tag: one.benefitTag, renews: one.renews, store_ids: one.storeIds, position: one.position, state: one.isActive ? "live" : "ended",
});

/** Every contradiction is named; so is what the law does not allow. */
function refuseWrong(one: Omit<Terms, "id">): void {
  if (one.validDays !== null && one.priceFen > 0) {
    throw fieldProblem("validDays", "named-card-never-expires", "a card that was paid for is a named prepaid card, and a named card may not expire (单用途商业预付卡管理办法 art. 19); only uses given for nothing may");
  }
  if (one.validDays !== null && one.kind === "period") throw fieldProblem("validDays", "not-for-period", "a period card lasts as long as its days");
  if (one.renews && (one.kind !== "period" || one.priceFen === 0)) throw fieldProblem("renews", "not-for-this", "only a period card with a price renews itself");
  if (one.listUseFen !== null && one.kind === "period") throw fieldProblem("listUseFen", "not-for-period", "a period card is given back by its days");
}

export async function createProduct(scope: Scope, body: ProductBody): Promise<Product> {
  refuseWrong(body);
  const made: Terms = { id: newId<"card-product">(scope), ...body };
  await scope.tx.db.insertInto("payments.card_product").values({ id: made.id, ...columnsOf(made) }).execute();
  audit(scope, { action: "card-product.create", subjectKind: "card-product", subjectId: made.id, after: made });
  return withRefunds(made);
}

/** Cards that were sold keep what they were sold with. */
export async function changeProduct(scope: Scope, id: string, patch: { [Field in keyof ProductBody]?: ProductBody[Field] | undefined }): Promise<Product> {
  const [row] = await scope.tx.rows<Row>(`${SELECT} and id = $2 for update`, [scope.tenantId, id]);
  if (!row) throw notFound({ detail: "No such card product" });
  const before = termsOf(row);
  const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
  const after: Terms = { ...before, ...given };
  refuseWrong(after);
  await scope.tx.db.updateTable("payments.card_product").set(columnsOf(after)).where("id", "=", id).execute();
  audit(scope, { action: "card-product.change", subjectKind: "card-product", subjectId: id, before, after });
  return withRefunds(after);
}

/** All for staff, those on offer for members. */
export async function listProducts(scope: Scope, { onOffer }: { onOffer: boolean }): Promise<Product[]> {
  const rows = await scope.tx.rows<Row>(`${SELECT} and ($2 = false or state = 'live') order by position, price_fen, id`, [scope.tenantId, onOffer]);
  return rows.map((row) => withRefunds(termsOf(row)));
}

/** A product on offer. Throws `fieldProblem`. */
export async function offeredProduct(scope: Scope, id: string, storeId: string | null): Promise<Terms> {
  const [row] = await scope.tx.rows<Row>(`${SELECT} and id = $2 and state = 'live'`, [scope.tenantId, id]);
  if (!row) throw fieldProblem("productId", "unknown", "no such card on offer");
  if (storeId && row.store_ids.length > 0 && !row.store_ids.includes(storeId)) throw fieldProblem("storeId", "not-here", "this card is not sold at this store");
  return termsOf(row);
}
