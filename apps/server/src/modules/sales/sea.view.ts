import type { z } from "zod";
import { COUNT_CAP, cappedCount, decodeCursor, pageFrom, type Page } from "../../kernel/http/page.ts";
import { dayOf } from "../../kernel/days.ts";
import { demand, staffOf, visibleStores, type Scope } from "../../kernel/scope.ts";
import { listHolders } from "../org/index.ts";
import { recordsWith, sortedPage, viewRecordsOf, type Sort } from "../objects/index.ts";
import { coolingUntil } from "./cooling.ts";
import { isWon } from "./due.ts";
import type { seaQuery, seaRecord } from "./ownership.schema.ts";
import type { sea } from "./pool.schema.ts";
import { getPool, listPools, rulesOf, type Pool } from "./pool.view.ts";
import { WARNED_DAYS } from "./recycle.ts";

const DAY_MS = 86_400_000;

/** Pools in use with what the caller has in each. */
export async function listSeas(scope: Scope): Promise<z.input<typeof sea>[]> {
  const pools = await listPools(scope);
  const rows = await scope.tx.rows<Counts>(
    `select p.id, coalesce(s.held, 0) as mine, case when s.claimed_on = $3::date then s.claimed else 0 end as "claimedToday", w.looked, w.total,
            (select count(*)::int from (select 1 from sales.holding h where h.tenant_id = $1 and h.pool_id = p.id and h.owner_id is null limit ${COUNT_CAP}) as counted) as public,
            (select count(*)::int from sales.holding h where h.tenant_id = $1 and h.pool_id = p.id and h.owner_id = $2 and h.due_at <= $4) as "dueSoon"
       from sales.pool p
       left join sales.seat s on s.tenant_id = $1 and s.pool_id = p.id and s.staff_id = $2
       left join sales.walk w on w.tenant_id = $1 and w.pool_id = p.id and w.purpose = 'fill' and w.state = 'running'
      where p.tenant_id = $1 and p.archived_at is null`,
    [scope.tenantId, staffOf(scope), dayOf(scope.now, scope.zone), new Date(scope.now.getTime() + WARNED_DAYS * DAY_MS)]);
  const counts = new Map(rows.map(({ id, looked, total, ...row }) => [id, { counts: row, filling: looked === null || total === null ? null : { looked, total } }]));
  return pools.map((pool) => ({ ...viewPool(pool), ...(counts.get(pool.id) ?? { counts: { public: 0, mine: 0, dueSoon: 0, claimedToday: 0 }, filling: null }) }));
}

interface Counts {
  id: string;
  public: number;
  mine: number;
  dueSoon: number;
  claimedToday: number;
  looked: number | null;
  total: number | null;
}

const viewPool = (pool: Pool) => ({ id: pool.id, objectKey: pool.objectKey, objectName: pool.objectName, objectNameEn: pool.objectNameEn, ...rulesOf(pool), isDefault: pool.isDefault });

interface Row {
  id: string;
  owner_id: string | null;
  owner_name: string | null;
  since: Date;
  touched_at: Date;
  due_at: Date | null;
  is_won: boolean;
}

const COLUMNS = `h.id, h.owner_id, (select s.name from org.staff s where s.tenant_id = $1 and s.id = h.owner_id) as owner_name, h.since, h.touched_at, h.due_at, ${isWon} as is_won`;
/** `id`, as lists that are sorted by a column call it. */
const HELD = "(select h.*, h.record_id as id from sales.holding h where h.tenant_id = $1) as h";
const RECORD = "join objects.record r on r.tenant_id = $1 and r.id = h.id";
const FROM = `from ${HELD}
  join sales.pool p on p.tenant_id = $1 and p.id = h.pool_id
  join objects.object o on o.tenant_id = $1 and o.id = p.object_id
  ${RECORD}`;
const SORTS: Readonly<Record<"due" | "since" | "-since", Sort>> = {
  due: { slot: "due_at", type: "timestamptz", isDescending: false }, since: { slot: "since", type: "timestamptz", isDescending: false }, "-since": { slot: "since", type: "timestamptz", isDescending: true },
};

/** Records of one pool, of one side of it. Throws `forbidden` for everybody's without the right to assign. */
export async function listSea(scope: Scope, poolId: string, query: z.output<typeof seaQuery>) {
  demand(scope.actor, "records.read");
  if (query.side === "all") demand(scope.actor, "seas.assign");
  const pool = await getPool(scope, poolId);
  const values: unknown[] = [scope.tenantId];
  const bind = (value: unknown): string => `$${values.push(value)}`;
  const where = await conditionsOf(scope, pool, { query, bind });
  const counted = query.cursor === undefined
    ? scope.tx.rows<{ value: number }>(`select count(*)::int as value from (select 1 from ${HELD} ${visibleStores(scope.actor) ? RECORD : ""} where ${where} limit ${COUNT_CAP + 1}) as counted`, [...values]) : undefined;
  counted?.catch(() => {});
  const walk = { where, values, limit: query.limit, cursor: query.cursor };
  const page = query.sort ? await sorted(scope, SORTS[query.sort], walk) : await newest(scope, walk);
  const [total] = (await counted) ?? [];
  return { ...page, items: await viewRows(scope, pool, page.items), ...(total ? { count: cappedCount(total.value) } : {}) };
}

async function conditionsOf(scope: Scope, pool: Pool, { query, bind }: { query: z.output<typeof seaQuery>; bind: (value: unknown) => string }): Promise<string> {
  const stores = visibleStores(scope.actor);
  const side = { public: () => "h.owner_id is null", mine: () => `h.owner_id = ${bind(staffOf(scope))}`, all: () => "true" }[query.side]();
  return [
    `h.pool_id = ${bind(pool.id)}`, side,
    ...(query.ownerId ? [`h.owner_id = ${bind(query.ownerId)}`] : []),
    ...(query.dueWithin === undefined ? [] : [`h.due_at <= ${bind(new Date(scope.now.getTime() + query.dueWithin * DAY_MS))}`]),
    ...(stores ? [`(r.store_id is null or r.store_id = any(${bind(stores)}::uuid[]))`] : []),
    ...(query.q ? [`h.id in (${await recordsWith(scope, pool.objectKey, query.q, bind)})`] : []),
  ].join(" and ");
}

interface Walk {
  where: string;
  values: readonly unknown[];
  limit: number;
  cursor: string | undefined;
}

async function newest(scope: Scope, { where, values, limit, cursor }: Walk): Promise<Page<Row>> {
  const [last] = decodeCursor(cursor, 1) ?? [];
  const rows = await scope.tx.rows<Row>(
    `select ${COLUMNS} ${FROM} where p.tenant_id = $1 and ${where}${last === undefined ? "" : ` and h.id < $${values.length + 1}::uuid`} order by h.id desc limit ${limit + 1}`, [...values, ...(last === undefined ? [] : [last])]);
  return pageFrom(rows, limit, (row) => row, (row) => [row.id]);
}

const sorted = (scope: Scope, sort: Sort, { where, values, ...page }: Walk): Promise<Page<Row>> => sortedPage<Row>(sort, page, {
  filled: (order, limit) => {
    const bound = [...values];
    const after = order.where("h", (value) => `$${bound.push(value)}`);
    return scope.tx.rows(`select ${COLUMNS}, ${order.at("h")} as slot_at, h.id as slot_id ${FROM} where p.tenant_id = $1 and ${where} and ${after} order by ${order.by("h")} limit ${limit}`, bound);
  },
  empty: (order, rest) => newest(scope, { where: `${where} and ${order.isEmpty("h")}`, values, cursor: undefined, ...rest }),
});

async function viewRows(scope: Scope, pool: Pool, rows: readonly Row[]): Promise<z.input<typeof seaRecord>[]> {
  const records = new Map((await viewRecordsOf(scope, pool.objectKey, rows.map((row) => row.id))).map((view) => [view.id, view]));
  const cooling = await coolingUntil(scope, pool, { recordIds: rows.map((row) => row.id), staffId: staffOf(scope) });
  return rows.flatMap((row) => {
    const record = records.get(row.id);
    return record ? [{ ...record, ...viewDates(scope, row), isWon: row.is_won, coolDownUntil: cooling.get(row.id)?.toISOString() ?? null }] : [];
  });
}

export const viewDates = (scope: Scope, row: Pick<Row, "owner_id" | "owner_name" | "since" | "touched_at" | "due_at">) => ({
  owner: row.owner_id ? { id: row.owner_id, name: row.owner_name ?? "" } : null, since: row.since.toISOString(), touchedAt: row.touched_at.toISOString(), dueAt: row.due_at?.toISOString() ?? null,
  daysLeft: row.due_at && Math.max(0, Math.ceil((row.due_at.getTime() - scope.now.getTime()) / DAY_MS)),
});

/** Whom records may be assigned to, with what they hold of the pool. */
export async function listPeople(scope: Scope, poolId: string) {
  const { id } = await getPool(scope, poolId);
  const holders = await listHolders(scope, { can: "seas.claim", storeId: null });
  const rows = await scope.tx.rows<{ staff_id: string; held: number }>("select s.staff_id, s.held from sales.seat s where s.tenant_id = $1 and s.pool_id = $2", [scope.tenantId, id]);
  const held = new Map(rows.map((row) => [row.staff_id, row.held]));
  return holders.map(({ id: staffId, name }) => ({ id: staffId, name, held: held.get(staffId) ?? 0 }));
}
