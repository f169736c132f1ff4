import type { z } from "zod";
import { openEntries, type AuditRow } from "../../kernel/audit.ts";
import { endOfDay, startOfDay } from "../../kernel/days.ts";
import { decodeCursor, pageFrom, type Page } from "../../kernel/http/page.ts";
import type { Scope } from "../../kernel/scope.ts";
import type { auditEntryReply, auditQuery } from "./audit.schema.ts";

type Entry = z.input<typeof auditEntryReply>;

interface Row extends AuditRow {
  subject_kind: string;
  ip: string;
  request_id: string;
}

const DAY = /^\d{4}-\d\d-\d\d$/;
const REF = /^(staff|key|member|system):/;

/** What of an entry its reader may see, for those of some kinds of subjects; `app.ts` names who knows. */
export type AuditVeil = (scope: Scope, kinds: ReadonlySet<string>) => Promise<(entry: { kind: string; action: string }, state: unknown) => unknown>;

/** The audit log, latest first. */
export async function listAuditEntries(scope: Scope, veil: AuditVeil, query: z.output<typeof auditQuery>): Promise<Page<Entry>> {
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
  await openEntries(scope, rows, { erased: true });
  const shown = await veil(scope, new Set(rows.map((row) => row.subject_kind)));
  return pageFrom(rows, query.limit, (row) => toEntry(row, shown), (row) => [row.id]);
}

const momentOf = (text: string, zone: string, bound: typeof startOfDay): Date => (DAY.test(text) ? bound(text, zone) : new Date(text));

function toEntry(row: Row, shown: Awaited<ReturnType<AuditVeil>>): Entry {
  const of = { kind: row.subject_kind, action: row.action };
  const [kind = "", id] = row.actor.split(/:(.*)/s);
  return {
    id: row.id, at: row.at.toISOString(), actor: { kind, id: id ?? null, name: row.actor_name }, action: row.action,
    subject: { kind: row.subject_kind, id: row.subject_id }, before: shown(of, row.before), after: shown(of, row.after), reason: row.reason, ip: row.ip, requestId: row.request_id,
  };
}
