import type { z } from "zod";
import { decodeCursor, pageFrom, type Page } from "../../../kernel/http/page.ts";
import { notFound } from "../../../kernel/problem.ts";
import { staffOf, type Scope } from "../../../kernel/scope.ts";
import { answerNotice } from "../notification/reading.ts";
import { bulletinLink, type AnnouncementRow } from "./announcement.ts";
import { IN_AUDIENCE } from "./audience.ts";
import type { bulletinQuery, bulletinReply } from "./schema.ts";

type Bulletin = z.input<typeof bulletinReply>;
type Row = Pick<AnnouncementRow, "id" | "title" | "body" | "from_at" | "until_at" | "is_pinned" | "needs_confirmation"> & { read_at: Date | null; confirmed_at: Date | null };

/** What is shown to somebody, from its first moment on. */
const SHOWN = `s.id = $2 and a.state = 'published' and a.from_at <= $3 and ${IN_AUDIENCE}`;

/** What the caller is told: current ones only, or also those that are over; the latest first. */
export async function listBulletins(scope: Scope, { current, limit, cursor }: z.output<typeof bulletinQuery>): Promise<Page<Bulletin>> {
  const [before] = decodeCursor(cursor, 1) ?? [null];
  const rows = await scope.tx.rows<Row>(
    `select a.id, a.title, a.body, a.from_at, a.until_at, a.is_pinned, a.needs_confirmation, r.read_at, r.confirmed_at
       from platform.announcement a cross join org.staff s
       left join platform.announcement_reading r on r.tenant_id = $1 and r.announcement_id = a.id and r.staff_id = s.id
      where a.tenant_id = $1 and s.tenant_id = $1 and ${SHOWN} and (not $4 or a.until_at is null or a.until_at > $3) and ($5::uuid is null or a.id < $5) order by a.id desc limit $6`,
    [scope.tenantId, staffOf(scope), scope.now, current === "true", before, limit + 1]);
  return pageFrom(rows, limit, (row) => ({
    id: row.id, title: row.title, body: row.body, fromAt: row.from_at?.toISOString() ?? "", untilAt: row.until_at?.toISOString() ?? null, isPinned: row.is_pinned,
    needsConfirmation: row.needs_confirmation, isCurrent: row.until_at === null || row.until_at > scope.now, readAt: row.read_at?.toISOString() ?? null, confirmedAt: row.confirmed_at?.toISOString() ?? null,
  }), (row) => [row.id]);
}

/** Notes that the caller has read it, or that they have understood. Throws `notFound` where it is not for them. */
export async function readBulletin(scope: Scope, id: string, confirms: boolean): Promise<void> {
  const [shown] = await scope.tx.rows<{ id: string }>(`select a.id from platform.announcement a cross join org.staff s where a.tenant_id = $1 and s.tenant_id = $1 and ${SHOWN} and a.id = $4`, [scope.tenantId, staffOf(scope), scope.now, id]);
  if (!shown) throw notFound({ detail: "No such announcement" });
  await scope.tx.rows(
    `insert into platform.announcement_reading as r (tenant_id, announcement_id, staff_id, read_at, confirmed_at) values ($1, $2, $3, $4, case when $5 then $4::timestamptz end)
     on conflict (tenant_id, announcement_id, staff_id) do update set confirmed_at = coalesce(r.confirmed_at, excluded.confirmed_at)`,
    [scope.tenantId, id, staffOf(scope), scope.now, confirms]);
  await answerNotice(scope, bulletinLink(id));
}
