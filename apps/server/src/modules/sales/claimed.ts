import type { RecordHolder } from "../objects/index.ts";

/** Records that belong to somebody stay when the import that made them is taken back: they are being worked on. */
export const claimed: RecordHolder = async ({ tx, tenantId }, ids) => {
  const rows = await tx.rows<{ record_id: string }>("select record_id from sales.holding where tenant_id = $1 and record_id = any($2::uuid[]) and owner_id is not null", [tenantId, ids]);
  return new Map(rows.map((row) => [row.record_id, "claimed"]));
};
