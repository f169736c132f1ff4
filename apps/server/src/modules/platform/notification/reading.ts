import { decodeCursor, pageFrom, type Page } from "../../../kernel/http/page.ts";
import { hint } from "../../../kernel/live.ts";
import { notFound } from "../../../kernel/problem.ts";
import { staffOf, type Scope } from "../../../kernel/scope.ts";
import { staffNames } from "../../org/index.ts";
import { KINDS, NOTIFIED, type NotificationKind } from "./notification.ts";
import type { z } from "zod";
import type { notificationQuery, notificationReply } from "./schema.ts";

type Notification = z.input<typeof notificationReply>;

interface Row {
  id: string;
  kind: NotificationKind;
  title: string;
  params: Record<string, string | number>;
  link: string | null;
  by_staff_id: string | null;
  created_at: Date;
  read_at: Date | null;
}

/** The caller's own, as everything here; latest first. */
export async function listNotifications(scope: Scope, { kind, unread, limit, cursor }: z.output<typeof notificationQuery>): Promise<Page<Notification>> {
  const [before] = decodeCursor(cursor, 1) ?? [null];
  const rows = await scope.tx.rows<Row>(
    `select id, kind, title, params, link, by_staff_id, created_at, read_at from platform.notification
      where tenant_id = $1 and staff_id = $2 and ($3::text is null or kind = $3) and (not $4 or read_at is null) and ($5::uuid is null or id < $5) order by id desc limit $6`,
    [scope.tenantId, staffOf(scope), kind ?? null, unread === "true", before, limit + 1]);
  const names = await staffNames(scope, rows.map((row) => (row.by_staff_id ? `staff:${row.by_staff_id}` : null)));
  return pageFrom(rows, limit, (row) => ({
    id: row.id, kind: row.kind, title: row.title, params: row.params, link: row.link, by: row.by_staff_id ? (names.get(`staff:${row.by_staff_id}`) ?? null) : null,
    createdAt: row.created_at.toISOString(), readAt: row.read_at?.toISOString() ?? null,
  }), (row) => [row.id]);
}

export async function countUnread(scope: Scope): Promise<{ total: number; kinds: { kind: NotificationKind; unread: number }[] }> {
  const rows = await scope.tx.rows<{ kind: NotificationKind; unread: number }>(
    "select kind, count(*)::int as unread from platform.notification where tenant_id = $1 and staff_id = $2 and read_at is null group by kind", [scope.tenantId, staffOf(scope)]);
  const known = new Map(rows.map((row) => [row.kind, row.unread]));
  return { total: rows.reduce((sum, row) => sum + row.unread, 0), kinds: KINDS.map((kind) => ({ kind, unread: known.get(kind) ?? 0 })) };
}

/** Marks one as read or unread. Throws `notFound` for somebody else's. */
export async function markNotification(scope: Scope, id: string, isRead: boolean) {
  const marked = await scope.tx.rows(
    "update platform.notification set read_at = case when $4 then coalesce(read_at, $5) end where tenant_id = $1 and staff_id = $2 and id = $3 returning id",
    [scope.tenantId, staffOf(scope), id, isRead, scope.now]);
  if (marked.length === 0) throw notFound({ detail: "No such notification" });
  hint(scope, NOTIFIED, [staffOf(scope)]);
  return countUnread(scope);
}

/** Marks all as read, of a kind where one is named, and none that came after what the reader saw. */
export async function markAllRead(scope: Scope, { kind, untilId }: { kind?: NotificationKind | undefined; untilId?: string | undefined }) {
  await scope.tx.rows(
    "update platform.notification set read_at = $3 where tenant_id = $1 and staff_id = $2 and read_at is null and ($4::text is null or kind = $4) and ($5::uuid is null or id <= $5)",
    [scope.tenantId, staffOf(scope), scope.now, kind ?? null, untilId ?? null]);
  hint(scope, NOTIFIED, [staffOf(scope)]);
  return countUnread(scope);
}

/** What the caller has looked at behind a notice answers the notice; of several people, what one of them has done for all. */
export async function answerNotice(scope: Scope, link: string, staffIds: readonly string[] = [staffOf(scope)]): Promise<void> {
  const read = await scope.tx.rows<{ staff_id: string }>(
    "update platform.notification set read_at = $3 where tenant_id = $1 and staff_id = any($2::uuid[]) and link = $4 and read_at is null returning staff_id", [scope.tenantId, staffIds, scope.now, link]);
  hint(scope, NOTIFIED, [...new Set(read.map((row) => row.staff_id))]);
}

export interface Choice {
  kind: NotificationKind;
  inApp: boolean;
}

export async function listChoices(scope: Scope): Promise<Choice[]> {
  const rows = await scope.tx.rows<{ kind: string; in_app: boolean }>("select kind, in_app from platform.notification_choice where tenant_id = $1 and staff_id = $2", [scope.tenantId, staffOf(scope)]);
  const chosen = new Map(rows.map((row) => [row.kind, row.in_app]));
  return KINDS.map((kind) => ({ kind, inApp: chosen.get(kind) ?? true }));
}

export async function choose(scope: Scope, choices: readonly Choice[]): Promise<Choice[]> {
  await scope.tx.rows(
    `insert into platform.notification_choice (tenant_id, staff_id, kind, in_app) select $1, $2, kind, in_app from unnest($3::text[], $4::boolean[]) as c(kind, in_app)
     on conflict (tenant_id, staff_id, kind) do update set in_app = excluded.in_app`,
    [scope.tenantId, staffOf(scope), choices.map((one) => one.kind), choices.map((one) => one.inApp)]);
  return listChoices(scope);
}
