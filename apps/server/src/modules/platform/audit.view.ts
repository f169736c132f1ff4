import type { z } from "zod";
import { findPersonalKeys, isSealed } from "../../kernel/crypto/personal-key.ts";
import { endOfDay, startOfDay } from "../../kernel/days.ts";
import { decodeCursor, pageFrom, type Page } from "../../kernel/http/page.ts";
import type { Scope } from "../../kernel/scope.ts";
import type { auditEntryReply, auditQuery } from "./audit.schema.ts";

type Entry = z.input<typeof auditEntryReply>;

interface Row {
  id: string;
  at: Date;
  actor: string;
  actor_name: string;
  action: string;
  subject_kind: string;
  subject_id: string;
  before: unknown;
  after: unknown;
  reason: string | null;
  ip: string;
  request_id: string;
}

const DAY = /^\d{4}-\d\d-\d\d$/;
const REF = /^(staff|key|member|system):/;

/** What a member's own key has sealed is read with it; without the key it stays sealed, as after a deletion. */
async function unseal(scope: Scope, rows: readonly Row[]): Promise<void> {
  const sealed = rows.filter((row) => isSealed(row.before) || isSealed(row.after));
  const keys = await findPersonalKeys(scope, sealed.map((row) => row.subject_id));
  for (const row of sealed) {
    const key = keys.get(row.subject_id);
    const open = (side: unknown): unknown => (isSealed(side) ? (key ? key.open(side) : { erased: true }) : side);
    [row.before, row.after] = [open(row.before), open(row.after)];
  }
}

/** The audit log, latest first. */
export async function listAuditEntries(scope: Scope, query: z.output<typeof auditQuery>): Promise<Page<Entry>> {
  const [before] = decodeCursor(query.cursor, 1) ?? [null];
  const { actor, subject } = query;
  const rows = await scope.tx.rows<Row>(
    `select id, at, actor, actor_name, action, subject_kind, subject_id, before, after, reason, ip, request_id
       from kernel.audit_entry
      where tenant_id = $1 and ($2::uuid is null or id < $2)
        and ($3::text is null or actor = $3) and ($4::text is null or strpos(lower(actor_name), lower($4)) > 0)
        and ($5::text is null or action = $5 or starts_with(action, $5 || '.'))
        and ($6::text is null or subject_id = $6 or subject_kind = $6)
        and ($7::timestamptz is null or at >= $7) and ($8::timestamptz is null or at < $8)
      order by id desc limit $9`,
    [scope.tenantId, before, actor && REF.test(actor) ? actor : null, actor && !REF.test(actor) ? actor : null, query.action ?? null, subject ?? null,
      query.from ? momentOf(query.from, scope.zone, startOfDay) : null, query.to ? momentOf(query.to, scope.zone, endOfDay) : null, query.limit + 1]);
  await unseal(scope, rows);
  return pageFrom(rows, query.limit, toEntry, (row) => [row.id]);
}

const momentOf = (text: string, zone: string, bound: typeof startOfDay): Date => (DAY.test(text) ? bound(text, zone) : new Date(text));

function toEntry(row: Row): Entry {
  const [kind = "", id] = row.actor.split(/:(.*)/s);
  return {
    id: row.id, at: row.at.toISOString(), actor: { kind, id: id ?? null, name: row.actor_name }, action: row.action,
    subject: { kind: row.subject_kind, id: row.subject_id }, before: row.before, after: row.after, reason: row.reason, ip: row.ip, requestId: row.request_id,
  };
}
