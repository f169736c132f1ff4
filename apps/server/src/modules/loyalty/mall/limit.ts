import { addDays, weekdayOf, type Day } from "../../../kernel/days.ts";
import type { Scope } from "../../../kernel/scope.ts";
import type { Item } from "./mall.schema.ts";

/** The name of the period that a day lies in; a week begins on Monday and is named by it. */
export function periodOf(period: Item["limitPeriod"], day: Day): string {
  switch (period) {
    case "ever": return "ever";
    case "day": return day;
    case "week": return `week ${addDays(day, -((weekdayOf(day) + 6) % 7))}`;
    case "month": return day.slice(0, 7);
    case "year": return day.slice(0, 4);
  }
}

/** Counts so many more for a member, where the limit allows it: false otherwise, and then nothing has changed. */
export async function takeAllowance({ tx, tenantId }: Scope, item: Pick<Item, "id" | "perMember">, wish: { memberId: string; period: string; quantity: number }): Promise<boolean> {
  if (item.perMember !== null && wish.quantity > item.perMember) return false;
  const rows = await tx.rows(
    `insert into loyalty.mall_allowance as a (tenant_id, item_id, member_id, period, taken) values ($1, $2, $3, $4, $5)
     on conflict (tenant_id, item_id, member_id, period) do update set taken = a.taken + $5 where $6::int is null or a.taken + $5 <= $6
     returning 1`, [tenantId, item.id, wish.memberId, wish.period, wish.quantity, item.perMember]);
  return rows.length > 0;
}

export function giveAllowanceBack({ tx, tenantId }: Scope, taken: { itemId: string; memberId: string; period: string; quantity: number }): void {
  tx.write("update loyalty.mall_allowance set taken = taken - $5 where tenant_id = $1 and item_id = $2 and member_id = $3 and period = $4",
    [tenantId, taken.itemId, taken.memberId, taken.period, taken.quantity]);
}
