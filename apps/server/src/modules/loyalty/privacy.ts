import type { PrivacyStep } from "../customers/index.ts";
import { balancesOf, Journal } from "../ledger/index.ts";
import { adjustPoints } from "./points.ts";
import { currentProgram, POINTS } from "./program.ts";
import { readStandings } from "./standing.ts";

/** Points are forfeited by a posting like any other, so that the books still say where they went. */
export const privacyStep: PrivacyStep = {
  module: "loyalty",
  holds: [
    "loyalty.benefit_grant.member_id", "loyalty.benefit_use.member_id", "loyalty.expiry_notice.member_id", "loyalty.life_stage.member_id", "loyalty.life_stage_change.member_id", "loyalty.mall_allowance.member_id", "loyalty.points_counter.holder_id",
    "loyalty.points_earning.member_id", "loyalty.points_freeze.member_id", "loyalty.points_transfer.from_member_id",
    "loyalty.points_transfer.to_member_id", "loyalty.redemption.member_id", "loyalty.standing.member_id", "loyalty.tier_change.member_id", "loyalty.tier_grant.member_id",
    "ledger.account.holder_id", "ledger.lot.origin_holder_id",
  ],
  async preview(scope, memberId) {
    const key = { holderId: memberId, asset: POINTS };
    const { active, pending, frozen } = balancesOf((await Journal.open(scope, [key])).find(key), scope.now);
    const tierId = (await readStandings(scope, [memberId])).get(memberId)?.tierId;
    const tier = (await currentProgram(scope)).tiers.find((one) => one.id === tierId);
    const [waiting] = await scope.tx.rows<{ redemptions: number; paid: number }>(
      `select count(*)::int as redemptions, count(*) filter (where cash_fen > 0)::int as paid from loyalty.redemption
        where tenant_id = $1 and member_id = $2 and state in ('waiting', 'ready')`, [scope.tenantId, memberId]);
    const lost = [{ what: "points", amount: active + pending + frozen }, { what: "redemptions", amount: waiting?.redemptions ?? 0 }].filter((one) => one.amount > 0);
    return { lost: [...lost, ...(tier ? [{ what: "tier", amount: tier.name }] : [])], blockers: [...(frozen > 0 ? ["points-frozen"] : []), ...(waiting?.paid ? ["redemptions"] : [])] };
  },
  async erase(scope, memberId) {
    const key = { holderId: memberId, asset: POINTS };
    const available = (await Journal.open(scope, [key])).available(key);
    if (available > 0) await adjustPoints(scope, { memberId, points: -available, reason: "会员注销" });
    await scope.tx.rows("delete from loyalty.life_stage where tenant_id = $1 and member_id = $2", [scope.tenantId, memberId]);
    return { points: Math.max(0, available) };
  },
};
