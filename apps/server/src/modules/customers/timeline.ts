import { createHash } from "node:crypto";
import type { DomainEvent } from "../../kernel/events.ts";
import { decodeCursor, pageFrom, type Page } from "../../kernel/http/page.ts";
import { isUuid } from "../../kernel/ids.ts";
import type { Scope } from "../../kernel/scope.ts";

export interface TimelineEntry extends Record<string, unknown> {
  id: string;
  at: string;
  kind: string;
}

interface Row {
  id: string;
  at: Date;
  kind: string;
  payload: Record<string, unknown>;
}

export interface NewEntry {
  memberId: string;
  at: Date;
  /** Whence it came: an entry written twice is one. */
  source: string;
  kind: string;
  payload: object;
}

/** Writes what happened to guests, as one set. */
export async function addTimelineEntries(scope: Scope, entries: readonly NewEntry[]): Promise<void> {
  const rows = entries.filter((entry) => isUuid(entry.memberId));
  if (rows.length === 0) return;
  await scope.tx.rows(
    `insert into customers.timeline_entry (tenant_id, member_id, id, at, kind, payload)
     select $1, member_id, id, at, kind, payload
       from unnest($2::uuid[], $3::uuid[], $4::timestamptz[], $5::text[], $6::jsonb[]) as e(member_id, id, at, kind, payload)
     on conflict (tenant_id, member_id, id) do nothing`,
    [scope.tenantId, rows.map((row) => row.memberId), rows.map((row) => entryId(row)), rows.map((row) => row.at), rows.map((row) => row.kind),
      rows.map((row) => JSON.stringify(row.payload))]);
}

/** What an event means to the guests it is about. */
export function entriesOf(event: DomainEvent): NewEntry[] {
  const about = event.subjectId ?? event.payload["memberId"];
  if (typeof about !== "string") return [];
  const { memberId: _, ...payload } = event.payload;
  return [{ memberId: about, at: event.at, source: event.id, kind: event.type, payload }];
}

/** The time first, so that the key sorts entries by when they happened, also those told late; then from whence they came. */
function entryId({ at, source }: NewEntry): string {
  const ms = at.getTime().toString(16).padStart(12, "0");
  const hash = createHash("sha256").update(source).digest("hex");
  return `${ms.slice(0, 8)}-${ms.slice(8)}-7${hash.slice(0, 3)}-8${hash.slice(3, 6)}-${hash.slice(6, 18)}`;
}

/** Newest first. */
export async function listTimeline(scope: Scope, memberId: string, { limit, cursor }: { limit: number; cursor?: string | undefined }): Promise<Page<TimelineEntry>> {
  const [before] = decodeCursor(cursor, 1) ?? [];
  const rows = await scope.tx.rows<Row>(
    `select id, at, kind, payload from customers.timeline_entry
      where tenant_id = $1 and member_id = $2 and ($3::uuid is null or id < $3) order by id desc limit $4`,
    [scope.tenantId, memberId, typeof before === "string" && isUuid(before) ? before : null, limit + 1]);
  return pageFrom(rows, limit, (row) => ({ ...row.payload, id: row.id, at: row.at.toISOString(), kind: row.kind }), (row) => [row.id]);
}
