import type { JoinedVia } from "../../events/customers.ts";
import type { Scope } from "../../kernel/scope.ts";
import type { Birthday } from "./birthday.ts";
import { overtaken } from "./identity.ts";
import { birthdayColumns, nameColumns, sealPhone, type Gender } from "./member.row.ts";

export interface MemberWrite {
  id: string;
  memberNo: string;
  name: string;
  gender: Gender;
  birthday: Birthday | null;
  phone: string | undefined;
  storeId: string | null;
  joinedAt: Date;
  tags: readonly string[];
}

/** Arrays of arrays must be rectangular in Postgres; grams are not, and hold no line break, so they travel as lines. */
const COLUMNS = `unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::smallint[],
  $12::smallint[], $13::smallint[], $14::boolean[], $15::bytea[], $16::text[], $17::uuid[], $18::timestamptz[])
  as w(id, member_no, name, name_pinyin, name_initials, grams, gender, birth_calendar, birth_year,
       birth_month, birth_day, birth_leap, phone_sealed, phone_last4, home_store_id, joined_at)`;

function columnsOf(scope: Scope, writes: readonly MemberWrite[]): unknown[] {
  const rows = writes.map((one) => ({
    ...nameColumns(one.name, one.tags), ...birthdayColumns(one.birthday), ...sealPhone(scope, one.id, one.phone), one,
  }));
  return [
    rows.map((row) => row.one.id), rows.map((row) => row.one.memberNo), rows.map((row) => row.name), rows.map((row) => row.name_pinyin),
    rows.map((row) => row.name_initials), rows.map((row) => row.grams.join("\n")), rows.map((row) => row.one.gender),
    rows.map((row) => row.birth_calendar), rows.map((row) => row.birth_year), rows.map((row) => row.birth_month), rows.map((row) => row.birth_day),
    rows.map((row) => row.birth_leap), rows.map((row) => row.phone_sealed), rows.map((row) => row.phone_last4), rows.map((row) => row.one.storeId),
    rows.map((row) => row.one.joinedAt),
  ];
}

/** A number that another request drew at this moment is theirs: then this transaction is run again, and draws again. */
export async function insertMembers(scope: Scope, writes: readonly MemberWrite[], via: JoinedVia): Promise<void> {
  if (writes.length === 0) return;
  const added = await scope.tx.rows(
    `insert into customers.member (tenant_id, id, member_no, name, name_pinyin, name_initials, grams, gender, birth_calendar, birth_year,
            birth_month, birth_day, birth_leap, phone_sealed, phone_last4, home_store_id, joined_at, joined_via, updated_at)
     select $1, id, member_no, name, name_pinyin, name_initials, string_to_array(grams, chr(10)), gender, birth_calendar, birth_year,
            birth_month, birth_day, birth_leap, phone_sealed, phone_last4, home_store_id, joined_at, $19, $2
       from ${COLUMNS}
     on conflict (tenant_id, member_no) do nothing returning 1`,
    [scope.tenantId, scope.now, ...columnsOf(scope, writes), via]);
  if (added.length < writes.length) throw overtaken("the same member number");
}

export async function updateMembers(scope: Scope, writes: readonly MemberWrite[]): Promise<void> {
  if (writes.length === 0) return;
  await scope.tx.rows(
    `update customers.member m
        set name = w.name, name_pinyin = w.name_pinyin, name_initials = w.name_initials, grams = string_to_array(w.grams, chr(10)),
            gender = w.gender, birth_calendar = w.birth_calendar, birth_year = w.birth_year, birth_month = w.birth_month,
            birth_day = w.birth_day, birth_leap = w.birth_leap, phone_sealed = w.phone_sealed, phone_last4 = w.phone_last4,
            home_store_id = w.home_store_id, updated_at = $2
       from ${COLUMNS}
      where m.tenant_id = $1 and m.id = w.id`,
    [scope.tenantId, scope.now, ...columnsOf(scope, writes)]);
}
