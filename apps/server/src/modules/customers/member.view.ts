import { uuidList } from "../../kernel/db/array.ts";
import { dayOf } from "../../kernel/days.ts";
import { forbidden, notFound } from "../../kernel/problem.ts";
import { visibleStores, type Scope } from "../../kernel/scope.ts";
import { nextBirthdayOn } from "./birthday.ts";
import type { MemberProfile } from "./member.schema.ts";
import { birthdayOf, MEMBER_COLUMNS, openPhone, type MemberRow } from "./member.row.ts";
import { maskPhone } from "./phone.ts";

/** The rows of some members, in no particular order. */
export const memberRows = (scope: Scope, ids: readonly string[]): Promise<MemberRow[]> =>
  scope.tx.rows<MemberRow>(`select ${MEMBER_COLUMNS} from customers.member m where m.tenant_id = $1 and m.id = any($2::uuid[])`, [scope.tenantId, ids]);

/** Throws `notFound` for nobody and for another tenant's member. */
export async function memberRow(scope: Scope, id: string): Promise<MemberRow> {
  const [row] = await memberRows(scope, [id]);
  if (!row) throw notFound({ detail: "No such member" });
  return row;
}

/** For changes by staff: whoever is limited to some stores may not touch members whose home is another. */
export async function memberRowInReach(scope: Scope, id: string): Promise<MemberRow> {
  const row = await memberRow(scope, id);
  const stores = visibleStores(scope.actor);
  if (stores && row.home_store_id && !stores.includes(row.home_store_id)) {
    throw forbidden({ detail: "This member's home store is outside your data scope" });
  }
  return row;
}

export async function tagsOf(scope: Scope, ids: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await scope.tx.rows<{ member_id: string; tag: string }>(
    "select member_id, tag from customers.member_tag where tenant_id = $1 and member_id = any($2::uuid[]) order by tag", [scope.tenantId, ids]);
  return new Map([...Map.groupBy(rows, (row) => row.member_id)].map(([memberId, tags]) => [memberId, tags.map((one) => one.tag)]));
}

/** Members as others may see them: the phone masked, whoever asks. The order is that of `ids`; unknown ones are left out. */
export async function getMembers(scope: Scope, ids: readonly string[]): Promise<MemberProfile[]> {
  if (ids.length === 0) return [];
  const rows = new Map((await memberRows(scope, ids)).map((row) => [row.id, row]));
  const tags = await tagsOf(scope, ids);
  return ids.flatMap((id) => {
    const row = rows.get(id);
    return row ? [profileOf(scope, row, tags.get(id) ?? [])] : [];
  });
}

/** Throws `notFound`. */
export async function getMember(scope: Scope, id: string): Promise<MemberProfile> {
  const [member] = await getMembers(scope, [id]);
  if (!member) throw notFound({ detail: "No such member" });
  return member;
}

export function profileOf(scope: Scope, row: MemberRow, tags: readonly string[]): MemberProfile {
  const birthday = birthdayOf(row);
  const phone = openPhone(scope, row);
  return {
    id: row.id, memberNo: row.member_no, name: row.name, phoneMasked: phone ? maskPhone(phone) : null, gender: row.gender, birthday,
    nextBirthdayOn: birthday ? nextBirthdayOn(birthday, dayOf(scope.now, scope.zone)) : null,
    homeStoreId: row.home_store_id, joinedAt: row.joined_at.toISOString(), joinedVia: row.joined_via, state: row.state,
    tags: [...tags], preferences: row.preferences,
  };
}

/** Names for lists of orders and the like. */
export async function memberNames(scope: Scope, ids: Iterable<string>): Promise<Map<string, string>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const rows = await scope.tx.rows<{ id: string; name: string }>(
    "select id, name from customers.member where tenant_id = $1 and id = any($2::uuid[])", [scope.tenantId, wanted]);
  return new Map(rows.map((row) => [row.id, row.name]));
}

export interface LockedMember {
  id: string;
  name: string;
  state: MemberRow["state"];
  homeStoreId: string | null;
}

/**
 * Locks members until the scope ends, in the order that everything locks in. `no key update`: it excludes other lockers, and
 * lets rows that refer to a member (timeline, tags) be written meanwhile.
 */
export async function lockMembers(scope: Scope, ids: readonly string[]): Promise<Map<string, LockedMember>> {
  const rows = await scope.tx.rows<{ id: string; name: string; state: MemberRow["state"]; home_store_id: string | null }>(
    `select id, name, state, home_store_id from customers.member
      where tenant_id = $1 and id = any($2::uuid[]) order by id for no key update`, [scope.tenantId, uuidList(ids)]);
  return new Map(rows.map(({ home_store_id, ...row }) => [row.id, { ...row, homeStoreId: home_store_id }]));
}
