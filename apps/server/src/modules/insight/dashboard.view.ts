import { addDays, dayOf, type Day } from "../../kernel/days.ts";
import { notFound } from "../../kernel/problem.ts";
import { demandStore, visibleStores, type Scope } from "../../kernel/scope.ts";
import type { Dashboard, DayFigures } from "./dashboard.schema.ts";
import { readUntilSameMinute } from "./same-minute.view.ts";

const DAYS = 30;
const HOURS = 24;
const TOP_STORES = 10;

interface DayRow {
  on: Day;
  orders: number;
  net_fen: number;
  refunded_fen: number;
  member_orders: number;
  member_net_fen: number;
  new_members: number;
}

/** A day's figures beside those of the day before, the last 30 days, the day's hours and its best stores: of what the caller may see. */
export async function readDashboard(scope: Scope, { storeId, on = dayOf(scope.now, scope.zone) }: { storeId?: string | undefined; on?: Day | undefined }): Promise<Dashboard> {
  if (storeId) await demandStoreKnown(scope, storeId);
  const stores = storeId ? [storeId] : visibleStores(scope.actor);
  const [days, hours, topStores, untilSameMinute] = await Promise.all([
    readDays(scope, stores, on), readHours(scope, stores, on), readTopStores(scope, stores, on), readUntilSameMinute(scope, stores, on),
  ]);
  const figuresOf = (day: Day): DayFigures => figures(days.get(day));
  return {
    on, today: figuresOf(on), yesterday: figuresOf(addDays(on, -1)), untilSameMinute, topStores,
    days: Array.from({ length: DAYS }, (_, at) => {
      const day = addDays(on, at - DAYS + 1);
      const { orders, netFen, memberNetFen, newMembers } = figuresOf(day);
      return { on: day, orders, netFen, memberNetFen, newMembers };
    }),
    hours: Array.from({ length: HOURS }, (_, hour) => ({ hour, orders: hours.get(hour)?.orders ?? 0, netFen: hours.get(hour)?.net_fen ?? 0 })),
  };
}

/** Closed stores too: their figures are still to be looked at. */
async function demandStoreKnown({ tx, tenantId, actor }: Scope, storeId: string): Promise<void> {
  const [row] = await tx.rows("select 1 from org.unit where tenant_id = $1 and id = $2 and kind = 'store'", [tenantId, storeId]);
  if (!row) throw notFound({ detail: "No such store" });
  demandStore(actor, storeId);
}

const figures = (row: DayRow | undefined): DayFigures => ({
  orders: row?.orders ?? 0, netFen: row?.net_fen ?? 0, refundedFen: row?.refunded_fen ?? 0, newMembers: row?.new_members ?? 0,
  memberOrders: row?.member_orders ?? 0, memberNetFen: row?.member_net_fen ?? 0,
});

async function readDays({ tx, tenantId }: Scope, stores: readonly string[] | null, on: Day): Promise<Map<Day, DayRow>> {
  const rows = await tx.rows<DayRow>(
    `select business_on as on, sum(orders)::bigint as orders, sum(net_fen) as net_fen, sum(refunded_fen) as refunded_fen,
            sum(member_orders)::bigint as member_orders, sum(member_net_fen) as member_net_fen, sum(new_members)::bigint as new_members
       from insight.store_hour
      where tenant_id = $1 and business_on between $2 and $3 and ($4::uuid[] is null or store_id = any($4))
      group by business_on`, [tenantId, addDays(on, 1 - DAYS), on, stores]);
  return new Map(rows.map((row) => [row.on, row]));
}

async function readHours({ tx, tenantId }: Scope, stores: readonly string[] | null, on: Day): Promise<Map<number, { orders: number; net_fen: number }>> {
  const rows = await tx.rows<{ hour: number; orders: number; net_fen: number }>(
    `select hour, sum(orders)::bigint as orders, sum(net_fen) as net_fen from insight.store_hour
      where tenant_id = $1 and business_on = $2 and ($3::uuid[] is null or store_id = any($3)) group by hour`, [tenantId, on, stores]);
  return new Map(rows.map((row) => [row.hour, row]));
}

async function readTopStores({ tx, tenantId }: Scope, stores: readonly string[] | null, on: Day): Promise<Dashboard["topStores"]> {
  const rows = await tx.rows<{ store_id: string; name: string; orders: number; net_fen: number }>(
    `select h.store_id, u.name, sum(h.orders)::bigint as orders, sum(h.net_fen) as net_fen
       from insight.store_hour h join org.unit u on u.tenant_id = $1 and u.id = h.store_id
      where h.tenant_id = $1 and h.business_on = $2 and ($3::uuid[] is null or h.store_id = any($3))
      group by h.store_id, u.name having sum(h.orders) > 0 order by sum(h.net_fen) desc, h.store_id limit $4`, [tenantId, on, stores, TOP_STORES]);
  return rows.map((row) => ({ storeId: row.store_id, name: row.name, orders: row.orders, netFen: row.net_fen }));
}
