import { addDays, addMonths, dayOf, type Day } from "../../kernel/days.ts";
import { demandStore, visibleStores, type Scope } from "../../kernel/scope.ts";
import { countLiability, headquartersOf, KIND_OF, MONTH_OF } from "./liability.count.ts";
import type { Liability, LiabilityKind } from "./liability.schema.ts";
import { estimateBreakage, type Flow } from "./breakage.ts";
import { trendOf } from "./liability.trend.ts";

interface Row {
  kind: LiabilityKind;
  subject_id: string;
  store_id: string;
  month: string;
  amount: number;
  value_fen: number;
}

const KINDS: readonly LiabilityKind[] = ["points", "principal", "bonus", "card", "coupon"];
const MAX_THINGS = 100;

/** What the brand owes now: the night's figures, with what has moved since. Counts at once where no night has counted yet. */
export async function readLiability(scope: Scope, { storeId }: { storeId?: string | undefined }): Promise<Liability> {
  if (storeId) demandStore(scope.actor, storeId);
  let counted = await lastCount(scope);
  if (!counted) {
    await countLiability(scope);
    counted = await lastCount(scope);
  }
  const stores = storeId ? [storeId] : visibleStores(scope.actor);
  const headquarters = await headquartersOf(scope);
  const [night, moved, cards, worth, names, trend, flows] = [
    await nightRows(scope, counted?.on ?? "", stores), await movedRows(scope, counted?.asOf ?? scope.now, headquarters), await cardRows(scope, headquarters), await pointWorth(scope),
    await unitNames(scope), await trendRows(scope, stores), await flowRows(scope, stores),
  ];
  const isSeen = (row: Row) => stores === null || stores.includes(row.store_id);
  const rows = [...night, ...moved.filter(isSeen), ...cards.filter(isSeen)].map((row) =>
    row.kind === "points" ? { ...row, value_fen: Math.round((row.amount * worth.fen) / worth.points) } : row);
  const kinds = KINDS.map((kind) => ({ kind, ...sumOf(rows.filter((row) => row.kind === kind)), ...estimateBreakage(kind, flows, rows) }));
  return {
    countedAt: counted?.asOf.toISOString() ?? null, at: scope.now.toISOString(), pointWorth: worth, kinds,
    totalFen: kinds.reduce((sum, one) => sum + one.valueFen, 0), months: monthsOf(rows), stores: storesOf(rows, names), things: await thingsOf(scope, rows),
    trend: trendOf({ snapshots: trend, flows, moved: moved.filter(isSeen), kinds, worth }, dayOf(scope.now, scope.zone)), flows: flows.filter((flow) => flow.amount !== 0),
  };
}

const sumOf = (rows: readonly Row[]) => ({ amount: rows.reduce((sum, row) => sum + row.amount, 0), valueFen: rows.reduce((sum, row) => sum + row.value_fen, 0) });

async function lastCount({ tx, tenantId }: Scope): Promise<{ on: Day; asOf: Date } | undefined> {
  const [row] = await tx.rows<{ on: Day; as_of: Date }>("select on_day::text as on, as_of from insight.liability_count where tenant_id = $1 order by on_day desc limit 1", [tenantId]);
  return row && { on: row.on, asOf: row.as_of };
}

const nightRows = ({ tx, tenantId }: Scope, on: Day, stores: readonly string[] | null): Promise<Row[]> =>
  tx.rows<Row>(
    `select kind, subject_id, store_id, month, amount, value_fen from insight.liability
      where tenant_id = $1 and on_day = $2 and ($3::uuid[] is null or store_id = any($3))`, [tenantId, on, stores]);

/** What the ledger has moved since the count. */
const movedRows = ({ tx, tenantId, zone }: Scope, since: Date, headquarters: string): Promise<Row[]> =>
  tx.rows<Row>(
    `select ${KIND_OF} as kind, '' as subject_id, coalesce(l.store_id, $3) as store_id, ${MONTH_OF("l.expires_at", "$4")} as month,
            sum(p.amount)::bigint as amount, sum(p.amount)::bigint as value_fen
       from ledger.posting p join ledger.account a on a.tenant_id = $1 and a.id = p.account_id
       join ledger.lot l on l.tenant_id = $1 and l.id = p.lot_id
      where p.tenant_id = $1 and p.at > $2 and p.kind <> 'expire' and a.asset in ('points', 'prepaid.principal', 'prepaid.bonus')
      group by 1, 3, 4`, [tenantId, since, headquarters, zone]);

/** Cards are few beside points: they are counted as they stand. */
const cardRows = ({ tx, tenantId }: Scope, headquarters: string): Promise<Row[]> =>
  tx.rows<Row>(
    `select 'card' as kind, c.product_id::text as subject_id, coalesce(s.store_id, $2) as store_id, '' as month, sum(s.units - s.used)::bigint as amount,
            sum(s.price_fen - s.recognised_fen)::bigint as value_fen
       from payments.card c join payments.card_sale s on s.tenant_id = $1 and s.card_id = c.id and s.state = 'done'
      where c.tenant_id = $1 and c.state in ('active', 'paused') group by 2, 3`, [tenantId, headquarters]);

async function pointWorth({ tx, tenantId }: Scope): Promise<{ fen: number; points: number }> {
  const [row] = await tx.rows<{ spend_points: number; spend_fen: number }>("select spend_points, spend_fen from loyalty.program where tenant_id = $1", [tenantId]);
  return { fen: row?.spend_fen ?? 0, points: Math.max(1, row?.spend_points ?? 1) };
}

async function unitNames({ tx, tenantId }: Scope): Promise<Map<string, string>> {
  const rows = await tx.rows<{ id: string; name: string }>("select id, name from org.unit where tenant_id = $1 and kind in ('store', 'headquarters')", [tenantId]);
  return new Map(rows.map((row) => [row.id, row.name]));
}

const trendRows = ({ tx, tenantId }: Scope, stores: readonly string[] | null) =>
  tx.rows<{ on: Day; kind: LiabilityKind; value_fen: number }>(
    `select on_day::text as on, kind, sum(value_fen)::bigint as value_fen from insight.liability
      where tenant_id = $1 and ($2::uuid[] is null or store_id = any($2)) and extract(day from on_day + 1) = 1 group by 1, 2 order by 1`, [tenantId, stores]);

async function flowRows({ tx, tenantId, now, zone }: Scope, stores: readonly string[] | null): Promise<Flow[]> {
  const from = addDays(addMonths(dayOf(now, zone), -12), 1);
  return tx.rows<Flow>(
    `select to_char(on_day, 'YYYY-MM') as month, kind, flow, sum(amount)::bigint as amount from insight.value_flow
      where tenant_id = $1 and on_day >= $2 and ($3::uuid[] is null or store_id = any($3)) group by 1, 2, 3 order by 1, 2, 3`, [tenantId, from, stores]);
}

function monthsOf(rows: readonly Row[]): Liability["months"] {
  const groups = Map.groupBy(rows, (row) => `${row.month || "9999"}/${row.kind}`);
  return [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => ({ month: group[0]?.month ?? "", kind: group[0]?.kind ?? "points", ...sumOf(group) })).filter((one) => one.amount !== 0);
}

function storesOf(rows: readonly Row[], names: ReadonlyMap<string, string>): Liability["stores"] {
  return [...Map.groupBy(rows, (row) => row.store_id)].map(([storeId, group]) => ({
    storeId, name: names.get(storeId) ?? "", totalFen: sumOf(group).valueFen,
    parts: KINDS.map((kind) => ({ kind, ...sumOf(group.filter((row) => row.kind === kind)) })),
  })).toSorted((a, b) => b.totalFen - a.totalFen);
}

async function thingsOf({ tx, tenantId }: Scope, rows: readonly Row[]): Promise<Liability["things"]> {
  const groups = [...Map.groupBy(rows.filter((row) => row.subject_id !== ""), (row) => `${row.kind}/${row.subject_id}`).values()]
    .map((group) => ({ kind: group[0]?.kind ?? "card", subjectId: group[0]?.subject_id ?? "", ...sumOf(group) }))
    .toSorted((a, b) => b.valueFen - a.valueFen || b.amount - a.amount).slice(0, MAX_THINGS);
  const ids = groups.map((group) => group.subjectId);
  const named = await tx.rows<{ id: string; name: string }>(
    `select id::text as id, name from payments.card_product where tenant_id = $1 and id::text = any($2::text[])
     union all select id::text, name from promotions.coupon_template where tenant_id = $1 and id::text = any($2::text[])`, [tenantId, ids]);
  const names = new Map(named.map((row) => [row.id, row.name]));
  return groups.map((group) => ({ ...group, name: names.get(group.subjectId) ?? "" }));
}

const MAX_HOLDERS = 50;

/** Who holds most of a kind: where a look at single members begins. */
export async function readHolders({ tx, tenantId }: Scope, kind: "points" | "principal" | "bonus") {
  const asset = kind === "points" ? "points" : `prepaid.${kind}`;
  const rows = await tx.rows<{ id: string; member_no: string; name: string; balance: number }>(
    `select m.id, m.member_no, m.name, a.balance from (select holder_id, balance from ledger.account where tenant_id = $1 and asset = $2 and balance > 0 order by balance desc limit $3) a
       join customers.member m on m.tenant_id = $1 and m.id = a.holder_id order by a.balance desc`, [tenantId, asset, MAX_HOLDERS]);
  return { items: rows.map((row) => ({ memberId: row.id, memberNo: row.member_no, name: row.name, amount: row.balance })) };
}
