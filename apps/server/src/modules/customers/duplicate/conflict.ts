import { newId, type Scope } from "../../../kernel/scope.ts";

/** Somebody came with what is one member's and what is another's: likelier one guest than two, and for somebody to look at. */
const SCORE = 70;
const REASONS = JSON.stringify([{ field: "identity", agreement: "same", weight: 0 }]);

/** Puts a member and those who hold what the member came with into the queue. What is there already, or was decided on, stays. */
export async function queueConflict(scope: Scope, memberId: string, holderIds: readonly string[]): Promise<void> {
  const pairs = [...new Set(holderIds)].filter((id) => id !== memberId).map((id) => [memberId, id].toSorted());
  if (pairs.length === 0) return;
  await scope.tx.rows(
    `insert into customers.duplicate (tenant_id, id, a_id, b_id, score, reasons, found_at)
     select $1, id, a, b, ${SCORE}, $2::jsonb, $3 from unnest($4::uuid[], $5::uuid[], $6::uuid[]) as p(id, a, b) on conflict (tenant_id, a_id, b_id) do nothing`,
    [scope.tenantId, REASONS, scope.now, pairs.map(() => newId(scope)), pairs.map(([a]) => a), pairs.map(([, b]) => b)]);
}
