import type { z } from "zod";
import type { Scope } from "../../kernel/scope.ts";
import type { statistics } from "./coupon-statistics.schema.ts";
import { getTemplate } from "./coupon-template.view.ts";

/** States and sources have no counters, since those would be one more row for every till to wait for; counting a million takes a second. */
const MAX_COUNTED = 100_000;

/** Throws `notFound`. */
export async function templateStatistics(scope: Scope, id: string): Promise<z.input<typeof statistics>> {
  const { issued, redeemed, costFen, salesFen } = await getTemplate(scope, id);
  const rows = await scope.tx.rows<{ state: string; source: string; count: number }>(
    `select case when state in ('issued', 'held', 'given') and valid_until <= $3 then 'expired' when state = 'held' then 'issued' else state end as state, source, count(*)::int as count
       from (select state, valid_until, source from promotions.coupon where tenant_id = $1 and template_id = $2 order by id desc limit $4) latest
      group by 1, 2`, [scope.tenantId, id, scope.now, MAX_COUNTED]);
  const count = (state: string) => rows.filter((row) => row.state === state).reduce((sum, row) => sum + row.count, 0);
  return {
    issued, redeemed, costFen, salesFen, counted: rows.reduce((sum, row) => sum + row.count, 0),
    states: { usable: count("issued"), given: count("given"), redeemed: count("redeemed"), expired: count("expired"), void: count("void") },
    sources: [...Map.groupBy(rows, (row) => row.source)].map(([source, ofSource]) => ({
      source, issued: ofSource.reduce((sum, row) => sum + row.count, 0), redeemed: ofSource.reduce((sum, row) => sum + (row.state === "redeemed" ? row.count : 0), 0),
    })).toSorted((a, b) => b.issued - a.issued),
  };
}
