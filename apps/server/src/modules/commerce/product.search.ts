import { sql, type RawBuilder, type SqlBool } from "kysely";
import type { Scope } from "../../kernel/scope.ts";

/** Those who have more in common than so are met again and again on the way through the list. */
const MANY = 2_000;
/** Looked at again for a box that answers while somebody types. */
const FEW = 500;
/** In so many products that it says something only where one begins. */
const A_LETTER = /^[!-~]$/;
/** Stands before each of a product's texts; `migrations/0077_product_beginnings.sql`. */
const BEGINNING = "\u0001";

const WORDS = sql<string>`replace(lower(normalize(concat_ws(${sql.lit(BEGINNING)}, '', name, name_pinyin, name_initials, sku), nfkc)), ' ', '')`;

/** Those with all parts of the text, among which are all that hold it, and its barcode's: some of them where there are many. */
interface Candidates {
  ids: string[];
  areAll: boolean;
  holds: RawBuilder<SqlBool>;
}

/** Products that might have what somebody typed in name, pinyin, initials or SKU, or as their barcode; of a single letter, at the beginning. */
async function candidatesFor({ tx, tenantId }: Scope, q: string, most: number): Promise<Candidates> {
  const code = q.normalize("NFKC").replaceAll(/\s/g, "");
  const typed = code.toLowerCase();
  const asked = A_LETTER.test(typed) ? BEGINNING + typed : typed;
  const rows = await tx.rows<{ id: string }>(
    `(select id from commerce.product_gram where tenant_id = $1 and grams @> (select commerce.grams($2, true)) limit ${most + 1})
     union all select id from commerce.product where tenant_id = $1 and barcode = $3`, [tenantId, asked, code]);
  return { ids: rows.map((row) => row.id), areAll: rows.length <= most, holds: sql<SqlBool>`(strpos(${WORDS}, ${asked}) > 0 or barcode = ${code})` };
}

/** What few might hold is collected through the index over their parts and looked at again; what many hold is looked for while the list is walked. */
export async function productsWith(scope: Scope, q: string): Promise<RawBuilder<SqlBool>> {
  const { ids, areAll, holds } = await candidatesFor(scope, q, MANY);
  return areAll ? among(ids, holds) : holds;
}

/** Of a text that many hold, some of those. */
export async function someProductsWith(scope: Scope, q: string): Promise<RawBuilder<SqlBool>> {
  const { ids, holds } = await candidatesFor(scope, q, FEW);
  return among(ids, holds);
}

const among = (ids: readonly string[], holds: RawBuilder<SqlBool>): RawBuilder<SqlBool> => sql<SqlBool>`(commerce.product.id = any(${ids}::uuid[]) and ${holds})`;
