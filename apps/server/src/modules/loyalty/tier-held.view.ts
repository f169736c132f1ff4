import type { Scope } from "../../kernel/scope.ts";
import { currentProgram } from "./program.ts";
import { tierOf } from "./qualifying.ts";

/** The tier that a member is in now; whoever never ordered is in the one that asks for nothing. */
export async function tierIdOf(scope: Scope, memberId: string): Promise<string | undefined> {
  const [row] = await scope.tx.rows<{ tier_id: string | null }>(
    "select tier_id from loyalty.standing where tenant_id = $1 and member_id = $2", [scope.tenantId, memberId]);
  return tierOf(await currentProgram(scope), row?.tier_id ?? null)?.id;
}
