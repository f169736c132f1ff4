import { notFound } from "../../kernel/problem.ts";
import type { Scope } from "../../kernel/scope.ts";
import { periodStart, type Period } from "./coupon-period.ts";

/** What one member may have of a template, and the first day of the period that the second limit counts in. */
export interface Limits {
  perMember: number | null;
  perPeriod: number | null;
  periodFrom: string | null;
}

/** Counts one more for each member below the limits; returns whom it was granted. Throws `notFound`. */
export async function grantAllowances(scope: Scope, templateId: string, memberIds: readonly string[]): Promise<Set<string>> {
  const { tx, tenantId } = scope;
  const limits = await limitsOf(scope, templateId);
  if (memberIds.length === 0) return new Set();
  const rows = await tx.rows<{ member_id: string }>(
    `insert into promotions.coupon_allowance as a (tenant_id, template_id, member_id, taken, period_from, period_taken)
     select $1, $2, m.id, 1, $5::date, 1 from unnest($3::uuid[]) as m(id) order by m.id
     on conflict (tenant_id, template_id, member_id) do update set ${ONE_MORE} where ${BELOW("$4", "$5", "$6")}
     returning member_id`, [tenantId, templateId, memberIds, limits.perMember, limits.periodFrom, limits.perPeriod]);
  return new Set(rows.map((row) => row.member_id));
}

/** For `on conflict` of `coupon_allowance as a`: one more, in a period that may have begun anew. */
export const ONE_MORE = `taken = a.taken + 1, period_from = excluded.period_from,
       period_taken = case when a.period_from is not distinct from excluded.period_from then a.period_taken else 0 end + 1`;

export const BELOW = (perMember: string, periodFrom: string, perPeriod: string): string =>
  `(${perMember}::int is null or a.taken < ${perMember})
   and (${perPeriod}::int is null or a.period_from is distinct from ${periodFrom}::date or a.period_taken < ${perPeriod})`;

export async function limitsOf(scope: Scope, templateId: string): Promise<Limits> {
  const [row] = await scope.tx.rows<{ per_member: number | null; per_period: number | null; period: Period | null }>(
    "select per_member, per_period, period from promotions.coupon_template where tenant_id = $1 and id = $2", [scope.tenantId, templateId]);
  if (!row) throw notFound({ detail: "No such coupon template" });
  return { perMember: row.per_member, perPeriod: row.per_period, periodFrom: periodStart(row.period, scope) };
}
