import { moveRows, moveRowsBack, type FollowingRows, type MergeStep, type MovedRows } from "../customers/index.ts";
import type { Scope } from "../../kernel/scope.ts";

const ROWS: readonly FollowingRows[] = [
  { table: "promotions.coupon", column: "member_id", key: ["id"] },
  { table: "promotions.coupon_gift", column: "from_member_id", key: ["id"] },
  { table: "promotions.coupon_gift", column: "to_member_id", key: ["id"] },
  { table: "promotions.coupon_push_member", column: "member_id", key: ["push_id"], oneOf: ["push_id"] },
  { table: "promotions.coupon_reward", column: "member_id", key: ["order_id", "template_id"] },
  { table: "promotions.coupon_share", column: "member_id", key: ["id"] },
  { table: "promotions.coupon_share_claim", column: "member_id", key: ["share_id"], oneOf: ["share_id"] },
];

interface Allowance {
  template_id: string;
  taken: number;
  period_from: string | null;
  period_taken: number;
}

interface Kept {
  rows: MovedRows;
  allowances: Allowance[];
}

/** Coupons in every state, and what was taken of the limits: together, since one person took both. */
export const mergeStep: MergeStep = {
  module: "promotions",
  rows: ROWS,
  async preview(scope, { survivorId, absorbedId }) {
    const [row] = await scope.tx.rows<{ survivor: number; absorbed: number }>(
      `select count(*) filter (where member_id = $2)::int as survivor, count(*) filter (where member_id = $3)::int as absorbed from promotions.coupon
        where tenant_id = $1 and member_id in ($2, $3) and state in ('issued', 'held', 'given') and valid_until > $4`, [scope.tenantId, survivorId, absorbedId, scope.now]);
    const { survivor, absorbed } = row ?? { survivor: 0, absorbed: 0 };
    return { lines: [{ what: "coupons", survivor, absorbed, after: survivor + absorbed }], blockers: [] };
  },
  async merge(scope, { survivorId, absorbedId }) {
    const rows = await moveRows(scope, ROWS, absorbedId, survivorId);
    return { rows, allowances: await addAllowances(scope, absorbedId, survivorId) } satisfies Kept;
  },
  async undo(scope, { survivorId, absorbedId }, { rows, allowances }: Kept) {
    await moveRowsBack(scope, ROWS, rows, survivorId, absorbedId);
    await takeAllowances(scope, survivorId, allowances);
  },
};

/** The absorbed member's own rows stay as they were, for the day on which the merge is undone. */
async function addAllowances({ tx, tenantId }: Scope, fromId: string, toId: string): Promise<Allowance[]> {
  await tx.rows(
    `insert into promotions.coupon_allowance as a (tenant_id, template_id, member_id, taken, period_from, period_taken)
     select $1, template_id, $3, taken, period_from, period_taken from promotions.coupon_allowance where tenant_id = $1 and member_id = $2
     on conflict (tenant_id, template_id, member_id) do update set taken = a.taken + excluded.taken,
       period_taken = case when a.period_from is not distinct from excluded.period_from then a.period_taken + excluded.period_taken
                           when a.period_from > excluded.period_from then a.period_taken else excluded.period_taken end,
       period_from = greatest(a.period_from, excluded.period_from)`, [tenantId, fromId, toId]);
  return tx.rows<Allowance>(
    "select template_id, taken, period_from::text, period_taken from promotions.coupon_allowance where tenant_id = $1 and member_id = $2", [tenantId, fromId]);
}

async function takeAllowances({ tx, tenantId }: Scope, memberId: string, allowances: readonly Allowance[]): Promise<void> {
  await tx.rows(
    `update promotions.coupon_allowance a set taken = greatest(0, a.taken - v.taken),
            period_taken = case when a.period_from is not distinct from v.period_from then greatest(0, a.period_taken - v.period_taken) else a.period_taken end
       from unnest($3::uuid[], $4::int[], $5::date[], $6::int[]) as v(template_id, taken, period_from, period_taken)
      where a.tenant_id = $1 and a.member_id = $2 and a.template_id = v.template_id`,
    [tenantId, memberId, allowances.map((one) => one.template_id), allowances.map((one) => one.taken), allowances.map((one) => one.period_from),
      allowances.map((one) => one.period_taken)]);
}
