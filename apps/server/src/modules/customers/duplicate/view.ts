import { decodeCursor, cappedCount, COUNT_CAP, pageFrom } from "../../../kernel/http/page.ts";
import { notFound } from "../../../kernel/problem.ts";
import type { Scope } from "../../../kernel/scope.ts";
import { addressesOf } from "../address.ts";
import { getMembers } from "../member.view.ts";
import type { Reason } from "./compare.ts";
import { SLICES } from "./pairs.ts";

export type DuplicateState = "open" | "later" | "different" | "merged";

interface Row {
  id: string;
  a_id: string;
  b_id: string;
  score: number;
  reasons: Reason[];
  state: DuplicateState;
  found_at: Date;
}

/** Pairs whose both members still are two; one who was merged otherwise is no longer anybody's duplicate. */
const OF_TWO = `from customers.duplicate d
  join customers.member a on a.tenant_id = $1 and a.id = d.a_id and a.state in ('active', 'frozen')
  join customers.member b on b.tenant_id = $1 and b.id = d.b_id and b.state in ('active', 'frozen')
 where d.tenant_id = $1`;

interface Asked {
  state: DuplicateState;
  minScore: number;
  limit: number;
  cursor?: string | undefined;
}

/** The likeliest first. */
export async function listDuplicates(scope: Scope, { state, minScore, limit, cursor }: Asked) {
  const [score, id] = decodeCursor(cursor, 2) ?? [];
  const rows = await scope.tx.rows<Row>(
    `select d.id, d.a_id, d.b_id, d.score, d.reasons, d.state, d.found_at ${OF_TWO} and d.state = $2 and d.score >= $3
        and ($4::int is null or d.score < $4 or (d.score = $4 and d.id > $5::uuid)) order by d.score desc, d.id limit $6`,
    [scope.tenantId, state, minScore, score ?? null, id ?? null, limit + 1]);
  const page = pageFrom(rows, limit, (row) => row, (row) => [row.score, row.id]);
  const [count] = await scope.tx.rows<{ value: number }>(
    `select count(*)::int as value from (select 1 ${OF_TWO} and d.state = $2 and d.score >= $3 limit ${COUNT_CAP + 1}) as counted`, [scope.tenantId, state, minScore]);
  return { items: await shown(scope, page.items), nextCursor: page.nextCursor, count: cappedCount(count?.value ?? 0) };
}

export async function getDuplicate(scope: Scope, id: string) {
  const rows = await scope.tx.rows<Row>("select id, a_id, b_id, score, reasons, state, found_at from customers.duplicate where tenant_id = $1 and id = $2", [scope.tenantId, id]);
  const [one] = await shown(scope, rows);
  if (!one) throw notFound({ detail: "No such pair" });
  return one;
}

async function shown(scope: Scope, rows: readonly Row[]) {
  const ids = [...new Set(rows.flatMap((row) => [row.a_id, row.b_id]))];
  const [members, addresses] = [new Map((await getMembers(scope, ids)).map((member) => [member.id, member])), await addressesOf(scope, ids)];
  return rows.flatMap((row) => {
    const [a, b] = [members.get(row.a_id), members.get(row.b_id)];
    if (!a || !b) return [];
    // The older membership first: it is the one that usually stays.
    const sides = [a, b].toSorted((one, other) => (one.joinedAt < other.joinedAt ? -1 : 1)).map((member) => ({ ...member, address: addresses.get(member.id) ?? null }));
    return [{ id: row.id, score: row.score, reasons: row.reasons, state: row.state, foundAt: row.found_at.toISOString(), members: sides }];
  });
}

/** The latest runs first: what goes on, and how far it is. */
export async function listRuns({ tx, tenantId }: Scope, id?: string) {
  const rows = await tx.rows<{
    id: string; kind: "find" | "merge"; state: "running" | "done" | "cancelled"; phase: "cards" | "pairs"; total: number; done: number; slice: number; found: number;
    min_score: number | null; by_name: string; started_at: Date; ended_at: Date | null;
  }>(
    `select id, kind, state, phase, total, done, slice, found, min_score, by_name, started_at, ended_at from customers.duplicate_run
      where tenant_id = $1 and ($2::uuid is null or id = $2) order by started_at desc, id desc limit 10`, [tenantId, id ?? null]);
  return rows.map((row) => ({
    id: row.id, kind: row.kind, state: row.state, percent: percentOf(row), found: row.found, total: row.total, minScore: row.min_score, by: row.by_name,
    startedAt: row.started_at.toISOString(), endedAt: row.ended_at?.toISOString() ?? null,
  }));
}

/** Reading the members takes about half of the time, comparing them the other. */
function percentOf({ kind, state, phase, total, done, slice }: { kind: string; state: string; phase: string; total: number; done: number; slice: number }): number {
  if (state === "done") return 100;
  const share = total === 0 ? 1 : Math.min(1, done / total);
  if (kind === "merge") return Math.floor(share * 99);
  return Math.floor(phase === "cards" ? share * 50 : 50 + (slice / SLICES) * 49);
}
