import { hint } from "../../../kernel/live.ts";
import { newId, type Scope } from "../../../kernel/scope.ts";
import { holdsAt } from "../../org/index.ts";

/** The tabs of the page; what somebody may choose not to hear of. */
export const KINDS = ["mention", "approval", "announcement", "run", "system"] as const;
export type NotificationKind = (typeof KINDS)[number];

/** Whose bells ring; sent to a staff member's open screens. */
export const NOTIFIED = "platform.notified";
const KEPT_MS = 90 * 86_400_000;

/** Staff by their ids, by how histories name them (`staff:…`; whoever else is named there is left out), or all who have a permission at a store. */
export type Addressees =
  | { staffIds: readonly string[] }
  | { actors: readonly (string | null)[] }
  | { can: string; storeId?: string | null };

export interface Notice {
  kind: NotificationKind;
  /** Which sentence, `<noun>.<what>`: the reader's screen has the words, in the reader's language. */
  title: string;
  /** What the sentence speaks of: numbers, names of things. Never what tells who a member is: that is read behind the link, by who may. */
  params?: Readonly<Record<string, string | number>>;
  /** A page of the console. */
  link?: string;
}

/** Tells staff something, in the caller's transaction, with one statement. Whoever has chosen not to hear of this kind does not. */
export async function notify(scope: Scope, to: Addressees, { kind, title, params = {}, link }: Notice): Promise<void> {
  const [staffIds, can, storeId] = "can" in to ? [[], to.can, to.storeId ?? null] : [idsOf(to), null, null];
  if (can === null && staffIds.length === 0) return;
  const told = await scope.tx.rows<{ staff_id: string }>(
    `insert into platform.notification (tenant_id, staff_id, id, kind, title, params, link, by_staff_id, created_at)
     select $1, s.id, $2, $3, $4, $5::jsonb, $6, $7, $8 from org.staff s
      where s.tenant_id = $1 and s.state = 'active' and (s.id = any($9::uuid[]) or ($10::text is not null and ${holdsAt("$10", "$11")}))
        and not exists (select 1 from platform.notification_choice c where c.tenant_id = $1 and c.staff_id = s.id and c.kind = $3 and not c.in_app)
     returning staff_id`,
    [scope.tenantId, newId(scope), kind, title, JSON.stringify(params), link ?? null, scope.actor.kind === "staff" ? scope.actor.staffId : null, scope.now, staffIds, can, storeId]);
  hint(scope, NOTIFIED, told.map((row) => row.staff_id));
}

const STAFF = "staff:";
const idsOf = (to: { staffIds: readonly string[] } | { actors: readonly (string | null)[] }): readonly string[] =>
  ("staffIds" in to ? to.staffIds : [...new Set(to.actors)].flatMap((ref) => (ref?.startsWith(STAFF) ? ref.slice(STAFF.length) : [])));

/** Nobody needs to hear of what is no more. */
export async function takeNoticeBack(scope: Scope, link: string): Promise<void> {
  const told = await scope.tx.rows<{ staff_id: string }>("delete from platform.notification where tenant_id = $1 and link = $2 returning staff_id", [scope.tenantId, link]);
  hint(scope, NOTIFIED, told.map((row) => row.staff_id));
}

/** What is older than ninety days goes, read or not. */
export const forgetOldNotifications = (scope: Scope): Promise<unknown> =>
  scope.tx.rows("delete from platform.notification where tenant_id = $1 and created_at < $2", [scope.tenantId, new Date(scope.now.getTime() - KEPT_MS)]);
