import { actorRef, newId, type Actor, type Scope } from "./scope.ts";

export interface AuditEntry {
  /** `<noun>.<verb>`: "staff.deactivate", "member.reveal" */
  action: string;
  subjectKind: string;
  subjectId: string;
  before?: object | null | undefined;
  after?: object | null | undefined;
  reason?: string | null | undefined;
}

/**
 * Notes who did what, or looked at what, in the scope's own transaction: a change without its entry cannot commit.
 * Sent without waiting. Never pass secrets: entries cannot be edited afterwards, by nobody.
 */
export function audit(scope: Scope, entry: AuditEntry): void {
  scope.tx.write(
    `insert into kernel.audit_entry (tenant_id, id, at, actor, actor_name, action, subject_kind, subject_id, before, after, reason, ip, request_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [scope.tenantId, newId(scope), scope.now, actorRef(scope.actor), nameOf(scope.actor), entry.action, entry.subjectKind, entry.subjectId,
      json(entry.before), json(entry.after), entry.reason ?? null, scope.from.ip, scope.from.requestId]);
}

const json = (value: object | null | undefined): string | null => (value ? JSON.stringify(value) : null);

function nameOf(actor: Actor): string {
  switch (actor.kind) {
    case "staff": case "key": case "system": return actor.name;
    case "member": return "会员本人";
    case "anonymous": return "";
  }
}
