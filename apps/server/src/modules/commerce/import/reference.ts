import { textList } from "../../../kernel/db/array.ts";
import type { Scope } from "../../../kernel/scope.ts";
import type { Meant, ReferenceFinder } from "../../objects/index.ts";

/** A product by its SKU, else by its barcode. */
export const productReference: ReferenceFinder = {
  noun: "product",
  find: async (scope, names) => new Map([...await productsBy(scope, "barcode", names), ...await productsBy(scope, "sku", names)]),
};

export async function productsBy({ tx, tenantId }: Scope, column: "sku" | "barcode", names: readonly string[]): Promise<Map<string, Meant>> {
  if (names.length === 0) return new Map();
  const rows = await tx.rows<Meant & { name: string }>(
    `select p.${column} as name, min(p.id::text) as id, count(*)::int as count from commerce.product p where p.tenant_id = $1 and p.${column} = any($2::text[]) group by 1`, [tenantId, textList(names)]);
  return new Map(rows.map(({ name, ...meant }) => [name, meant]));
}
