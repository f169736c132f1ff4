import { uuidList } from "../../kernel/db/array.ts";
import type { Scope } from "../../kernel/scope.ts";
import { currentProgram } from "./program.ts";
import { tierOf } from "./qualifying.ts";

/** The tiers that members are in now; whoever never ordered is in the one that asks for nothing. */
export async function tierIdsOf(scope: Scope, memberIds: readonly string[]): Promise<Map<string, string>> {
  const [program, rows] = await Promise.all([currentProgram(scope), scope.tx.rows<{ member_id: string; tier_id: string | null }>(
    "select member_id, tier_id from loyalty.standing where tenant_id = $1 and member_id = any($2::uuid[])", [scope.tenantId, uuidList(memberIds)])]);
  const known = new Map(rows.map((row) => [row.member_id, row.tier_id]));
  return new Map(memberIds.flatMap((id) => {
    const tier = tierOf(program, known.get(id) ?? null);
    return tier ? [[id, tier.id]] : [];
  }));
}

export const tierIdOf = async (scope: Scope, memberId: string): Promise<string | undefined> => (await tierIdsOf(scope, [memberId])).get(memberId);
