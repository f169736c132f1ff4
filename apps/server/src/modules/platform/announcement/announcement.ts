import { audit } from "../../../kernel/audit.ts";
import { fieldProblem, notFound, problem } from "../../../kernel/problem.ts";
import { actorRef, newId, type Scope } from "../../../kernel/scope.ts";
import { demandTerritory } from "../../org/index.ts";
import { notify, takeNoticeBack } from "../notification/notification.ts";
import { IN_AUDIENCE } from "./audience.ts";

export const announcementState = problem("platform/announcement-state", 409, "The announcement's state does not allow this");
const DUE_AT_ONCE = 20;

export const bulletinLink = (id: string): string => `/bulletins?open=${id}`;

export interface Draft {
  title: string;
  body: string;
  fromAt: string | null;
  untilAt: string | null;
  roleIds: readonly string[];
  unitIds: readonly string[];
  isPinned: boolean;
  needsConfirmation: boolean;
}

export interface AnnouncementRow {
  id: string;
  title: string;
  body: string;
  state: "draft" | "published" | "withdrawn";
  from_at: Date | null;
  until_at: Date | null;
  role_ids: string[];
  unit_ids: string[];
  is_pinned: boolean;
  needs_confirmation: boolean;
  created_at: Date;
  created_by: string;
  told_at: Date | null;
}

export async function addAnnouncement(scope: Scope, draft: Draft): Promise<string> {
  await demandAudience(scope, draft);
  const id = newId<"announcement">(scope);
  await scope.tx.db.insertInto("platform.announcement").values({ id, ...columnsOf(draft), created_at: scope.now, created_by: actorRef(scope.actor) }).execute();
  audit(scope, { action: "announcement.add", subjectKind: "announcement", subjectId: id, after: draft });
  return id;
}

/** Only what nobody sees is written anew; what was read before has to be read again. */
export async function changeAnnouncement(scope: Scope, id: string, draft: Draft): Promise<void> {
  const before = await lockAnnouncement(scope, id);
  if (before.state === "published") throw announcementState({ detail: "Withdraw it first" });
  await demandAudience(scope, draft);
  await scope.tx.db.updateTable("platform.announcement").set({ ...columnsOf(draft), told_at: null, state: "draft" }).where("id", "=", id).execute();
  await scope.tx.db.deleteFrom("platform.announcement_reading").where("announcement_id", "=", id).execute();
  audit(scope, { action: "announcement.change", subjectKind: "announcement", subjectId: id, before: columnsBefore(before), after: draft });
}

const columnsOf = ({ title, body, fromAt, untilAt, roleIds, unitIds, isPinned, needsConfirmation }: Draft) => ({
  title, body, from_at: momentOf(fromAt), until_at: momentOf(untilAt), role_ids: [...roleIds], unit_ids: [...unitIds], is_pinned: isPinned, needs_confirmation: needsConfirmation,
});
const momentOf = (at: string | null): Date | null => (at === null ? null : new Date(at));
const columnsBefore = ({ title, body, role_ids, unit_ids }: AnnouncementRow) => ({ title, body, roleIds: role_ids, unitIds: unit_ids });

/** Shows it from its first moment on; without one from now. What was withdrawn comes back the same way. */
export async function publishAnnouncement(scope: Scope, id: string): Promise<void> {
  const row = await lockAnnouncement(scope, id);
  if (row.state === "published") throw announcementState({ detail: "It is published already" });
  if (row.until_at && row.until_at <= scope.now) throw fieldProblem("untilAt", "past", "is over");
  const published = { ...row, from_at: row.from_at ?? scope.now };
  await scope.tx.db.updateTable("platform.announcement").set({ state: "published", from_at: published.from_at }).where("id", "=", id).execute();
  audit(scope, { action: "announcement.publish", subjectKind: "announcement", subjectId: id });
  if (published.from_at <= scope.now) await tell(scope, published);
}

/** Shows it to nobody any more, and takes its notices back; published again it rings again. */
export async function withdrawAnnouncement(scope: Scope, id: string): Promise<void> {
  if ((await lockAnnouncement(scope, id)).state !== "published") throw announcementState({ detail: "It is not published" });
  await scope.tx.db.updateTable("platform.announcement").set({ state: "withdrawn", told_at: null }).where("id", "=", id).execute();
  await takeNoticeBack(scope, bulletinLink(id));
  audit(scope, { action: "announcement.withdraw", subjectKind: "announcement", subjectId: id });
}

/** Rings the audience's bells, once. */
async function tell(scope: Scope, { id, title, told_at }: AnnouncementRow): Promise<void> {
  if (told_at) return;
  const staff = await scope.tx.rows<{ id: string }>(
    `select s.id from platform.announcement a join org.staff s on s.tenant_id = $1 and s.state = 'active' where a.tenant_id = $1 and a.id = $2 and ${IN_AUDIENCE}`, [scope.tenantId, id]);
  await scope.tx.db.updateTable("platform.announcement").set({ told_at: scope.now }).where("id", "=", id).execute();
  await notify(scope, { staffIds: staff.map((one) => one.id) }, { kind: "announcement", title: "announcement.published", params: { title }, link: bulletinLink(id) });
}

/** Each minute: what was published for later and has begun. */
export async function tellDue(scope: Scope): Promise<void> {
  const due = await scope.tx.rows<AnnouncementRow>(
    `select * from platform.announcement where tenant_id = $1 and state = 'published' and told_at is null and from_at <= $2 order by from_at limit ${DUE_AT_ONCE} for update skip locked`,
    [scope.tenantId, scope.now]);
  for (const row of due) await tell(scope, row);
}

async function lockAnnouncement(scope: Scope, id: string): Promise<AnnouncementRow> {
  const [row] = await scope.tx.rows<AnnouncementRow>("select * from platform.announcement where tenant_id = $1 and id = $2 for update", [scope.tenantId, id]);
  if (!row) throw notFound({ detail: "No such announcement" });
  await demandAudience(scope, { roleIds: row.role_ids, unitIds: row.unit_ids });
  return row;
}

/** Whoever speaks for a part of the organisation speaks to that part. */
async function demandAudience(scope: Scope, { roleIds, unitIds }: Pick<Draft, "roleIds" | "unitIds">): Promise<void> {
  const units = await scope.tx.rows<{ id: string; path: string }>("select id, path from org.unit where tenant_id = $1 and id = any($2::uuid[])", [scope.tenantId, unitIds]);
  const roles = await scope.tx.rows<{ id: string }>("select id from org.role where tenant_id = $1 and id = any($2::uuid[])", [scope.tenantId, roleIds]);
  const unknown = (ids: readonly string[], known: readonly { id: string }[]): number => ids.findIndex((id) => !known.some((one) => one.id === id));
  if (unknown(unitIds, units) >= 0) throw fieldProblem(`unitIds.${unknown(unitIds, units)}`, "unknown", "is no unit");
  if (unknown(roleIds, roles) >= 0) throw fieldProblem(`roleIds.${unknown(roleIds, roles)}`, "unknown", "is no role");
  demandTerritory(scope, unitIds.length > 0 ? units.map((unit) => unit.path) : [""]);
}
