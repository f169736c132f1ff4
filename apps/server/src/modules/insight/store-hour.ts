import type { Day } from "../../kernel/days.ts";
import type { Fen } from "../../kernel/money.ts";
import type { Scope } from "../../kernel/scope.ts";

/** What happened in one store in one hour of one day, in the tenant's zone. */
export interface StoreHour {
  storeId: string;
  businessOn: Day;
  hour: number;
  orders: number;
  /** Paid, before refunds: a refund counts on the day on which the money goes back. */
  netFen: Fen;
  refundedFen: Fen;
  memberOrders: number;
  memberNetFen: Fen;
  newMembers: number;
}

type Figures = Omit<StoreHour, "storeId" | "businessOn" | "hour">;

/** Adds up what a batch of events says of each store and hour, so that a batch is written with one statement. */
export class HourSums {
  readonly #hours = new Map<string, StoreHour>();

  add(storeId: string, businessOn: Day, hour: number, figures: Partial<Figures>): void {
    const key = `${storeId} ${businessOn} ${String(hour).padStart(2, "0")}`;
    let sum = this.#hours.get(key);
    if (!sum) {
      sum = { storeId, businessOn, hour, orders: 0, netFen: 0, refundedFen: 0, memberOrders: 0, memberNetFen: 0, newMembers: 0 };
      this.#hours.set(key, sum);
    }
    for (const [name, value] of Object.entries(figures) as [keyof Figures, number][]) sum[name] += value;
  }

  /** By key: two batches that touch the same hours wait for each other instead of deadlocking. */
  rows(): StoreHour[] {
    return [...this.#hours].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum);
  }
}

/** Adds sums to the facts: one statement, however many events stand behind them. */
export async function addToStoreHours({ tx, tenantId }: Scope, sums: HourSums): Promise<void> {
  const rows = sums.rows();
  if (rows.length === 0) return;
  const column = <T>(pick: (row: StoreHour) => T): T[] => rows.map(pick);
  await tx.rows(
    `insert into insight.store_hour as h (tenant_id, store_id, business_on, hour, orders, net_fen, refunded_fen, member_orders, member_net_fen, new_members)
     select $1, store_id, business_on, hour, orders, net_fen, refunded_fen, member_orders, member_net_fen, new_members
       from unnest($2::uuid[], $3::date[], $4::smallint[], $5::int[], $6::bigint[], $7::bigint[], $8::int[], $9::bigint[], $10::int[])
         as v(store_id, business_on, hour, orders, net_fen, refunded_fen, member_orders, member_net_fen, new_members)
     on conflict (tenant_id, store_id, business_on, hour) do update set
       orders = h.orders + excluded.orders, net_fen = h.net_fen + excluded.net_fen, refunded_fen = h.refunded_fen + excluded.refunded_fen,
       member_orders = h.member_orders + excluded.member_orders, member_net_fen = h.member_net_fen + excluded.member_net_fen,
       new_members = h.new_members + excluded.new_members`,
    [tenantId, column((row) => row.storeId), column((row) => row.businessOn), column((row) => row.hour), column((row) => row.orders),
      column((row) => row.netFen), column((row) => row.refundedFen), column((row) => row.memberOrders), column((row) => row.memberNetFen),
      column((row) => row.newMembers)]);
}
