import type { Fen } from "../../kernel/money.ts";
import type { Scope } from "../../kernel/scope.ts";

/** What orders cost before discounts, fees included, and what was paid for them. Unknown orders are missing from the map. */
export async function listPrices({ tx, tenantId }: Scope, orderIds: readonly string[]): Promise<Map<string, { listFen: Fen; paidFen: Fen }>> {
  if (orderIds.length === 0) return new Map();
  const rows = await tx.rows<{ id: string; list_fen: Fen; net_fen: Fen }>(
    `select id, gross_fen + fees_fen as list_fen, net_fen from commerce."order" where tenant_id = $1 and id = any($2::text[])`, [tenantId, orderIds]);
  return new Map(rows.map((row) => [row.id, { listFen: row.list_fen, paidFen: row.net_fen }]));
}
