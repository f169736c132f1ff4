import type { JoinedVia } from "../../events/customers.ts";
import { booleans, bytes, instants, integers, texts, uuids } from "../../kernel/db/array.ts";
import type { Scope } from "../../kernel/scope.ts";
import { inTurns } from "../../kernel/turns.ts";
import type { Birthday } from "./birthday.ts";
import { newMemberNumber } from "./member-number.ts";
import { birthdayColumns, nameColumns, sealPhone, type Gender } from "./member.row.ts";

export interface MemberWrite {
  id: string;
  name: string;
  gender: Gender;
  birthday: Birthday | null;
  phone: string | undefined;
  storeId: string | null;
  joinedAt: Date;
  tags: readonly string[];
}

/** Arrays of arrays must be rectangular in Postgres; grams are not, and hold no line break, so they travel as lines. */
const columns = (more = "", named = "") => `unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::int[],
  $11::int[], $12::int[], $13::boolean[], $14::bytea[], $15::text[], $16::uuid[], $17::timestamptz[]${more})
  as w(id, name, name_pinyin, name_initials, grams, gender, birth_calendar, birth_year, birth_month, birth_day,
       birth_leap, phone_sealed, phone_last4, home_store_id, joined_at${named})`;

async function columnsOf(scope: Scope, writes: readonly MemberWrite[]): Promise<unknown[]> {
  const rows = await inTurns(writes, (one) => ({ ...nameColumns(one.name, one.tags), ...birthdayColumns(one.birthday), ...sealPhone(scope, one.id, one.phone), one }));
  return [
    uuids(rows, (row) => row.one.id), texts(rows, (row) => row.name), texts(rows, (row) => row.name_pinyin),
    texts(rows, (row) => row.name_initials), texts(rows, (row) => row.grams.join("\n")), texts(rows, (row) => row.one.gender),
    texts(rows, (row) => row.birth_calendar), integers(rows, (row) => row.birth_year), integers(rows, (row) => row.birth_month),
    integers(rows, (row) => row.birth_day), booleans(rows, (row) => row.birth_leap), bytes(rows, (row) => row.phone_sealed),
    texts(rows, (row) => row.phone_last4), uuids(rows, (row) => row.one.storeId), instants(rows, (row) => row.one.joinedAt),
  ];
}

const MAX_DRAWS = 10;

/** From so many rows on their search entries are merged into the index 6,000 at a time instead of 200, each of its lists opened once for all of them. */
const MANY = 200;
const mergeSeldom = (scope: Scope): Promise<unknown> => scope.tx.rows("select set_config('gin_pending_list_limit', '8192', true), set_config('work_mem', '64MB', true)", []);

/**
 * A member number is drawn and not looked up: each member takes one in eight hundred million, so among a million members one or two of
 * a thousand are somebody's already, and are drawn again.
 */
export async function insertMembers(scope: Scope, writes: readonly MemberWrite[], via: JoinedVia, importId: string | null = null): Promise<void> {
  let left = writes;
  if (writes.length >= MANY) await mergeSeldom(scope);
  for (let draw = 0; left.length > 0; draw++) {
    if (draw === MAX_DRAWS) throw new Error("No free member numbers found");
    const added = await scope.tx.rows<{ id: string }>(
      `insert into customers.member (tenant_id, id, member_no, name, name_pinyin, name_initials, grams, gender, birth_calendar, birth_year,
              birth_month, birth_day, birth_leap, phone_sealed, phone_last4, home_store_id, joined_at, joined_via, updated_at, import_id)
       select $1, id, member_no, name, name_pinyin, name_initials, string_to_array(grams, chr(10)), gender, birth_calendar, birth_year,
              birth_month, birth_day, birth_leap, phone_sealed, phone_last4, home_store_id, joined_at, $19, $2, $20
         from ${columns(", $18::text[]", ", member_no")}
       on conflict (tenant_id, member_no) do nothing returning id`,
      [scope.tenantId, scope.now, ...await columnsOf(scope, left), texts(left, () => newMemberNumber(scope.random)), via, importId]);
    const isIn = new Set(added.map((row) => row.id));
    left = left.filter((one) => !isIn.has(one.id));
  }
}

export async function updateMembers(scope: Scope, writes: readonly MemberWrite[]): Promise<void> {
  if (writes.length === 0) return;
  await scope.tx.rows(
    `update customers.member m
        set name = w.name, name_pinyin = w.name_pinyin, name_initials = w.name_initials, grams = string_to_array(w.grams, chr(10)),
            gender = w.gender, birth_calendar = w.birth_calendar, birth_year = w.birth_year, birth_month = w.birth_month,
            birth_day = w.birth_day, birth_leap = w.birth_leap, phone_sealed = w.phone_sealed, phone_last4 = w.phone_last4,
            home_store_id = w.home_store_id, updated_at = $2
       from ${columns()}
      where m.tenant_id = $1 and m.id = w.id`,
    [scope.tenantId, scope.now, ...await columnsOf(scope, writes)]);
}
