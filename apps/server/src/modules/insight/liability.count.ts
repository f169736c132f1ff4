import { addDays, dayOf, startOfDay, type Day } from "../../kernel/days.ts";
import type { Scope } from "../../kernel/scope.ts";

/** Nights are kept for this long; of what is older, the last day of each month. */
const KEPT_DAYS = 62;
const FLOW_DAYS = 400;
const SETTLING_MS = 60_000;

/** What the ledger calls an asset, as the page calls it. */
export const KIND_OF = "case a.asset when 'points' then 'points' when 'prepaid.principal' then 'principal' when 'prepaid.bonus' then 'bonus' end";
const COUNTED = "('points', 'prepaid.principal', 'prepaid.bonus')";
export const MONTH_OF = (column: string, zone: string): string => `coalesce(to_char(${column} at time zone ${zone}, 'YYYY-MM'), '')`;

/** Counts what is owed at this moment, in the place of an earlier count of the day. One pass over the open lots, one over the coupons. */
export async function countLiability(scope: Scope): Promise<void> {
  const { tx, tenantId, now } = scope;
  const today = dayOf(now, scope.zone);
  const headquarters = await headquartersOf(scope);
  await tx.rows("delete from insight.liability where tenant_id = $1 and (on_day = $2 or (on_day < $3 and extract(day from on_day + 1) <> 1)) returning 1", [tenantId, today, addDays(today, -KEPT_DAYS)]);
  await tx.rows(
    `insert into insight.liability (tenant_id, on_day, kind, subject_id, store_id, month, amount, value_fen)
     select $1, $2, ${KIND_OF}, '', coalesce(l.store_id, $3), ${MONTH_OF("l.expires_at", "$4")}, sum(l.remaining)::bigint, sum(l.remaining)::bigint
       from ledger.lot l join ledger.account a on a.tenant_id = $1 and a.id = l.account_id
      where l.tenant_id = $1 and l.is_open and a.asset in ${COUNTED} and (l.expires_at is null or l.expires_at > $5)
      group by 3, 5, 6 returning 1`, [tenantId, today, headquarters, scope.zone, now]);
  await countCoupons(scope, today, headquarters);
  await countFlows(scope, now, headquarters);
  await tx.rows(
    `insert into insight.liability_count (tenant_id, on_day, as_of) values ($1, $2, $3)
     on conflict (tenant_id, on_day) do update set as_of = excluded.as_of returning 1`, [tenantId, today, now]);
}

/** Coupons that can still be used, at their face where they have one. */
async function countCoupons({ tx, tenantId, now, zone }: Scope, today: Day, headquarters: string): Promise<void> {
  await tx.rows(
    `insert into insight.liability (tenant_id, on_day, kind, subject_id, store_id, month, amount, value_fen)
     select $1, $2, 'coupon', c.template_id::text, $3, c.month, c.coupons, c.coupons * coalesce((v.definition ->> 'amountFen')::bigint, 0)
       from (select template_id, template_version, to_char(valid_until at time zone $4, 'YYYY-MM') as month, count(*) as coupons
               from promotions.coupon where tenant_id = $1 and state in ('issued', 'held') and valid_until > $5 group by 1, 2, 3) c
       join promotions.coupon_template_version v on v.tenant_id = $1 and v.template_id = c.template_id and v.version = c.template_version
     on conflict (tenant_id, on_day, kind, subject_id, store_id, month)
       do update set amount = insight.liability.amount + excluded.amount, value_fen = insight.liability.value_fen + excluded.value_fen returning 1`,
    [tenantId, today, headquarters, zone, now]);
}

/** The days since the last count, by what the ledger calls the movement; the last counted day again, for it had not ended. */
async function countFlows(scope: Scope, until: Date, headquarters: string): Promise<void> {
  const { tx, tenantId, zone } = scope;
  const today = dayOf(until, zone);
  const [last] = await tx.rows<{ on_day: Day | null }>("select max(on_day)::text as on_day from insight.value_flow where tenant_id = $1", [tenantId]);
  const from = last?.on_day ?? addDays(today, -FLOW_DAYS);
  await tx.rows("delete from insight.value_flow where tenant_id = $1 and on_day >= $2 returning 1", [tenantId, from]);
  await tx.rows(
    `insert into insight.value_flow (tenant_id, on_day, kind, flow, store_id, amount)
     select $1, (p.at at time zone $4)::date, ${KIND_OF}, p.kind, coalesce(l.store_id, $3), sum(p.amount)::bigint
       from ledger.posting p join ledger.account a on a.tenant_id = $1 and a.id = p.account_id
       left join ledger.lot l on l.tenant_id = $1 and l.id = p.lot_id
      where p.tenant_id = $1 and p.at >= $2 and p.at <= $5 and a.asset in ${COUNTED}
      group by 2, 3, 4, 5 having sum(p.amount) <> 0 returning 1`, [tenantId, startOfDay(from, zone), headquarters, zone, until]);
  await tx.rows(
    `insert into insight.value_flow (tenant_id, on_day, kind, flow, store_id, amount)
     select $1, (valid_until at time zone $4)::date, 'coupon', case when state = 'redeemed' then 'redeemed' else 'ended' end, $3, count(*)
       from promotions.coupon where tenant_id = $1 and valid_until >= $2 and valid_until < $5 and state <> 'void'
      group by 2, 4 returning 1`, [tenantId, startOfDay(from, zone), headquarters, zone, startOfDay(today, zone)]);
}

/**
 * Brings the last count up to a minute ago, each hour, so that a page has an hour's postings to add and not a day's. A minute, because
 * what is written at this moment may carry the time at which it began.
 */
export async function rollLiability(scope: Scope): Promise<void> {
  const { tx, tenantId, now, zone } = scope;
  const [last] = await tx.rows<{ on_day: Day; as_of: Date }>(
    "select on_day::text as on_day, as_of from insight.liability_count where tenant_id = $1 order by on_day desc limit 1 for update", [tenantId]);
  const until = new Date(now.getTime() - SETTLING_MS);
  if (!last || last.as_of >= until) return;
  const headquarters = await headquartersOf(scope);
  await tx.rows(
    `insert into insight.liability (tenant_id, on_day, kind, subject_id, store_id, month, amount, value_fen)
     select $1, $2, ${KIND_OF}, '', coalesce(l.store_id, $3), ${MONTH_OF("l.expires_at", "$4")}, sum(p.amount)::bigint, sum(p.amount)::bigint
       from ledger.posting p join ledger.account a on a.tenant_id = $1 and a.id = p.account_id
       join ledger.lot l on l.tenant_id = $1 and l.id = p.lot_id
      where p.tenant_id = $1 and p.at > $5 and p.at <= $6 and p.kind <> 'expire' and a.asset in ${COUNTED}
      group by 3, 5, 6
     on conflict (tenant_id, on_day, kind, subject_id, store_id, month)
       do update set amount = insight.liability.amount + excluded.amount, value_fen = insight.liability.value_fen + excluded.value_fen returning 1`,
    [tenantId, last.on_day, headquarters, zone, last.as_of, until]);
  await countFlows(scope, until, headquarters);
  await tx.rows("update insight.liability_count set as_of = $3 where tenant_id = $1 and on_day = $2 returning 1", [tenantId, last.on_day, until]);
}

/** Where what no store sold or gave is counted. */
export async function headquartersOf({ tx, tenantId }: Scope): Promise<string> {
  const [row] = await tx.rows<{ id: string }>("select id from org.unit where tenant_id = $1 and kind = 'headquarters' order by id limit 1", [tenantId]);
  if (!row) throw new Error("A tenant has no headquarters");
  return row.id;
}
