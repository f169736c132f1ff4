import type { Schedule } from "../../../kernel/jobs.ts";
import type { Scope } from "../../../kernel/scope.ts";
import { holdCoupons } from "../../promotions/index.ts";
import { voidBill } from "./bill.ts";

const MAX_ENDED = 200;

/** A table that went away without anybody paying: its bill ends and its coupons are free. One that somebody paid of waits for the rest. */
async function endOverdueBills(scope: Scope): Promise<void> {
  const overdue = await scope.tx.rows<{ id: string }>(
    `select b.id from commerce.bill b where b.tenant_id = $1 and b.state = 'open' and b.until < $2
        and not exists (select 1 from commerce.bill_share s where s.tenant_id = $1 and s.bill_id = b.id and s.state = 'paid')
      order by b.id limit $3`, [scope.tenantId, new Date(scope.now.getTime() - OVERDUE_MS), MAX_ENDED]);
  for (const { id } of overdue) await voidBill(scope, id);
  await keepCoupons(scope);
}

/** A coupon of a bill that is partly paid was used: it stays set aside until the last share. */
async function keepCoupons(scope: Scope): Promise<void> {
  const waiting = await scope.tx.rows<{ id: string; coupon_ids: string[] }>(
    `select b.id, array_agg(c.id) as coupon_ids from commerce.bill b
       join commerce.bill_share s on s.tenant_id = $1 and s.bill_id = b.id and s.state = 'open'
      cross join lateral jsonb_array_elements_text(s.coupon_ids) as c(id)
      where b.tenant_id = $1 and b.state = 'open' and b.opened_at < $2 group by b.id order by b.id limit $3`,
    [scope.tenantId, new Date(scope.now.getTime() - HOLD_MS / 2), MAX_ENDED]);
  for (const { id, coupon_ids } of waiting) await holdCoupons(scope, coupon_ids, id, new Date(scope.now.getTime() + HOLD_MS));
}

/** After the half hour in which shares are kept for their people, the table has the evening. */
const OVERDUE_MS = 4 * 3_600_000;
const HOLD_MS = 48 * 3_600_000;

export const schedules: readonly Schedule[] = [
  { name: "commerce.overdue-bills", cron: "*/10 * * * *", zone: "Asia/Shanghai", run: endOverdueBills },
];
