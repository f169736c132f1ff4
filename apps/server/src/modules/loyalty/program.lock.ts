import type { Scope } from "../../kernel/scope.ts";

/**
 * Locks the tenant's program, so that changes to it, its rules and its tiers take turns. Makes the row where there is none
 * yet, with what applied without it; true when it was made now.
 */
export async function lockProgram({ tx, tenantId, now }: Scope): Promise<boolean> {
  const made = await tx.rows(
    `insert into loyalty.program (tenant_id, earn_points, earn_per_fen, expiry_kind, updated_at) values ($1, 0, 100, 'never', $2)
     on conflict (tenant_id) do nothing returning version`, [tenantId, now]);
  if (made.length > 0) return true;
  await tx.rows("select version from loyalty.program where tenant_id = $1 for update", [tenantId]);
  return false;
}
