import { bytes } from "../../../kernel/db/array.ts";
import type { Scope } from "../../../kernel/scope.ts";
import type { CustomImport } from "../../objects/index.ts";
import { reasonFor, reasonOf, type AppliedRow, type RowReason, type UndoneRow } from "../../platform/index.ts";
import { setAddresses } from "../address.ts";
import { digested, holdersOf } from "../identity.ts";
import { changeMembers, type MemberChange } from "../takeover.ts";
import { writeOf } from "./apply.ts";
import { currentOf, isSame, type Current } from "./judge.ts";
import type { MemberValues } from "./newcomer.ts";
import { givePhonesBack } from "./phones.ts";

interface Plan {
  row: AppliedRow;
  known: Current | undefined;
  /** Fields that go back. */
  back: readonly string[];
  /** Why others do not. */
  left: readonly RowReason[];
}

export const foreseeRestored = async (scope: Scope, custom: CustomImport, rows: readonly AppliedRow[]): Promise<UndoneRow[]> => (await plansFor(scope, custom, rows)).map(undoneAs);

const undoneAs = ({ row, back, left }: Plan): UndoneRow =>
  ({ at: row.at, undo: back.length === 0 ? "kept" : left.length > 0 ? "partly" : "restored", ...(left.length > 0 ? { reasons: [...left] } : {}) });

export async function restoreUpdated(scope: Scope, custom: CustomImport, rows: readonly AppliedRow[]): Promise<UndoneRow[]> {
  const plans = await plansFor(scope, custom, rows);
  const fit = plans.flatMap((plan) => (plan.known && plan.back.length > 0 ? [{ ...plan, known: plan.known }] : []));
  await dropAdded(scope, fit.flatMap(({ row, back }) => back.flatMap((key) => addedIdentity(scope, row, key))));
  await changeMembers(scope, fit.map(({ row, known, back }) => changeBack(row, known, back)));
  await givePhonesBack(scope, fit.filter(({ back }) => back.includes("phone")).map(({ row }) => row));
  await dropTags(scope, fit.flatMap(({ row, back }) => (back.includes("tags") ? addedTags(row).map((tag) => ({ memberId: row.subjectId ?? "", tag })) : [])));
  await setAddresses(scope, fit.filter(({ back }) => back.includes("address")).map(({ row }) => ({ memberId: row.subjectId ?? "", address: String(row.before?.["address"] ?? "") })));
  await custom.save(scope, fit.map((plan) => customBack(plan)));
  return plans.map(undoneAs);
}

/** What each row would get back as things are now, and what not: it is asked before anything is written, because one refusal in a statement stops all of its rows. */
async function plansFor(scope: Scope, custom: CustomImport, rows: readonly AppliedRow[]): Promise<Plan[]> {
  if (rows.length === 0) return [];
  const ids = rows.flatMap((row) => row.subjectId ?? []);
  const current = await currentOf(scope, ids, rows.some((row) => row.after && "address" in row.after));
  const customs = await custom.values(scope, ids);
  const held = await identitiesHeld(scope, rows);
  const plans = rows.map((row) => planOf(row, current.get(row.subjectId ?? ""), customs.get(row.subjectId ?? "") ?? {}, held));
  return withoutRefused(scope, custom, await withoutTakenPhones(scope, plans));
}

function planOf(row: AppliedRow, known: Current | undefined, own: Readonly<Record<string, unknown>>, held: ReadonlySet<string>): Plan {
  const keys = Object.keys(row.after ?? {});
  if (!known || known.row.state !== "active") return { row, known: undefined, back: [], left: keys.map((key) => reasonFor(key, "gone")) };
  const now: Readonly<Record<string, unknown>> = { ...known.values, ...own };
  const back = keys.filter((key) => {
    if (key === "tags") return addedTags(row).some((tag) => known.tags.includes(tag));
    if (key === "card" || key === "externalId") return held.has(`${row.subjectId} ${key}`);
    return isSame(now[key], row.after?.[key]);
  });
  return { row, known, back, left: keys.filter((key) => !back.includes(key)).map((key) => reasonFor(key, "changed-since")) };
}

/** A phone that the import replaced may be somebody else's by now. */
async function withoutTakenPhones(scope: Scope, plans: readonly Plan[]): Promise<Plan[]> {
  const asked = plans.filter(({ row, back }) => back.includes("phone") && row.before?.["phone"]);
  const holders = await holdersOf(scope, asked.map(({ row }) => digested(scope, { kind: "phone", value: String(row.before?.["phone"]) })));
  const taken = new Set(asked.filter(({ row }, at) => holders[at] && holders[at] !== row.subjectId));
  return plans.map((plan) => (taken.has(plan) ? leaving(plan, ["phone"], [reasonFor("phone", "taken-since")]) : plan));
}

/** Own fields whose former value is no longer taken, as where another member has one that may stand once. */
async function withoutRefused(scope: Scope, custom: CustomImport, plans: readonly Plan[]): Promise<Plan[]> {
  const refusals = await custom.refusals(scope, plans.map(customBack));
  return plans.map((plan, at) => {
    const errors = refusals[at] ?? [];
    return errors.length === 0 ? plan : leaving(plan, plan.back.filter((key) => key.startsWith("custom.")), errors.map(reasonOf));
  });
}

const leaving = (plan: Plan, keys: readonly string[], why: readonly RowReason[]): Plan => ({ ...plan, back: plan.back.filter((key) => !keys.includes(key)), left: [...plan.left, ...why] });

const customBack = ({ row, back }: Plan): { id: string; values: Record<string, unknown> } =>
  ({ id: row.subjectId ?? "", values: Object.fromEntries(back.filter((key) => key.startsWith("custom.")).map((key) => [key, row.before?.[key] ?? null])) });

const addedTags = ({ before, after }: AppliedRow): string[] => {
  const had = new Set((before?.["tags"] as string[] | undefined) ?? []);
  return ((after?.["tags"] as string[] | undefined) ?? []).filter((tag) => !had.has(tag));
};

const KINDS = { card: "card", externalId: "external", phone: "phone" } as const;

function addedIdentity(scope: Scope, { after, subjectId }: AppliedRow, key: string): { memberId: string; digest: Buffer }[] {
  if (key !== "card" && key !== "externalId" && key !== "phone") return [];
  return [{ memberId: subjectId ?? "", digest: digested(scope, { kind: KINDS[key], value: String(after?.[key]) }).digest }];
}

/** Which of the cards and external ids that the import added are still those members'. */
async function identitiesHeld(scope: Scope, rows: readonly AppliedRow[]): Promise<Set<string>> {
  const added = rows.flatMap((row) => (["card", "externalId"] as const).flatMap((key) => (row.after?.[key] === undefined ? [] : addedIdentity(scope, row, key).map((one) => ({ ...one, key })))));
  if (added.length === 0) return new Set();
  const found = await scope.tx.rows<{ member_id: string; digest: Buffer }>(
    "select member_id, digest from customers.identity where tenant_id = $1 and kind in ('card', 'external') and digest = any($2::bytea[])", [scope.tenantId, bytes(added, (one) => one.digest)]);
  const holders = new Set(found.map((row) => `${row.member_id} ${row.digest.toString("hex")}`));
  return new Set(added.filter((one) => holders.has(`${one.memberId} ${one.digest.toString("hex")}`)).map((one) => `${one.memberId} ${one.key}`));
}

async function dropAdded(scope: Scope, added: readonly { memberId: string; digest: Buffer }[]): Promise<void> {
  if (added.length === 0) return;
  await scope.tx.rows("delete from customers.identity where tenant_id = $1 and kind in ('card', 'external', 'phone') and digest = any($2::bytea[]) and member_id = any($3::uuid[])",
    [scope.tenantId, bytes(added, (one) => one.digest), added.map((one) => one.memberId)]);
}

async function dropTags(scope: Scope, tags: readonly { memberId: string; tag: string }[]): Promise<void> {
  if (tags.length === 0) return;
  await scope.tx.rows("delete from customers.member_tag t using unnest($2::uuid[], $3::text[]) as g(member_id, tag) where t.tenant_id = $1 and t.member_id = g.member_id and t.tag = g.tag",
    [scope.tenantId, tags.map((one) => one.memberId), tags.map((one) => one.tag)]);
}

function changeBack(row: AppliedRow, { row: member, tags, values }: Current, back: readonly string[]): MemberChange {
  const was = Object.fromEntries(back.filter((key) => key in WRITTEN).map((key) => [key, row.before?.[key] ?? undefined])) as MemberValues;
  if (Object.keys(was).length === 0) return { row: member, tagsBefore: tags, write: undefined, identities: [] };
  const added = new Set(back.includes("tags") ? addedTags(row) : []);
  return { row: member, tagsBefore: tags, write: writeOf(member, { ...values, ...was, tags: tags.filter((tag) => !added.has(tag)) }), identities: [] };
}

const WRITTEN = { name: true, gender: true, birthday: true, phone: true, store: true, tags: true } as const;
