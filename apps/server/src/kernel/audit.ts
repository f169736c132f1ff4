import { texts, uuids } from "./db/array.ts";
import { findPersonalKeys, isSealed, type PersonalKey } from "./crypto/personal-key.ts";
import { actorRef, newId, type Actor, type Scope } from "./scope.ts";

export interface AuditEntry {
  /** `<noun>.<verb>`: "staff.deactivate", "member.reveal" */
  action: string;
  subjectKind: string;
  subjectId: string;
  before?: object | null | undefined;
  after?: object | null | undefined;
  reason?: string | null | undefined;
  /** Seals before and after, where they tell who a member is: entries cannot be edited, a key can be destroyed. */
  key?: PersonalKey | undefined;
}

/**
 * Notes who did what, or looked at what, in the scope's own transaction: a change without its entry cannot commit.
 * Sent without waiting. Never pass secrets: entries cannot be edited afterwards, by nobody.
 */
export const audit = (scope: Scope, entry: AuditEntry): void => auditAll(scope, [entry]);

export function auditAll(scope: Scope, entries: readonly AuditEntry[]): void {
  if (entries.length === 0) return;
  scope.tx.write(
    `insert into kernel.audit_entry (tenant_id, id, at, actor, actor_name, action, subject_kind, subject_id, before, after, reason, ip, request_id)
     select $1, id, $2, $3, $4, action, subject_kind, subject_id, before::jsonb, after::jsonb, reason, $5, $6
       from unnest($7::uuid[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[])
         as e(id, action, subject_kind, subject_id, before, after, reason)`,
    [scope.tenantId, scope.now, actorRef(scope.actor), nameOf(scope.actor), scope.from.ip, scope.from.requestId,
      uuids(entries, () => newId(scope)), texts(entries, (one) => one.action), texts(entries, (one) => one.subjectKind), texts(entries, (one) => one.subjectId),
      texts(entries, ({ before, key }) => json(before, key)), texts(entries, ({ after, key }) => json(after, key)), texts(entries, (one) => one.reason ?? null)]);
}

const json = (value: object | null | undefined, key: PersonalKey | undefined): string | null => (value ? JSON.stringify(key ? key.seal(value) : value) : null);

/** As an entry is read. */
export interface AuditRow {
  id: string;
  at: Date;
  actor: string;
  actor_name: string;
  action: string;
  subject_id: string;
  before: unknown;
  after: unknown;
  reason: string | null;
}

/** Opens, in place, what a member's own key has sealed; where the key is gone, as after a deletion, stands `erased`. */
export async function openEntries(scope: Scope, rows: readonly AuditRow[], erased: object): Promise<void> {
  const sealed = rows.filter((row) => isSealed(row.before) || isSealed(row.after));
  const holder = (row: AuditRow): string => [row.before, row.after].find(isSealed)?.of ?? row.subject_id;
  const keys = await findPersonalKeys(scope, sealed.map(holder));
  for (const row of sealed) {
    const key = keys.get(holder(row));
    const open = (side: unknown): unknown => (isSealed(side) ? (key ? key.open(side) : erased) : side);
    [row.before, row.after] = [open(row.before), open(row.after)];
  }
}

function nameOf(actor: Actor): string {
  switch (actor.kind) {
    case "staff": case "key": case "system": return actor.name;
    case "member": return "会员本人";
    case "anonymous": return "";
  }
}
