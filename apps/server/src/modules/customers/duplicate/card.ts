import { bigints, texts, uuidList, uuids } from "../../../kernel/db/array.ts";
import type { Scope } from "../../../kernel/scope.ts";
import { addressesOf } from "../address.ts";
import { birthdayOf, openPhone, type BirthdayColumns, type MemberRow } from "../member.row.ts";
import { blockingKeys } from "./blocking.ts";
import { featuresOf, type Features } from "./person.ts";

type Row = Pick<MemberRow, "id" | "name" | "gender" | "phone_sealed"> & BirthdayColumns & { name_pinyin: string; name_initials: string };

/** What members are compared by. */
export async function featuresOfMembers(scope: Scope, memberIds: readonly string[]): Promise<Map<string, Features>> {
  const rows = await scope.tx.rows<Row>(
    `select m.id, m.name, m.gender, m.phone_sealed, m.birth_calendar, m.birth_year, m.birth_month, m.birth_day, m.birth_leap, m.name_pinyin, m.name_initials
       from customers.member m where m.tenant_id = $1 and m.id = any($2::uuid[]) and m.state in ('active', 'frozen')`, [scope.tenantId, uuidList(memberIds)]);
  const addresses = await addressesOf(scope, memberIds);
  return new Map(rows.map((row) => {
    const phone = openPhone(scope, row);
    return [row.id, featuresOf({ name: row.name, gender: row.gender, birthday: birthdayOf(row), phones: phone ? [phone] : [], address: addresses.get(row.id) ?? null },
      { pinyin: row.name_pinyin, initials: row.name_initials })];
  }));
}

/** Writes the cards of members: their keys, and the key of their name by which namesakes are counted. */
export async function writeCards(scope: Scope, memberIds: readonly string[]): Promise<void> {
  const hash = keyedHash(scope);
  const cards = [...(await featuresOfMembers(scope, memberIds))].map(([id, features]) => ({
    id, name: features.spelled === "" ? null : hash(features.spelled),
    keys: [...new Set(blockingKeys(features).map(({ text, isForFew }) => (isForFew ? -hash(text) : hash(text))))].join(","),
  }));
  await scope.tx.rows(
    `insert into customers.match_card (tenant_id, member_id, keys, name_key, at)
     select $1, id, string_to_array(keys, ',')::bigint[], name, $2 from unnest($3::uuid[], $4::text[], $5::bigint[]) as c(id, keys, name)
     on conflict (tenant_id, member_id) do update set keys = excluded.keys, name_key = excluded.name_key, at = excluded.at`,
    [scope.tenantId, scope.now, uuids(cards, (one) => one.id), texts(cards, (one) => one.keys), bigints(cards, (one) => one.name)]);
}

export type KeyedHash = (text: string) => number;

/**
 * 53 bits, mixed with a secret of the tenant: phones stand in these keys, and eleven digits are soon tried by whoever can compute a hash. HMAC would take
 * twelve microseconds for each of ten million keys.
 */
export function keyedHash(scope: Scope): KeyedHash {
  const seed = scope.vault.digest("seed", "customers.match-card");
  const [first, second] = [seed.readUInt32LE(0), seed.readUInt32LE(4)];
  return (text) => {
    let [h1, h2] = [0xdeadbeef ^ first, 0x41c6ce57 ^ second];
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      h1 = Math.imul(h1 ^ code, 2_654_435_761);
      h2 = Math.imul(h2 ^ code, 1_597_334_677);
    }
    h1 = Math.imul(h1 ^ (h1 >>> 16), 2_246_822_507) ^ Math.imul(h2 ^ (h2 >>> 13), 3_266_489_909);
    h2 = Math.imul(h2 ^ (h2 >>> 16), 2_246_822_507) ^ Math.imul(h1 ^ (h1 >>> 13), 3_266_489_909);
    return 4_294_967_296 * (2_097_151 & h2) + (h1 >>> 0);
  };
}
