import { sql, type RawBuilder, type SqlBool } from "kysely";
import { decodeCursor, pageFrom, type Page } from "../../kernel/http/page.ts";
import { notFound } from "../../kernel/problem.ts";
import type { Scope } from "../../kernel/scope.ts";
import { customOf, customSort, customWhere, rawOf, sortedPage, type Custom, type NounMeasure } from "../objects/index.ts";
import type { ProductWire } from "./product.schema.ts";
import { productsWith, someProductsWith } from "./product.search.ts";

export interface ProductRow {
  id: string;
  sku: string;
  barcode: string | null;
  name: string;
  name_pinyin: string;
  name_initials: string;
  category: string | null;
  price_fen: number;
  state: string;
  updated_at: Date;
}

/** What stands in its own columns. */
export const productView = (row: ProductRow): Omit<ProductWire, keyof Custom> => ({
  id: row.id, sku: row.sku, barcode: row.barcode, name: row.name, category: row.category, unitPriceFen: row.price_fen,
  isActive: row.state === "on-sale", updatedAt: row.updated_at.toISOString(),
});

export async function getProduct(scope: Scope, id: string): Promise<ProductWire> {
  const row = await scope.tx.db.selectFrom("commerce.product").selectAll().where("id", "=", id).executeTakeFirst();
  if (!row) throw notFound({ detail: "No such product" });
  return { ...productView(row), ...(await customOf(scope, "product", [id]))(id) };
}

export interface ProductQuery {
  limit: number;
  cursor?: string | undefined;
  q?: string | undefined;
  barcode?: string | undefined;
  isActive?: boolean | undefined;
  filter?: string | undefined;
  sort?: string | undefined;
}

/** By SKU, or by an own field. A search looks in name, pinyin, initials, SKU and barcode. */
export async function listProducts(scope: Scope, query: ProductQuery): Promise<Page<ProductWire>> {
  const sort = await customSort(scope, "product", query.sort);
  const asked = askedFor(scope, query, [await customWhere(scope, "product", query.filter, `${TABLE}.id`), query.q ? await productsWith(scope, query.q) : undefined]);
  const page = await (sort ? sortedPage<ProductRow>(sort, query, {
    filled: (order, limit) => asked.select([sql.raw<string>(order.at(TABLE)).as("slot_at"), "id as slot_id"])
      .where(rawOf(scope, (bind) => order.where(TABLE, bind))).orderBy(sql.raw(order.by(TABLE))).limit(limit).execute(),
    empty: (order, rest) => bySku(asked.where(sql.raw<SqlBool>(order.isEmpty(TABLE))), rest),
  }) : bySku(asked, query));
  return { ...page, items: await withCustom(scope, page.items) };
}

/** The first few with what somebody typed, in the order of SKUs; of a text that very many hold, of some of them: a box that answers while somebody types looks no further. */
export const productsLike = async (scope: Scope, q: string, limit: number): Promise<Omit<ProductWire, keyof Custom>[]> =>
  (await scope.tx.db.selectFrom(TABLE).selectAll().where(await someProductsWith(scope, q)).orderBy("sku").limit(limit).execute()).map(productView);

const TABLE = "commerce.product";

/** What products come to in summaries. */
export const productMeasures = { unitPriceFen: { column: "r.price_fen" } } satisfies Record<string, NounMeasure>;

type Asked = ReturnType<typeof askedFor>;

function askedFor(scope: Scope, { barcode, isActive }: ProductQuery, conditions: readonly (RawBuilder<SqlBool> | undefined)[]) {
  let select = scope.tx.db.selectFrom("commerce.product").selectAll();
  for (const condition of conditions) if (condition) select = select.where(condition);
  if (barcode) select = select.where("barcode", "=", barcode);
  return isActive === undefined ? select : select.where("state", "=", isActive ? "on-sale" : "off-sale");
}

async function bySku(asked: Asked, { limit, cursor }: Pick<ProductQuery, "limit" | "cursor">): Promise<Page<ProductRow>> {
  const after = decodeCursor(cursor, 1);
  const rows = await (after ? asked.where("sku", ">", String(after[0])) : asked).orderBy("sku").limit(limit + 1).execute();
  return pageFrom(rows, limit, (row) => row, (row) => [row.sku]);
}

async function withCustom(scope: Scope, rows: readonly ProductRow[]): Promise<ProductWire[]> {
  const custom = await customOf(scope, "product", rows.map((row) => row.id));
  return rows.map((row) => ({ ...productView(row), ...custom(row.id) }));
}

/** Products by their ids, in the order of SKUs. */
export const productsNamed = async (scope: Scope, ids: readonly string[]): Promise<Omit<ProductWire, keyof Custom>[]> =>
  (ids.length > 0 ? await scope.tx.rows<ProductRow>("select * from commerce.product where tenant_id = $1 and id = any($2::uuid[]) order by sku", [scope.tenantId, ids]) : []).map(productView);

/** The products behind SKUs, in the order of SKUs; unknown ones are left out. */
export async function resolveProducts(scope: Scope, skus: readonly string[]): Promise<ProductWire[]> {
  const rows = await scope.tx.rows<ProductRow>("select * from commerce.product where tenant_id = $1 and sku = any($2::text[]) order by sku", [scope.tenantId, skus]);
  return withCustom(scope, rows);
}
