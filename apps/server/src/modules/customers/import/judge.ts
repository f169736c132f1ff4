import { integers, textList, texts } from "../../../kernel/db/array.ts";
import type { Scope } from "../../../kernel/scope.ts";
import { reasonFor, type CheckedRow, type FieldValues, type RowReason } from "../../platform/index.ts";
import { addressesOf } from "../address.ts";
import type { Birthday } from "../birthday.ts";
import { holdersOf, type Identity } from "../identity.ts";
import { blockedAmong } from "../identity.rules.ts";
import { birthdayOf, openPhone, type MemberRow } from "../member.row.ts";
import { memberRows, tagsOf } from "../member.view.ts";
import { maskPhone } from "../phone.ts";
import type { CustomImport } from "../../objects/index.ts";
import type { MemberValues, Newcomer, Surroundings } from "./newcomer.ts";

const KIND_FIELDS = { external: "externalId", phone: "phone", card: "card" } as const;
const fieldOf = ({ kind }: Identity): "externalId" | "phone" | "card" => KIND_FIELDS[kind as keyof typeof KIND_FIELDS];
/** Why a value that recognises nobody is not taken: somebody blocked it, or everybody types it. */
export const shared = (identity: Identity): RowReason => reasonFor(fieldOf(identity), "shared", identity.value);

/** A member as the fields of an import show them. */
export interface Current {
  row: MemberRow;
  tags: readonly string[];
  values: MemberValues;
}

/** Members with the values that an import could change; addresses only where the file has some. */
export async function currentOf(scope: Scope, ids: readonly string[], hasAddress: boolean): Promise<Map<string, Current>> {
  if (ids.length === 0) return new Map();
  const [rows, tags, addresses] = [await memberRows(scope, ids), await tagsOf(scope, ids), hasAddress ? await addressesOf(scope, ids) : new Map<string, string>()];
  return new Map(rows.map((row) => {
    const [phone, birthday, address] = [openPhone(scope, row), birthdayOf(row), addresses.get(row.id)];
    const mine = tags.get(row.id) ?? [];
    const values: MemberValues = {
      ...(row.name === "" ? {} : { name: row.name }), ...(phone ? { phone } : {}), ...(row.gender === "unknown" ? {} : { gender: row.gender }), ...(birthday ? { birthday } : {}),
      ...(row.home_store_id ? { store: row.home_store_id } : {}), ...(mine.length > 0 ? { tags: mine } : {}), ...(address ? { address } : {}),
    };
    return [row.id, { row, tags: mine, values }];
  }));
}

interface Recognised {
  row: Newcomer;
  subjectId: string | undefined;
  /** Which of the identities are nobody's yet. */
  free: ReadonlySet<string>;
  reasons: RowReason[];
}

/** Judges rows against the members there are, a handful of statements for all of them. */
export async function judgeNewcomers(scope: Scope, around: Surroundings, custom: CustomImport, rows: readonly Newcomer[]): Promise<CheckedRow[]> {
  const { mapping } = around.work;
  const recognised = await recognise(scope, around, rows);
  const current = await currentOf(scope, recognised.flatMap((one) => one.subjectId ?? []), mapping.columns.some((column) => column.field === "address"));
  const likely = mapping.onLikely === "skip" && mapping.onNew === "create" ? await namesakes(scope, recognised.filter((one) => !one.subjectId && one.reasons.length === 0)) : new Map<Newcomer, Namesake>();
  const customs = await custom.judge(scope, recognised.map(({ row, subjectId }) => ({ id: subjectId, values: row.values })));
  return recognised.map((one, at): CheckedRow => {
    const known = one.subjectId ? current.get(one.subjectId) : undefined;
    const own = customs[at] ?? { reasons: [], before: {}, after: {} };
    const reasons = [...one.reasons, ...own.reasons, ...(known ? reachReasons(around, known) : [])];
    const { line, values } = one.row;
    const title = values.name ?? known?.row.name ?? (values.phone ? maskPhone(values.phone) : values.card ?? values.externalId ?? "");
    if (reasons.length > 0) return { line, verdict: "error", title, subjectId: one.subjectId, after: {}, reasons };
    if (known) return { line, title, subjectId: known.row.id, reasons: [], ...changesOf(one, known, mapping.onMatch, own) };
    if (mapping.onNew === "skip") return { line, verdict: "skipped", title, after: {}, reasons: [reasonFor(null, "not-known")] };
    const twin = likely.get(one.row);
    if (twin) return { line, verdict: "duplicate", title, subjectId: twin.id, after: {}, reasons: [reasonFor(null, "likely-same", twin.memberNo)] };
    const { memberNo, ...rest } = values;
    return memberNo ? { line, verdict: "error", title, after: {}, reasons: [reasonFor("memberNo", "unknown-member", memberNo)] } : { line, verdict: "new", title, after: { ...rest, ...own.after }, reasons: [], kept: one.row.identities.map(({ digest }) => digest.toString("base64")) };
  });
}

async function recognise(scope: Scope, { work }: Surroundings, rows: readonly Newcomer[]): Promise<Recognised[]> {
  const identities = rows.flatMap((row) => row.identities);
  const [holders, blocked] = [await holdersOf(scope, identities), await blockedAmong(scope, identities)];
  const byNo = await membersByNo(scope, rows.flatMap((row) => row.values.memberNo ?? []));
  let next = 0;
  return rows.map((row) => {
    const held = new Map<string, string | undefined>(row.identities.map((one) => [fieldOf(one), holders[next++]]));
    if (row.values.memberNo) held.set("memberNo", byNo.get(row.values.memberNo));
    const subjectId = work.mapping.identifyBy.map((field) => held.get(field)).find(Boolean);
    const taken = [...held].filter(([, holder]) => holder && holder !== subjectId)
      .map(([field]) => reasonFor(field, "taken", row.values[field as "phone"] ?? null));
    const ofNobody = row.identities.filter((one) => blocked.has(one));
    const reasons = ofNobody.length > 0 ? ofNobody.map(shared) : taken;
    return { row, subjectId, reasons, free: new Set([...held].filter(([, holder]) => !holder).map(([field]) => field)) };
  });
}

export async function membersByNo({ tx, tenantId }: Scope, numbers: readonly string[]): Promise<Map<string, string>> {
  if (numbers.length === 0) return new Map();
  const rows = await tx.rows<{ id: string; member_no: string }>(
    "select coalesce(merged_into, id) as id, member_no from customers.member where tenant_id = $1 and member_no = any($2::text[])", [tenantId, textList(numbers)]);
  return new Map(rows.map((row) => [row.member_no, row.id]));
}

function reachReasons({ reach }: Surroundings, { row }: Current): RowReason[] {
  if (row.state !== "active") return [reasonFor(null, "not-active")];
  return reach && row.home_store_id && !reach.includes(row.home_store_id) ? [reasonFor(null, "out-of-reach")] : [];
}

const MERGED = ["name", "phone", "gender", "birthday", "store", "address"] as const;

/** What of a row is another way than what is known. Tags and further cards are added, when somebody joined is never changed. */
function changesOf({ row, free }: Recognised, { values: known }: Current, onMatch: "update" | "fill" | "skip", own: { before: FieldValues; after: FieldValues }): Pick<CheckedRow, "verdict" | "before" | "after"> {
  if (onMatch === "skip") return { verdict: "skipped", after: {} };
  const [before, after]: [Record<string, unknown>, Record<string, unknown>] = [{ ...own.before }, { ...own.after }];
  if (onMatch === "fill") for (const key of Object.keys(after)) if (before[key] !== null && before[key] !== undefined) { delete before[key]; delete after[key]; }
  const put = (key: string, from: unknown, to: unknown) => { [before[key], after[key]] = [from ?? null, to]; };
  for (const key of MERGED) {
    const [from, to] = [known[key], row.values[key]];
    if (to === undefined || isSame(from, to) || isDayOf(from, to) || (onMatch === "fill" && from !== undefined)) continue;
    put(key, from, to);
  }
  for (const key of ["card", "externalId"] as const) if (row.values[key] !== undefined && free.has(key)) put(key, undefined, row.values[key]);
  const tags = (row.values.tags ?? []).filter((tag) => !known.tags?.includes(tag));
  if (tags.length > 0) put("tags", known.tags, [...known.tags ?? [], ...tags]);
  return Object.keys(after).length === 0 ? { verdict: "unchanged", after: {} } : { verdict: "changed", before, after };
}

/** Birthdays are the same whatever the order of their parts. */
export function isSame(a: unknown, b: unknown): boolean {
  const parts = (value: unknown) => (typeof value === "object" && value !== null && "calendar" in value ? Object.values(pickBirthday(value as Birthday)) : value ?? null);
  return JSON.stringify(parts(a)) === JSON.stringify(parts(b));
}
const pickBirthday = ({ calendar, year, month, day, leap }: Birthday) => ({ calendar, year: year ?? null, month, day, leap: leap ?? false });

/** A day without a year takes no year away that is known. */
const isDayOf = (known: unknown, said: unknown): boolean =>
  typeof known === "object" && typeof said === "object" && said !== null && "calendar" in said && (said as Birthday).year === undefined && isSame({ ...known, year: undefined }, said);

interface Namesake {
  id: string;
  memberNo: string;
}

/** Members with the same name and birthday as a row that would make a new one. */
async function namesakes({ tx, tenantId }: Scope, rows: readonly Recognised[]): Promise<Map<Newcomer, Namesake>> {
  const asked = rows.flatMap(({ row }) => (row.values.name && row.values.birthday ? [{ row, name: row.values.name, birthday: row.values.birthday }] : []));
  if (asked.length === 0) return new Map();
  // Row by row through the index of names: joined otherwise, every page would read all members.
  const found = await tx.rows<{ place: number; id: string; member_no: string }>(
    `select s.place, t.id, t.member_no from unnest($2::text[], $3::int[], $4::int[], $5::int[]) with ordinality as s(name, year, month, day, place)
      cross join lateral (select m.id, m.member_no from customers.member m
        where m.tenant_id = $1 and m.name = s.name and m.birth_month = s.month and m.birth_day = s.day
          and m.birth_calendar = 'solar' and m.state in ('active', 'frozen') and (m.birth_year is null or m.birth_year = s.year) limit 1) t`,
    [tenantId, texts(asked, (one) => one.name), integers(asked, (one) => one.birthday.year ?? null), integers(asked, (one) => one.birthday.month), integers(asked, (one) => one.birthday.day)]);
  return new Map(found.flatMap(({ place, id, member_no: memberNo }): [Newcomer, Namesake][] => {
    const row = asked[place - 1]?.row;
    return row ? [[row, { id, memberNo }]] : [];
  }));
}
