import { MEMBERS_REMOVED, type MembersRemoved } from "../../../events/customers.ts";
import { uuidList } from "../../../kernel/db/array.ts";
import { publish } from "../../../kernel/events.ts";
import type { Scope } from "../../../kernel/scope.ts";
import { dropCustom, type CustomImport } from "../../objects/index.ts";
import type { AppliedRow, RowReason, UndoneRow } from "../../platform/index.ts";
import { setAddresses } from "../address.ts";
import { hollowMembers } from "../hollow.ts";
import { digested } from "../identity.ts";
import { lockMembers } from "../member.view.ts";
import { changeMembers, type MemberChange } from "../takeover.ts";
import { writeOf } from "./apply.ts";
import { currentOf, isSame, type Current } from "./judge.ts";
import type { MemberValues, Surroundings } from "./newcomer.ts";

/** Tables of other modules whose rows tell that something happened to a member: `schema.table.column`. */
export type Traces = readonly string[];

const WHY: Readonly<Record<string, string>> = {
  "changed-since": "was changed since the import", used: "has orders, points or something else since the import", gone: "is gone or was merged",
};
const reason = (field: string | null, code: string): RowReason => ({ column: null, field, code, message: WHY[code] ?? code, value: null });

/** Takes members back whom the import made and nobody has touched since, and gives the others' values back where they are still the import's. */
export async function undoRows(scope: Scope, around: Surroundings, custom: CustomImport, rows: readonly AppliedRow[], traces: Traces): Promise<UndoneRow[]> {
  const ids = rows.flatMap((row) => row.subjectId ?? []);
  await lockMembers(scope, ids);
  const removed = await removeCreated(scope, around, rows.filter((row) => row.outcome === "created"), traces);
  return [...removed, ...await restoreUpdated(scope, custom, rows.filter((row) => row.outcome === "updated"))];
}

async function removeCreated(scope: Scope, { work }: Surroundings, rows: readonly AppliedRow[], traces: Traces): Promise<UndoneRow[]> {
  if (rows.length === 0) return [];
  const { tx, tenantId } = scope;
  const ids = uuidList(rows.flatMap((row) => row.subjectId ?? []));
  const known = new Map((await tx.rows<{ id: string; updated_at: Date; home_store_id: string | null; joined_at: Date }>(
    "select id, updated_at, home_store_id, joined_at from customers.member where tenant_id = $1 and id = any($2::uuid[]) and import_id = $3 and state = 'active'", [tenantId, ids, work.runId])).map((row) => [row.id, row]));
  const used = await usedMembers(scope, ids, traces);
  const undone = rows.map((row): UndoneRow & { id: string } => {
    const id = row.subjectId ?? "";
    const member = known.get(id);
    const why = !member ? "gone" : member.updated_at.toISOString() !== row.after?.["stamp"] ? "changed-since" : used.has(id) ? "used" : undefined;
    return why ? { id, at: row.at, undo: "kept", reasons: [reason(null, why)] } : { id, at: row.at, undo: "removed" };
  });
  const going = undone.filter((row) => row.undo === "removed").map((row) => row.id);
  await forgetMembers(scope, going);
  const members = going.flatMap((id) => {
    const member = known.get(id);
    return member ? [{ memberId: id, storeId: member.home_store_id, joinedAt: member.joined_at.toISOString() }] : [];
  });
  if (members.length > 0) await publish(scope, MEMBERS_REMOVED, null, { members } satisfies MembersRemoved);
  return undone.map(({ id: _id, ...row }) => row);
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

async function restoreUpdated(scope: Scope, custom: CustomImport, rows: readonly AppliedRow[]): Promise<UndoneRow[]> {
  if (rows.length === 0) return [];
  const ids = rows.flatMap((row) => row.subjectId ?? []);
  const current = await currentOf(scope, ids, rows.some((row) => row.after && "address" in row.after));
  const customs = await custom.values(scope, ids);
  const held = await identitiesHeld(scope, rows);
  const plans = rows.map((row) => planOf(row, current.get(row.subjectId ?? ""), customs.get(row.subjectId ?? "") ?? {}, held));
  const fit = plans.flatMap((plan) => (plan.known && plan.back.length > 0 ? [{ ...plan, known: plan.known }] : []));
  await dropAdded(scope, fit.flatMap(({ row, back }) => back.flatMap((key) => addedIdentity(scope, row, key))));
  await changeMembers(scope, fit.map(({ row, known, back }) => changeBack(scope, row, known, back)));
  await dropTags(scope, fit.flatMap(({ row, back }) => (back.includes("tags") ? addedTags(row).map((tag) => ({ memberId: row.subjectId ?? "", tag })) : [])));
  await setAddresses(scope, fit.filter(({ back }) => back.includes("address")).map(({ row }) => ({ memberId: row.subjectId ?? "", address: String(row.before?.["address"] ?? "") })));
  await custom.save(scope, fit.map(({ row, back }) => ({ id: row.subjectId ?? "", values: Object.fromEntries(back.filter((key) => key.startsWith("custom.")).map((key) => [key, row.before?.[key] ?? null])) })));
  return plans.map(({ row, known, back, left }) => ({
    at: row.at, undo: back.length === 0 ? "kept" : left.length > 0 ? "partly" : "restored",
    ...(left.length > 0 ? { reasons: left.map((field) => reason(field, known ? "changed-since" : "gone")) } : {}),
  }));
}

interface Plan {
  row: AppliedRow;
  known: Current | undefined;
  /** Fields that are still as the import wrote them. */
  back: string[];
  left: string[];
}

function planOf(row: AppliedRow, known: Current | undefined, own: Readonly<Record<string, unknown>>, held: ReadonlySet<string>): Plan {
  const keys = Object.keys(row.after ?? {});
  if (!known || known.row.state !== "active") return { row, known: undefined, back: [], left: keys };
  const now: Readonly<Record<string, unknown>> = { ...known.values, ...own };
  const back = keys.filter((key) => {
    if (key === "tags") return addedTags(row).some((tag) => known.tags.includes(tag));
    if (key === "card" || key === "externalId") return held.has(`${row.subjectId} ${key}`);
    return isSame(now[key], row.after?.[key]);
  });
  return { row, known, back, left: keys.filter((key) => !back.includes(key)) };
}

const addedTags = ({ before, after }: AppliedRow): string[] => {
  const had = new Set((before?.["tags"] as string[] | undefined) ?? []);
  return ((after?.["tags"] as string[] | undefined) ?? []).filter((tag) => !had.has(tag));
};

const KINDS = { card: "card", externalId: "external" } as const;

function addedIdentity(scope: Scope, { after, subjectId }: AppliedRow, key: string): { memberId: string; digest: Buffer }[] {
  if (key !== "card" && key !== "externalId") return [];
  return [{ memberId: subjectId ?? "", digest: digested(scope, { kind: KINDS[key], value: String(after?.[key]) }).digest }];
}

/** Which of the cards and external ids that the import added are still those members'. */
async function identitiesHeld(scope: Scope, rows: readonly AppliedRow[]): Promise<Set<string>> {
  const added = rows.flatMap((row) => (["card", "externalId"] as const).flatMap((key) => (row.after?.[key] === undefined ? [] : addedIdentity(scope, row, key).map((one) => ({ ...one, key })))));
  if (added.length === 0) return new Set();
  const found = await scope.tx.rows<{ member_id: string; digest: Buffer }>(
    "select member_id, digest from customers.identity where tenant_id = $1 and kind in ('card', 'external') and digest = any($2::bytea[])", [scope.tenantId, added.map((one) => one.digest)]);
  const holders = new Set(found.map((row) => `${row.member_id} ${row.digest.toString("hex")}`));
  return new Set(added.filter((one) => holders.has(`${one.memberId} ${one.digest.toString("hex")}`)).map((one) => `${one.memberId} ${one.key}`));
}

async function dropAdded(scope: Scope, added: readonly { memberId: string; digest: Buffer }[]): Promise<void> {
  if (added.length === 0) return;
  await scope.tx.rows("delete from customers.identity where tenant_id = $1 and kind in ('card', 'external') and digest = any($2::bytea[]) and member_id = any($3::uuid[])",
    [scope.tenantId, added.map((one) => one.digest), added.map((one) => one.memberId)]);
}

async function dropTags(scope: Scope, tags: readonly { memberId: string; tag: string }[]): Promise<void> {
  if (tags.length === 0) return;
  await scope.tx.rows("delete from customers.member_tag t using unnest($2::uuid[], $3::text[]) as g(member_id, tag) where t.tenant_id = $1 and t.member_id = g.member_id and t.tag = g.tag",
    [scope.tenantId, tags.map((one) => one.memberId), tags.map((one) => one.tag)]);
}

function changeBack(scope: Scope, row: AppliedRow, { row: member, tags, values }: Current, back: readonly string[]): MemberChange {
  const was = Object.fromEntries(back.filter((key) => key in WRITTEN).map((key) => [key, row.before?.[key] ?? undefined])) as MemberValues;
  if (Object.keys(was).length === 0) return { row: member, tagsBefore: tags, write: undefined, identities: [] };
  const added = new Set(back.includes("tags") ? addedTags(row) : []);
  const write = writeOf(member, { ...values, ...was, tags: tags.filter((tag) => !added.has(tag)) });
  return { row: member, tagsBefore: tags, write, identities: back.includes("phone") && write.phone ? [digested(scope, { kind: "phone", value: write.phone })] : [] };
}

const WRITTEN = { name: true, gender: true, birthday: true, phone: true, store: true, tags: true } as const;
