import { integers, texts, uuids } from "../../../kernel/db/array.ts";
import { newId, type Scope } from "../../../kernel/scope.ts";
import { FEW, MANY } from "./blocking.ts";
import { featuresOfMembers, keyedHash } from "./card.ts";
import { comparePersons, DEFAULT_THRESHOLD, type Comparison } from "./compare.ts";

/** So many statements find all pairs: each reads all cards and looks at the keys of one residue. */
export const SLICES = 8;
/** Members whose rows are in memory at a time. */
const CHUNK = 4_000;

/** How many have a name, of the names that many have. */
export type Namesakes = ReadonlyMap<number, number>;

/** A name that fewer have weighs what it weighs. */
const COMMON = 8;

export async function countNamesakes({ tx, tenantId }: Scope): Promise<Namesakes> {
  const rows = await tx.rows<{ name_key: number; count: number }>(
    `select name_key, count(*)::int as count from customers.match_card where tenant_id = $1 and name_key is not null group by 1 having count(*) > ${COMMON}`, [tenantId]);
  return new Map(rows.map((row) => [row.name_key, row.count]));
}

/** Compares the members of one slice who share a key, and writes the pairs that may be one person; says how many are new. */
export async function findPairs(scope: Scope, slice: number, namesakes: Namesakes): Promise<number> {
  const groups = await scope.tx.rows<{ ids: string[] }>(
    `select array_agg(member_id order by member_id) as ids
       from (select member_id, unnest(keys) as key from customers.match_card where tenant_id = $1) as k
      where abs(key) % ${SLICES} = $2 group by key having count(*) between 2 and case when key < 0 then ${FEW} else ${MANY} end order by 1`, [scope.tenantId, slice]);
  const likely = new Map<string, Pair>();
  for (let from = 0; from < groups.length;) {
    const members = new Set<string>();
    const pairs = new Map<string, Set<string>>();
    for (; from < groups.length && members.size < CHUNK; from++) collect(groups[from]?.ids ?? [], members, pairs);
    for (const pair of await comparePairs(scope, members, pairs, namesakes)) likely.set(pair.a + pair.b, pair);
  }
  return writePairs(scope, [...likely.values()]);
}

function collect(ids: readonly string[], members: Set<string>, pairs: Map<string, Set<string>>): void {
  ids.forEach((a, at) => {
    members.add(a);
    let others = pairs.get(a);
    if (!others) pairs.set(a, others = new Set());
    for (const b of ids.slice(at + 1)) others.add(b);
  });
}

interface Pair extends Comparison {
  a: string;
  b: string;
}

async function comparePairs(scope: Scope, members: ReadonlySet<string>, pairs: ReadonlyMap<string, ReadonlySet<string>>, namesakes: Namesakes): Promise<Pair[]> {
  const features = await featuresOfMembers(scope, [...members]);
  const hash = keyedHash(scope);
  const likely: Pair[] = [];
  for (const [a, others] of pairs) {
    const one = features.get(a);
    if (!one) continue;
    const count = one.spelled === "" ? 1 : namesakes.get(hash(one.spelled)) ?? 1;
    for (const b of others) {
      const other = features.get(b);
      const comparison = other && comparePersons(one, other, count);
      if (comparison && comparison.score >= DEFAULT_THRESHOLD) likely.push({ a, b, ...comparison });
    }
  }
  return likely;
}

/** What somebody has decided on stays decided; an open pair is told anew. */
export async function writePairs(scope: Scope, pairs: readonly Pair[]): Promise<number> {
  if (pairs.length === 0) return 0;
  // In one order, so that two slices with the same pairs wait for each other instead of deadlocking.
  const sorted = pairs.toSorted((one, other) => (one.a === other.a ? (one.b < other.b ? -1 : 1) : one.a < other.a ? -1 : 1));
  const rows = await scope.tx.rows<{ is_new: boolean }>(
    `insert into customers.duplicate as d (tenant_id, id, a_id, b_id, score, reasons, found_at)
     select $1, id, a, b, score, reasons::jsonb, $2 from unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::int[], $7::text[]) as p(id, a, b, score, reasons)
     on conflict (tenant_id, a_id, b_id) do update set score = excluded.score, reasons = excluded.reasons where d.state = 'open' and d.found_at < excluded.found_at
     returning found_at = $2 as is_new`,
    [scope.tenantId, scope.now, uuids(sorted, () => newId(scope)), uuids(sorted, (one) => one.a), uuids(sorted, (one) => one.b), integers(sorted, (one) => one.score),
      texts(sorted, (one) => JSON.stringify(one.reasons))]);
  return rows.filter((row) => row.is_new).length;
}
