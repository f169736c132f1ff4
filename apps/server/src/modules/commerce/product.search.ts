import { sql, type RawBuilder, type SqlBool } from "kysely";
import type { Scope } from "../../kernel/scope.ts";

/** Those who have more in common than so are met again and again on the way through the list. */
const MANY = 5_000;
/** In so many products that nobody collects them. */
const A_LETTER = /^[!-~]$/;

const asPattern = (text: string): string => text.replaceAll(/[\\%_]/g, "\\$&");

/**
 * Products that have what somebody typed in name, pinyin, initials or SKU, or as their barcode. What few might hold is collected through
 * the index over their parts and looked at again; what many hold is looked for while the list is walked.
 */
export async function productsWith(scope: Scope, q: string): Promise<RawBuilder<SqlBool>> {
  const text = asPattern(q);
  const letters = asPattern(q.toLowerCase().replaceAll(/\s/g, ""));
  const holds = sql<SqlBool>`(name ilike ${`%${text}%`} or sku ilike ${`${text}%`} or name_pinyin like ${`%${letters}%`} or name_initials like ${`${letters}%`} or barcode = ${q})`;
  if (A_LETTER.test(q)) return holds;
  const might = await mightHold(scope, q);
  return might.length > MANY ? holds : sql<SqlBool>`(commerce.product.id = any(${might}::uuid[]) and ${holds})`;
}

/** Those with all parts of the text, as `migrations/0075_product_grams.sql` has them, and its barcode's; one more than many where there are more. */
async function mightHold({ tx, tenantId }: Scope, q: string): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(
    `(select id from commerce.product_gram where tenant_id = $1 and grams @> (select commerce.grams($2, true)) limit ${MANY + 1})
     union all select id from commerce.product where tenant_id = $1 and barcode = $2`, [tenantId, q]);
  return rows.map((row) => row.id);
}
