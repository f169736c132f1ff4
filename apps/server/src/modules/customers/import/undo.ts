import { MEMBERS_REMOVED, type MembersRemoved } from "../../../events/customers.ts";
import { uuidList } from "../../../kernel/db/array.ts";
import { publish } from "../../../kernel/events.ts";
import type { Scope } from "../../../kernel/scope.ts";
import { dropCustom, type CustomImport } from "../../objects/index.ts";
import { reasonFor, type AppliedRow, type UndoneRow } from "../../platform/index.ts";
import { hollowMembers } from "../hollow.ts";
import { lockMembers } from "../member.view.ts";
import type { Surroundings } from "./newcomer.ts";
import { foreseeRestored, restoreUpdated } from "./restore.ts";

/** Tables of other modules whose rows tell that something happened to a member: `schema.table.column`. */
export type Traces = readonly string[];

export interface Undoing {
  around: Surroundings;
  custom: CustomImport;
  traces: Traces;
}

const isCreated = (row: AppliedRow): boolean => row.outcome === "created";
const isUpdated = (row: AppliedRow): boolean => row.outcome === "updated";

/** Takes members back whom the import made and nobody has touched since, and gives the others' values back where they are still the import's. */
export async function undoRows(scope: Scope, { around, custom, traces }: Undoing, rows: readonly AppliedRow[]): Promise<UndoneRow[]> {
  await lockMembers(scope, rows.flatMap((row) => row.subjectId ?? []));
  const removed = await removeCreated(scope, around, rows.filter(isCreated), traces);
  return [...removed, ...await restoreUpdated(scope, custom, rows.filter(isUpdated))];
}

/** What taking a page back would do, as things are now; nothing is locked or written. */
export const foreseeUndo = async (scope: Scope, { around, custom, traces }: Undoing, rows: readonly AppliedRow[]): Promise<UndoneRow[]> => [
  ...(await foreseeRemoved(scope, around, rows.filter(isCreated), traces)).map(({ member: _member, ...row }) => row), ...await foreseeRestored(scope, custom, rows.filter(isUpdated)),
];

interface Made {
  id: string;
  updated_at: Date;
  home_store_id: string | null;
  joined_at: Date;
}

/** Whom the import made, and who of them goes. */
async function foreseeRemoved(scope: Scope, { work }: Surroundings, rows: readonly AppliedRow[], traces: Traces): Promise<(UndoneRow & { member?: Made })[]> {
  if (rows.length === 0) return [];
  const { tx, tenantId } = scope;
  const ids = uuidList(rows.flatMap((row) => row.subjectId ?? []));
  const known = new Map((await tx.rows<Made>(
    "select id, updated_at, home_store_id, joined_at from customers.member where tenant_id = $1 and id = any($2::uuid[]) and import_id = $3 and state = 'active'", [tenantId, ids, work.runId])).map((row) => [row.id, row]));
  const used = await usedMembers(scope, ids, traces);
  return rows.map((row) => {
    const member = known.get(row.subjectId ?? "");
    if (!member) return { at: row.at, undo: "kept", reasons: [reasonFor(null, "gone")] };
    const why = member.updated_at.toISOString() !== row.after?.["stamp"] ? "changed-since" : used.has(member.id) ? "used" : undefined;
    return why ? { at: row.at, undo: "kept", reasons: [reasonFor(null, why)] } : { at: row.at, undo: "removed", member };
  });
}

async function removeCreated(scope: Scope, around: Surroundings, rows: readonly AppliedRow[], traces: Traces): Promise<UndoneRow[]> {
  const foreseen = await foreseeRemoved(scope, around, rows, traces);
  const going = foreseen.flatMap(({ member }) => member ?? []);
  await forgetMembers(scope, going.map((member) => member.id));
  const members = going.map((member) => ({ memberId: member.id, storeId: member.home_store_id, joinedAt: member.joined_at.toISOString() }));
  if (members.length > 0) await publish(scope, MEMBERS_REMOVED, null, { members } satisfies MembersRemoved);
  return foreseen.map(({ member: _member, ...row }) => row);
}

/** Who left traces: an event about them, or a row of another module. Each table is asked once for the whole page. */
async function usedMembers({ tx, tenantId }: Scope, ids: Buffer, traces: Traces): Promise<Set<string>> {
  const own = ["customers.session.member_id", "customers.consent.member_id", "customers.deletion.member_id", "customers.merge.survivor_id", "customers.code_use.member_id", "customers.data_copy.member_id", "customers.message.member_id"];
  const asked = [...own, ...traces].map((trace) => {
    const [schema, table, column] = trace.split(".");
    return `select ${column} as id from ${schema}.${table} where tenant_id = $1 and ${column} = any($2::uuid[])`;
  });
  const rows = await tx.rows<{ id: string }>(
    `${asked.join(" union ")} union select subject_id::uuid from kernel.event where tenant_id = $1 and subject_id = any($2::uuid[]::text[])`, [tenantId, ids]);
  return new Set(rows.map((row) => row.id));
}

async function forgetMembers(scope: Scope, going: readonly string[]): Promise<void> {
  if (going.length === 0) return;
  const ids = uuidList(going);
  await dropCustom(scope, going);
  for (const [table, column] of [["identity", "member_id"], ["member_tag", "member_id"], ["member_address", "member_id"], ["match_card", "member_id"], ["duplicate", "a_id"], ["duplicate", "b_id"]] as const) {
    await scope.tx.rows(`delete from customers.${table} where tenant_id = $1 and ${column} = any($2::uuid[])`, [scope.tenantId, ids]);
  }
  await hollowMembers(scope, going);
}
