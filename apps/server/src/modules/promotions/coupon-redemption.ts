import { audit } from "../../kernel/audit.ts";
import { bigints, integers, uuids } from "../../kernel/db/array.ts";
import { hint } from "../../kernel/live.ts";
import { actorRef, type Scope } from "../../kernel/scope.ts";
import { couponUnknown, couponUnusable, normalCode } from "./coupon.ts";

interface Row {
  id: string;
  member_id: string | null;
  state: string;
  order_id: string | null;
  redeemed_by: string | null;
}

/**
 * Verification by a partner, outside of our orders: the coupon is used, under the partner's own reference. The same reference
 * again is answered with the same coupon. Throws `couponUnknown`, `couponUnusable`.
 */
export async function redeemOutside(scope: Scope, code: string, reference: string): Promise<string> {
  const coupon = await byCode(scope, code);
  const who = actorRef(scope.actor);
  if (coupon.state === "redeemed" && coupon.order_id === reference && coupon.redeemed_by === who) return coupon.id;
  const [used] = await scope.tx.rows(
    `update promotions.coupon set state = 'redeemed', order_id = $3, redeemed_by = $4, redeemed_at = $5, held_until = null
      where tenant_id = $1 and id = $2 and valid_from <= $5 and valid_until > $5 and (state = 'issued' or (state = 'held' and held_until <= $5)) returning id`,
    [scope.tenantId, coupon.id, reference, who, scope.now]);
  if (!used) throw couponUnusable({ state: coupon.state, couponId: coupon.id });
  return conclude(scope, coupon, "coupon.redeem", 1, reference);
}

/** The partner takes its verification back. Throws `couponUnknown`, `couponUnusable`. */
export async function revertOutside(scope: Scope, code: string, reference: string): Promise<string> {
  const coupon = await byCode(scope, code);
  const [back] = await scope.tx.rows(
    `update promotions.coupon set state = 'issued', order_id = null, redeemed_by = null, redeemed_at = null
      where tenant_id = $1 and id = $2 and state = 'redeemed' and order_id = $3 and redeemed_by = $4 returning id`,
    [scope.tenantId, coupon.id, reference, actorRef(scope.actor)]);
  if (!back) throw couponUnusable({ state: coupon.state, couponId: coupon.id });
  return conclude(scope, coupon, "coupon.revert", -1, reference);
}

async function byCode(scope: Scope, code: string): Promise<Row> {
  const [row] = await scope.tx.rows<Row>(
    "select id, member_id, state, order_id, redeemed_by from promotions.coupon where tenant_id = $1 and code = $2", [scope.tenantId, normalCode(code)]);
  if (!row) throw couponUnknown();
  return row;
}

async function conclude(scope: Scope, coupon: Row, action: string, count: number, reference: string): Promise<string> {
  audit(scope, { action, subjectKind: "coupon", subjectId: coupon.id, after: { reference } });
  if (coupon.member_id) hint(scope, "members", [coupon.member_id]);
  await countUses(scope, [{ couponId: coupon.id, count, costFen: 0, salesFen: 0 }]);
  return coupon.id;
}

/** One use of a coupon, or with `count` -1 one that was taken back. */
export interface Use {
  couponId: string;
  count: number;
  costFen: number;
  salesFen: number;
}

/** Keeps the sums of each template, and of each push after it: the order in which pages of a push lock both. */
export async function countUses(scope: Scope, uses: readonly Use[]): Promise<void> {
  if (uses.length === 0) return;
  await scope.tx.rows(
    `with used as (
       select c.template_id, c.push_id, u.count, u.cost, u.sales from unnest($2::uuid[], $3::int[], $4::bigint[], $5::bigint[]) as u(id, count, cost, sales)
        cross join lateral (select d.template_id, d.push_id from promotions.coupon d where d.tenant_id = $1 and d.id = u.id offset 0) as c)
     , of_push as (
       update promotions.coupon_push p set redeemed = p.redeemed + v.count
         from (select push_id, sum(count)::int as count from used where push_id is not null group by 1) v where p.tenant_id = $1 and p.id = v.push_id)
     update promotions.coupon_template t set redeemed = t.redeemed + v.count, cost_fen = t.cost_fen + v.cost, sales_fen = t.sales_fen + v.sales
       from (select template_id, sum(count)::int as count, sum(cost)::bigint as cost, sum(sales)::bigint as sales from used group by 1) v
      where t.tenant_id = $1 and t.id = v.template_id`,
    [scope.tenantId, uuids(uses, (use) => use.couponId), integers(uses, (use) => use.count), bigints(uses, (use) => use.costFen), bigints(uses, (use) => use.salesFen)]);
}
