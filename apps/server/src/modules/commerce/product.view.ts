import { decodeCursor, pageFrom, type Page } from "../../kernel/http/page.ts";
import { notFound } from "../../kernel/problem.ts";
import type { Scope } from "../../kernel/scope.ts";
import { customOf, customWhere, type Custom } from "../objects/index.ts";
import type { ProductWire } from "./product.schema.ts";

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
}

const asPattern = (text: string): string => text.replaceAll(/[\\%_]/g, "\\$&");

/**
 * By SKU. A search looks in name, pinyin, initials, SKU and barcode. It reads the tenant's products one by one: a chain has a
 * few thousand, which is 3 ms, and no index would be used under row level security anyway.
 */
export async function listProducts(scope: Scope, query: ProductQuery): Promise<Page<ProductWire>> {
  const after = decodeCursor(query.cursor, 1);
  let select = scope.tx.db.selectFrom("commerce.product").selectAll().orderBy("sku").limit(query.limit + 1);
  if (query.q) {
    const text = asPattern(query.q);
    const letters = asPattern(query.q.toLowerCase().replaceAll(/\s/g, ""));
    select = select.where((eb) => eb.or([
      eb("name", "ilike", `%${text}%`), eb("sku", "ilike", `${text}%`), eb("name_pinyin", "like", `%${letters}%`),
      eb("name_initials", "like", `${letters}%`), eb("barcode", "=", query.q ?? ""),
    ]));
  }
  if (query.barcode) select = select.where("barcode", "=", query.barcode);
  if (query.isActive !== undefined) select = select.where("state", "=", query.isActive ? "on-sale" : "off-sale");
  const custom = await customWhere(scope, "product", query.filter, "commerce.product.id");
  if (custom) select = select.where(custom);
  if (after) select = select.where("sku", ">", String(after[0]));
  const page = pageFrom(await select.execute(), query.limit, (row) => row, (row) => [row.sku]);
  return { ...page, items: await withCustom(scope, page.items) };
}

async function withCustom(scope: Scope, rows: readonly ProductRow[]): Promise<ProductWire[]> {
  const custom = await customOf(scope, "product", rows.map((row) => row.id));
  return rows.map((row) => ({ ...productView(row), ...custom(row.id) }));
}

/** The products behind SKUs, in the order of SKUs; unknown ones are left out. */
export async function resolveProducts(scope: Scope, skus: readonly string[]): Promise<ProductWire[]> {
  const rows = await scope.tx.rows<ProductRow>("select * from commerce.product where tenant_id = $1 and sku = any($2::text[]) order by sku", [scope.tenantId, skus]);
  return withCustom(scope, rows);
}
