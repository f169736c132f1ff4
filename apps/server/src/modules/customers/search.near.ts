import { visibleStores, type Scope } from "../../kernel/scope.ts";
import { gramsOfQuery, searchText } from "./grams.ts";
import type { MemberProfile } from "./member.schema.ts";
import { getMembers } from "./member.view.ts";
import { spellingOf } from "../../kernel/pinyin.ts";
import { listMembers } from "./search.ts";

const LETTERS = [..."abcdefghijklmnopqrstuvwxyz"];
/** Of shorter ones too much is near. */
const SHORTEST = 4;
/** For each text that is near: few where any will do, as of a short text among all stores; more where most are left out afterwards. */
const CANDIDATES = { any: 100, some: 1_000 };

/** Members whose name is near what was typed: sounds the same in other characters, or is one slip of the fingers away. */
export async function nearMembers(scope: Scope, typed: string, limit: number): Promise<MemberProfile[]> {
  const q = searchText(typed);
  if (/\p{Script=Han}{2}/u.test(q)) {
    const sound = spellingOf(q).pinyin;
    return sound.length >= SHORTEST ? (await listMembers(scope, { q: sound, limit })).items : [];
  }
  return /^[a-z]+$/.test(q) && q.length >= SHORTEST ? slips(scope, q, limit) : [];
}

/** One look into the index for every text that is one letter away; of long ones the whole spelling is compared here. */
async function slips(scope: Scope, q: string, limit: number): Promise<MemberProfile[]> {
  const near = oneSlipAway(q);
  const isShort = gramsOfQuery(q)[0] === q;
  const stores = visibleStores(scope.actor);
  const rows = await scope.tx.rows<{ id: string; name_pinyin: string }>(
    // Whose stores are not the caller's are left out last: first, it would read every Wang of the brand for one store's few.
    `select distinct m.id, m.name_pinyin, m.joined_at from unnest($2::text[]) as near(gram)
      cross join lateral (select * from customers.member_gram where tenant_id = $1 and grams @> array[near.gram] and state in ('active', 'frozen') limit ${isShort && !stores ? CANDIDATES.any : CANDIDATES.some}) as m
      where $3::uuid[] is null or m.home_store_id = any($3)
      order by m.joined_at desc, m.id`,
    [scope.tenantId, [...new Set([...near].filter((text) => text.length >= SHORTEST).flatMap(gramsOfQuery))], stores]);
  return getMembers(scope, rows.filter((row) => isShort || near.has(row.name_pinyin)).slice(0, limit).map((row) => row.id));
}

/** A letter too many, two changed places, a wrong one, one missing. */
function oneSlipAway(q: string): Set<string> {
  const near = new Set<string>();
  for (let at = 0; at <= q.length; at++) {
    const [before, after] = [q.slice(0, at), q.slice(at)];
    near.add(before + after.slice(1));
    if (after.length > 1) near.add(before + after.charAt(1) + after.charAt(0) + after.slice(2));
    for (const letter of LETTERS) {
      near.add(before + letter + after.slice(1));
      near.add(before + letter + after);
    }
  }
  near.delete(q);
  return near;
}
