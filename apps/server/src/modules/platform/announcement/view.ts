import type { z } from "zod";
import { decodeCursor, pageFrom, type Page } from "../../../kernel/http/page.ts";
import { notFound } from "../../../kernel/problem.ts";
import type { Scope } from "../../../kernel/scope.ts";
import { staffNames } from "../../org/index.ts";
import type { AnnouncementRow } from "./announcement.ts";
import { IN_AUDIENCE } from "./audience.ts";
import type { announcementQuery, announcementReply, readingQuery, readingReply } from "./schema.ts";

type Announcement = z.input<typeof announcementReply>;
type Counted = AnnouncementRow & { audience: number; read: number; confirmed: number };

const COUNTED =
  `select a.*, c.audience, c.read, c.confirmed from platform.announcement a
     cross join lateral (select count(*)::int as audience, count(r.read_at)::int as read, count(r.confirmed_at)::int as confirmed
       from org.staff s left join platform.announcement_reading r on r.tenant_id = $1 and r.announcement_id = a.id and r.staff_id = s.id
      where s.tenant_id = $1 and s.state = 'active' and ${IN_AUDIENCE}) as c`;

/** All announcements, the latest first, with how many of their audience have read and confirmed them. */
export async function listAnnouncements(scope: Scope, { state, limit, cursor }: z.output<typeof announcementQuery>): Promise<Page<Announcement>> {
  const [before] = decodeCursor(cursor, 1) ?? [null];
  const rows = await scope.tx.rows<Counted>(
    `${COUNTED} where a.tenant_id = $1 and ($2::text is null or a.state = $2) and ($3::uuid is null or a.id < $3) order by a.id desc limit $4`, [scope.tenantId, state ?? null, before, limit + 1]);
  const names = await staffNames(scope, rows.map((row) => row.created_by));
  return pageFrom(rows, limit, (row) => viewOf(scope, row, names), (row) => [row.id]);
}

export async function getAnnouncement(scope: Scope, id: string): Promise<Announcement> {
  const [row] = await scope.tx.rows<Counted>(`${COUNTED} where a.tenant_id = $1 and a.id = $2`, [scope.tenantId, id]);
  if (!row) throw notFound({ detail: "No such announcement" });
  return viewOf(scope, row, await staffNames(scope, [row.created_by]));
}

function viewOf({ now }: Scope, row: Counted, names: ReadonlyMap<string, string>): Announcement {
  const isLater = row.state === "published" && row.from_at !== null && row.from_at > now;
  const isOver = row.state === "published" && row.until_at !== null && row.until_at <= now;
  return {
    id: row.id, title: row.title, body: row.body, state: isLater ? "scheduled" : isOver ? "over" : row.state, fromAt: row.from_at?.toISOString() ?? null, untilAt: row.until_at?.toISOString() ?? null,
    roleIds: row.role_ids, unitIds: row.unit_ids, isPinned: row.is_pinned, needsConfirmation: row.needs_confirmation, createdAt: row.created_at.toISOString(),
    by: names.get(row.created_by) ?? null, audience: row.audience, read: row.read, confirmed: row.confirmed,
  };
}

/** Who of the audience has read it, by name. */
export async function listReadings(scope: Scope, id: string, { state, limit, cursor }: z.output<typeof readingQuery>): Promise<Page<z.input<typeof readingReply>>> {
  await getAnnouncement(scope, id);
  const [name, staffId] = decodeCursor(cursor, 2) ?? [null, null];
  const wanted = { unread: "r.read_at is null", read: "r.read_at is not null", confirmed: "r.confirmed_at is not null", all: "true" }[state];
  const rows = await scope.tx.rows<{ id: string; name: string; account: string; read_at: Date | null; confirmed_at: Date | null }>(
    `select s.id, s.name, s.account, r.read_at, r.confirmed_at
       from platform.announcement a join org.staff s on s.tenant_id = $1 and s.state = 'active'
       left join platform.announcement_reading r on r.tenant_id = $1 and r.announcement_id = a.id and r.staff_id = s.id
      where a.tenant_id = $1 and a.id = $2 and ${IN_AUDIENCE} and ${wanted} and ($3::text is null or (s.name, s.id) > ($3, $4::uuid)) order by s.name, s.id limit $5`,
    [scope.tenantId, id, name, staffId, limit + 1]);
  return pageFrom(rows, limit, (row) => ({ staff: { id: row.id, name: row.name, account: row.account }, readAt: row.read_at?.toISOString() ?? null, confirmedAt: row.confirmed_at?.toISOString() ?? null }), (row) => [row.name, row.id]);
}
