import { addDays, dayOf } from "../kernel/days.ts";
import type { Scope } from "../kernel/scope.ts";
import { adjustOrAsk, listLimits, setLimits } from "../modules/loyalty/approval.ts";
import { createEarnRule } from "../modules/loyalty/earn-rule.ts";
import { earnFromSource } from "../modules/loyalty/earning.ts";
import { freezePoints } from "../modules/loyalty/freeze.ts";
import { getMember360 } from "../modules/loyalty/member360.view.ts";
import { listTiers } from "../modules/loyalty/tier.ts";
import { grantTier } from "../modules/loyalty/tier.grant.ts";
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
  if (third && manager) await adjustOrAsk({ ...scope, actor: manager }, { memberId: third.id, points: 800, reason: "整单退款后的致歉补偿" });
  const tier = (await listTiers(scope)).at(-2);
  if (last && tier) await grantTier(scope, { memberId: last.id, tierId: tier.id, until: addDays(dayOf(scope.now, scope.zone), 60), reason: "沉睡会员挽回：体验等级两个月" });
}
