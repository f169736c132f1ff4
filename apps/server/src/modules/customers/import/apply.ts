import { newId, type Scope } from "../../../kernel/scope.ts";
import type { CustomImport } from "../../objects/index.ts";
import { reasonFor, reasonOf, type AppliedRow, type PlacedRow, type RowReason } from "../../platform/index.ts";
import type { Birthday } from "../birthday.ts";
import type { MemberWrite } from "../batch.writes.ts";
import { holdersOf, type Digested } from "../identity.ts";
import { blockedAmong } from "../identity.rules.ts";
import { lockMembers } from "../member.view.ts";
import { changeMembers, createMembers, type MemberChange, type NewcomerWrite } from "../takeover.ts";
import { currentOf, isSame, shared, type Current } from "./judge.ts";
import { phonesOf } from "./phones.ts";
import { identitiesOf, type MemberValues, type Surroundings } from "./newcomer.ts";

const conflict = (field: string | null): RowReason => reasonFor(field, "changed-since-check");

interface Placed {
  row: PlacedRow;
  values: MemberValues;
  /** Those that the row brings and nobody has. */
  identities: Digested[];
  /** Somebody else's by now. */
  isTaken: boolean;
  /** Blocked by now. */
  blocked: Digested[];
}

/** Writes checked rows: new members at once, changes at once. What somebody did since the check is left alone and told. */
export async function applyRows(scope: Scope, around: Surroundings, custom: CustomImport, rows: readonly PlacedRow[]): Promise<AppliedRow[]> {
  const all = await placeRows(scope, rows);
  const placed = all.filter(({ blocked }) => blocked.length === 0);
  const refused = all.filter(({ blocked }) => blocked.length > 0).map(({ row, blocked }): AppliedRow => ({ at: row.at, outcome: "refused", reasons: blocked.map(shared) }));
  const created = await createNew(scope, around, custom, placed.filter(({ row }) => row.verdict === "new"));
  const updated = await updateKnown(scope, custom, placed.filter(({ row }) => row.verdict === "changed"));
  return [...created, ...updated, ...refused].toSorted((a, b) => a.at - b.at);
}

async function placeRows(scope: Scope, rows: readonly PlacedRow[]): Promise<Placed[]> {
  const given = rows.map((row) => identitiesOf(scope, row.after as MemberValues, row.kept));
  const [holders, blocked] = [await holdersOf(scope, given.flat()), await blockedAmong(scope, given.flat())];
  let next = 0;
  return rows.map((row, at) => {
    const held = (given[at] ?? []).map((identity) => ({ identity, holder: holders[next++] }));
    return {
      row, values: row.after as MemberValues, blocked: (given[at] ?? []).filter((one) => blocked.has(one)), identities: held.filter(({ holder }) => !holder).map(({ identity }) => identity), isTaken: held.some(({ holder }) => holder && holder !== row.subjectId),
    };
  });
}

async function createNew(scope: Scope, { work }: Surroundings, custom: CustomImport, placed: readonly Placed[]): Promise<AppliedRow[]> {
  const free = placed.filter(({ isTaken }) => !isTaken).map((one) => ({ ...one, write: newcomerWrite(scope, one, work.mapping.storeId) }));
  await createMembers(scope, free.map(({ write }) => write), "import", work.runId);
  const refused = await refusedCustom(scope, custom, free.map(({ write, values }) => ({ id: write.id, values: { ...values } })));
  const made = free.map(({ row, write }): AppliedRow => ({ at: row.at, outcome: "created", subjectId: write.id, after: { stamp: scope.now.toISOString() }, ...refused(write.id) }));
  return [...made, ...placed.filter(({ isTaken }) => isTaken).map(({ row }): AppliedRow => ({ at: row.at, outcome: "conflict", reasons: [conflict(null)] }))];
}

function newcomerWrite(scope: Scope, { values, identities }: Placed, storeId: string | null): NewcomerWrite {
  return {
    id: newId<"member">(scope), name: values.name ?? "", gender: values.gender ?? "unknown", birthday: values.birthday ?? null, phone: values.phone, storeId: values.store ?? storeId,
    joinedAt: values.joinedAt ? new Date(values.joinedAt) : scope.now, tags: values.tags ?? [], identities, ...(values.address ? { address: values.address } : {}),
  };
}

/** Own fields that were refused after all, as where another import took a value that may stand once. */
async function refusedCustom(scope: Scope, custom: CustomImport, rows: readonly { id: string; values: Readonly<Record<string, unknown>> }[]): Promise<(id: string) => { reasons?: RowReason[] }> {
  const outcomes = await custom.save(scope, rows);
  const refused = new Map(outcomes.filter((one) => one.errors.length > 0).map((one) => [one.id, one.errors.map(reasonOf)]));
  return (id) => {
    const reasons = refused.get(id);
    return reasons ? { reasons } : {};
  };
}

async function updateKnown(scope: Scope, custom: CustomImport, placed: readonly Placed[]): Promise<AppliedRow[]> {
  if (placed.length === 0) return [];
  const ids = [...new Set(placed.flatMap(({ row }) => row.subjectId ?? []))];
  await lockMembers(scope, ids);
  const current = await currentOf(scope, ids, placed.some(({ values }) => values.address !== undefined));
  const customs = await custom.values(scope, ids);
  const applied: AppliedRow[] = [];
  const fit: { one: Placed; known: Current }[] = [];
  for (const one of placed) {
    const known = current.get(one.row.subjectId ?? "");
    const now = known && { ...known.values, ...customs.get(known.row.id) };
    const moved = now && Object.keys(one.row.after).filter((key) => !isStill(key, now[key as "name"], one.row.before?.[key]));
    if (known?.row.state === "active" && !one.isTaken && moved?.length === 0) fit.push({ one, known });
    else applied.push({ at: one.row.at, outcome: "conflict", subjectId: one.row.subjectId, reasons: moved?.map((field) => conflict(field)) ?? [conflict(null)] });
  }
  const phones = await phonesOf(scope, fit.filter(({ one }) => one.values.phone !== undefined).map(({ known }) => known.row.id));
  await changeMembers(scope, fit.map(({ one, known }) => changeOf(one, known)));
  const refused = await refusedCustom(scope, custom, fit.map(({ one, known }) => ({ id: known.row.id, values: { ...one.values } })));
  return [...applied, ...fit.map(({ one: { row }, known }): AppliedRow => {
    const why = refused(known.row.id);
    const after = Object.fromEntries(Object.entries(row.after).filter(([key]) => !why.reasons || !key.startsWith("custom.")));
    const written = { at: row.at, subjectId: known.row.id, ...why };
    if (Object.keys(after).length === 0) return { ...written, outcome: "refused" };
    return { ...written, outcome: "updated", before: { ...row.before, ...(after["phone"] === undefined ? {} : { phones: phones.get(known.row.id) ?? [] }) }, after };
  })];
}

/** Cards and external ids are only added; `free` has looked after those. */
const isStill = (key: string, now: unknown, before: unknown): boolean => key === "card" || key === "externalId" || isSame(now, before);

function changeOf({ values, identities }: Placed, { row, tags, values: known }: Current): MemberChange {
  const isProfile = (["name", "gender", "birthday", "phone", "store", "tags"] as const).some((key) => values[key] !== undefined);
  const write = isProfile ? writeOf(row, { ...known, ...values }) : undefined;
  return { row, tagsBefore: tags, write, identities, ...(values.address === undefined ? {} : { address: values.address }) };
}

export const writeOf = (row: Current["row"], values: MemberValues): MemberWrite => ({
  id: row.id, name: values.name ?? "", gender: values.gender ?? "unknown", birthday: (values.birthday as Birthday | null | undefined) ?? null, phone: values.phone ?? undefined, storeId: values.store ?? null,
  joinedAt: row.joined_at, tags: values.tags ?? [],
});
