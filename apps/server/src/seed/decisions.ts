import { approvals } from "../app.ts";
import type { ChainStep } from "../kernel/approval.ts";
import { addDays, dayOf } from "../kernel/days.ts";
import type { Actor, Scope } from "../kernel/scope.ts";
import { returnOrAsk } from "../modules/commerce/refund.approval.ts";
import { adjustOrAsk, listLimits, setLimits } from "../modules/loyalty/approval.ts";
import { createEarnRule } from "../modules/loyalty/earn-rule.ts";
import { earnFromSource } from "../modules/loyalty/earning.ts";
import { freezePoints } from "../modules/loyalty/freeze.ts";
import { getMember360 } from "../modules/loyalty/member360.view.ts";
import { listTiers } from "../modules/loyalty/tier.ts";
import { grantTier } from "../modules/loyalty/tier.grant.ts";
import { builtInRoles, type BuiltInRole } from "../modules/org/built-in-role.ts";
import { kindOf, setChain } from "../modules/platform/approval/chain.ts";
import type { BrandPlan } from "./brand.ts";
import type { Guest } from "./guests.ts";
import type { Places } from "./places.ts";

export interface Cast {
  brand: BrandPlan;
  guests: readonly Guest[];
  places: Places;
}

const FROZEN = 50;

/** What people decided about points and tiers at the end of the story: one of each, for whoever looks at the screens. */
export async function decide(scope: Scope, { brand, guests, places }: Cast): Promise<void> {
  await createEarnRule(scope, { name: "签到有礼", bonusPoints: 5, sources: ["check-in"], maxPerDay: 5, budget: 100_000 });
  await createEarnRule(scope, { name: "评价有礼", bonusPoints: 20, sources: ["review"], maxPerDay: 40 });
  const limits = (await listLimits(scope)).filter((role) => role.roleName === "店长" || role.roleName === "客服");
  await setLimits(scope, limits.map(({ roleId, roleName }) => ({ roleId, maxPoints: roleName === "店长" ? 500 : 1_000 })));
  // The smaller brand's cast has four.
  const cast = guests.flatMap((guest) => {
    const id = guest.cast === undefined ? undefined : places.memberIds.get(guest.phone);
    return id ? [{ id, store: guest.store }] : [];
  });
  const [first, second, third, last] = [cast[0], cast[1], cast[2], cast[4] ?? cast[3]];
  if (first) {
    await earnFromSource(scope, { memberId: first.id, source: "check-in", reference: `${brand.code}-check-in` });
    await earnFromSource(scope, { memberId: first.id, source: "review", reference: `${brand.code}-review`, note: "菜品评价" });
  }
  if (second && (await getMember360(scope, second.id)).points.active >= FROZEN) await freezePoints(scope, { memberId: second.id, points: FROZEN, reason: "异地消费，等待本人核实" });
  const manager = places.managers.get(third?.store ?? "");
  await chooseDeciders(scope, brand);
  if (third && manager) {
    await adjustOrAsk({ ...scope, actor: manager }, approvals, { memberId: third.id, points: 800, reason: "整单退款后的致歉补偿" });
    await askForRefund(scope, manager, places.storeIds.get(third.store) ?? "");
  }
  const tier = (await listTiers(scope)).at(-2);
  if (last && tier) await grantTier(scope, { memberId: last.id, tierId: tier.id, until: addDays(dayOf(scope.now, scope.zone), 60), reason: "沉睡会员挽回：体验等级两个月" });
}

const DEAR_REFUND_FEN = 20_000;

/** Refunds from two hundred yuan on go to the region, from a thousand on also to headquarters; many points as well. */
async function chooseDeciders(scope: Scope, brand: BrandPlan): Promise<void> {
  const roles = new Map((await scope.tx.db.selectFrom("org.role").select(["id", "name"]).execute()).map((role) => [role.name, role.id]));
  const idOf = (role: BuiltInRole): string => roles.get(builtInRoles[role].name) ?? "";
  const headquarters: ChainStep["who"] = { kind: "roles", roleIds: [idOf("admin")] };
  const hasRegions = brand.staff.some((one) => one.role === "regional-manager");
  const region: ChainStep["who"] = hasRegions ? { kind: "leader", roleId: idOf("regional-manager"), level: "region" } : headquarters;
  await setChain(scope, kindOf(approvals.kinds, "refund"), [
    { name: hasRegions ? "区域经理审批" : "总部审批", who: region, mode: "any", when: { from: DEAR_REFUND_FEN, levels: ["store", "city"] }, timeoutHours: 24, escalateTo: { kind: "next-level" } },
    { name: "总部复核", who: headquarters, mode: "any", when: { from: 5 * DEAR_REFUND_FEN } },
  ]);
  await setChain(scope, kindOf(approvals.kinds, "points"), [
    { name: "above-limit", who: { kind: "able" }, mode: "any", when: { isAboveLimit: true } },
    { name: "总部复核", who: headquarters, mode: "any", when: { from: 5_000 } },
  ]);
}

/** A guest who complained: their manager asks for the whole order back. */
async function askForRefund(scope: Scope, manager: Actor, storeId: string): Promise<void> {
  const [order] = await scope.tx.rows<{ id: string }>(
    `select id from commerce."order" where tenant_id = $1 and store_id = $2 and status = 'paid' and source = 'till' and net_fen >= $3 order by paid_at desc, id limit 1`, [scope.tenantId, storeId, DEAR_REFUND_FEN]);
  if (order) await returnOrAsk({ ...scope, actor: manager }, approvals, order.id, { whole: true, reason: "客人反映锅底有异物，要求整单退款" });
}
