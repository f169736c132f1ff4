import { audit } from "../../../kernel/audit.ts";
import { fieldProblem, notFound } from "../../../kernel/problem.ts";
import { actorRef, type Scope } from "../../../kernel/scope.ts";
import type { Choices } from "../merge/fields.ts";
import { mergeMembers } from "../merge/merge.ts";
import type { MergeStep } from "../merge/step.ts";
import { listWaiting } from "./waiting.ts";
import { getDuplicate, type DuplicateState } from "./view.ts";

/** Not the same, later, or open again. A pair that was found different is never asked about again. */
export async function decideDuplicate(scope: Scope, id: string, state: Exclude<DuplicateState, "merged">) {
  const rows = await scope.tx.rows(
    "update customers.duplicate set state = $3, decided_by = $4, decided_at = $5 where tenant_id = $1 and id = $2 and state <> 'merged' returning 1",
    [scope.tenantId, id, state, actorRef(scope.actor), scope.now]);
  if (rows.length === 0) throw notFound({ detail: "No such pair to decide on" });
  audit(scope, { action: "duplicate.decide", subjectKind: "duplicate", subjectId: id, after: { state } });
  await listWaiting(scope);
  return getDuplicate(scope, id);
}

/** Merges the two of a pair; says the merge's id. */
export async function mergeDuplicate(scope: Scope, steps: readonly MergeStep[], id: string, wish: { survivorId: string; choices: Choices; reason: string }): Promise<string> {
  const { members } = await getDuplicate(scope, id);
  const absorbed = members.find((member) => member.id !== wish.survivorId);
  if (!absorbed || !members.some((member) => member.id === wish.survivorId)) throw fieldProblem("survivorId", "unknown", "is neither of the two");
  const mergeId = await mergeMembers(scope, steps, { ...wish, absorbedId: absorbed.id });
  await scope.tx.rows("update customers.duplicate set state = 'merged', decided_by = $3, decided_at = $4 where tenant_id = $1 and id = $2",
    [scope.tenantId, id, actorRef(scope.actor), scope.now]);
  await listWaiting(scope);
  return mergeId;
}
