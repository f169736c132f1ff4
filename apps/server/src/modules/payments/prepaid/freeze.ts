import { audit } from "../../../kernel/audit.ts";
import { hint } from "../../../kernel/live.ts";
import { notFound, problem } from "../../../kernel/problem.ts";
import { actorRef, type Scope } from "../../../kernel/scope.ts";
import { lockMembers } from "../../customers/index.ts";
import { Journal } from "../../ledger/index.ts";
import { storedValueAccounts } from "../stored-value.ts";

export const notFrozen = problem("payments/not-frozen", 409, "This stored value is not frozen");

export interface Freeze {
  kind: "loss" | "dispute" | "other";
  reason: string;
}

/** Keeps a member's stored value from being spent or withdrawn until somebody thaws it. Freezing twice keeps the newer reason. */
export async function freezeStoredValue(scope: Scope, memberId: string, { kind, reason }: Freeze): Promise<void> {
  await setState(scope, memberId, "frozen");
  await scope.tx.rows(
    `insert into payments.freeze (tenant_id, member_id, kind, reason, by_actor, at) values ($1, $2, $3, $4, $5, $6)
     on conflict (tenant_id, member_id) do update set kind = excluded.kind, reason = excluded.reason, by_actor = excluded.by_actor, at = excluded.at returning 1`,
    [scope.tenantId, memberId, kind, reason, actorRef(scope.actor), scope.now]);
  audit(scope, { action: "stored-value.freeze", subjectKind: "member", subjectId: memberId, after: { kind }, reason });
  hint(scope, "members", [memberId]);
}

/** Throws `notFrozen`. */
export async function thawStoredValue(scope: Scope, memberId: string, reason: string): Promise<void> {
  await setState(scope, memberId, "active");
  const gone = await scope.tx.rows("delete from payments.freeze where tenant_id = $1 and member_id = $2 returning 1", [scope.tenantId, memberId]);
  if (gone.length === 0) throw notFrozen();
  audit(scope, { action: "stored-value.thaw", subjectKind: "member", subjectId: memberId, reason });
  hint(scope, "members", [memberId]);
}

/** Both accounts, also those that do not exist yet: what is topped up later is frozen too. */
async function setState(scope: Scope, memberId: string, state: "active" | "frozen"): Promise<void> {
  if (!(await lockMembers(scope, [memberId])).has(memberId)) throw notFound({ detail: "No such member" });
  const keys = storedValueAccounts(memberId);
  const journal = await Journal.open(scope, keys);
  for (const key of keys) journal.setState(key, state);
  journal.close();
}

export async function findFreeze({ tx, tenantId }: Scope, memberId: string): Promise<(Freeze & { at: string }) | null> {
  const [row] = await tx.rows<{ kind: Freeze["kind"]; reason: string; at: Date }>(
    "select kind, reason, at from payments.freeze where tenant_id = $1 and member_id = $2", [tenantId, memberId]);
  return row ? { kind: row.kind, reason: row.reason, at: row.at.toISOString() } : null;
}
