import type { z } from "zod";
import { openEntries, type AuditRow } from "../../kernel/audit.ts";
import { dayOf, endOfDay } from "../../kernel/days.ts";
import { decodeCursor, pageFrom, type Page } from "../../kernel/http/page.ts";
import { fieldProblem } from "../../kernel/problem.ts";
import type { Scope } from "../../kernel/scope.ts";
import { hiddenKeys } from "../objects/index.ts";
import { differing } from "./change.ts";
import type { memberChanges, pastProfile } from "./change.schema.ts";
import { getMember, memberRow } from "./member.view.ts";

type Change = z.input<typeof memberChanges>["items"][number];
type State = Record<string, unknown>;

const ACTIONS = ["member.update", "member.tag", "member.untag"];

/** What changed in a member's profile, field by field, latest first: the audit log, read with the member's own key. */
export async function listChanges(scope: Scope, memberId: string, { limit, cursor }: { limit: number; cursor?: string | undefined }): Promise<Page<Change>> {
  const [before] = decodeCursor(cursor, 1) ?? [null];
  const rows = await changeRows(scope, memberId, { beforeId: before === null ? null : String(before), since: null, limit: limit + 1 });
  const hidden = await hiddenKeys(scope, "member");
  return pageFrom(rows, limit, (row) => ({
    id: row.id, at: row.at.toISOString(), action: row.action, actor: { kind: row.actor.split(":")[0] ?? "", name: row.actor_name }, reason: row.reason, fields: fieldsOf(row).filter(({ field }) => !hidden.has(field)),
  }), (row) => [row.id]);
}

async function changeRows(scope: Scope, memberId: string, { beforeId, since, limit }: { beforeId: string | null; since: Date | null; limit: number | null }): Promise<AuditRow[]> {
  const rows = await scope.tx.rows<AuditRow>(
    `select id, at, actor, actor_name, action, subject_id, before, after, reason from kernel.audit_entry
      where tenant_id = $1 and subject_id = $2::text and action = any($3::text[]) and id < coalesce($4::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
        and ($5::timestamptz is null or at >= $5)
      order by id desc limit $6`, [scope.tenantId, memberId, ACTIONS, beforeId, since, limit]);
  await openEntries(scope, rows, {});
  return rows;
}

/** Both sides of an entry, with every preference as a field of its own; a tag is its coming or its going. */
function sidesOf(row: AuditRow): [State, State] {
  const [before, after] = [row.before ?? {}, row.after ?? {}] as [State, State];
  if (row.action === "member.untag") return [after, {}];
  return [before, after];
}

function fieldsOf(row: AuditRow): Change["fields"] {
  const [before, after] = sidesOf(row).map(spread) as [State, State];
  return differing(before, after).map((field) => ({ field, from: before[field] ?? null, to: after[field] ?? null }));
}

const spread = ({ preferences, ...state }: State): State => ({
  ...state, ...Object.fromEntries(Object.entries((preferences ?? {}) as State).map(([name, value]) => [`preferences.${name}`, value])),
});

/** The profile as it was at the end of a day: what it is now, with every later change taken back. */
export async function profileOn(scope: Scope, memberId: string, on: string): Promise<z.input<typeof pastProfile>> {
  const row = await memberRow(scope, memberId);
  if (on < dayOf(row.joined_at, scope.zone)) throw fieldProblem("on", "too-early", "is before this member joined");
  const now = await getMember(scope, memberId);
  const later = await changeRows(scope, memberId, { beforeId: null, since: endOfDay(on, scope.zone), limit: null });
  const { phoneMasked: phone, tags: tagsNow, ...rest } = now;
  const past: State = { ...rest, phone };
  const tags = new Set(tagsNow);
  for (const change of later) {
    const [before, after] = sidesOf(change);
    if (change.action === "member.update") Object.assign(past, before);
    if (typeof after["tag"] === "string") tags.delete(after["tag"]);
    if (typeof before["tag"] === "string") tags.add(before["tag"]);
  }
  const shown = { name: past["name"], gender: past["gender"], birthday: past["birthday"], homeStoreId: past["homeStoreId"], preferences: past["preferences"], tags: [...tags].toSorted(), phoneMasked: past["phone"] };
  return { ...shown, id: memberId, on, changed: differing(shown, { ...now }).filter((field) => field in shown) } as z.input<typeof pastProfile>;
}
