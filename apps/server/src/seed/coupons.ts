import { addDays, dayOf } from "../kernel/days.ts";
import type { Scope } from "../kernel/scope.ts";
import { standingConditions } from "../modules/loyalty/index.ts";
import { createTemplate, issueCoupons, publishTemplate } from "../modules/promotions/index.ts";
import { acceptGift, offerGift } from "../modules/promotions/coupon-gift.ts";
import { keepCode } from "../modules/promotions/coupon-keep.ts";
import { writePage } from "../modules/promotions/coupon-push.page.ts";
import { generateCodes, startPush } from "../modules/promotions/coupon-push.ts";
import { createRule } from "../modules/promotions/coupon-rule.ts";
import { claimShare, openShare } from "../modules/promotions/coupon-share.ts";
import type { Cast } from "./decisions.ts";

const CODES = 60;
const ASLEEP_DAYS = 21;

/** What marketing did with coupons at the end of the story, and what guests made of it: one of each, for whoever looks at the screens. */
export async function passCoupons(scope: Scope, { brand, guests, places }: Cast): Promise<void> {
  const spend = places.templateIds.get("spend") ?? "";
  const inCharge: Scope = { ...scope, actor: [...places.managers.values()][0] ?? scope.actor };
  const rest = { isClaimable: false, perMember: 1 };
  const missed = await publish(inCharge, { ...rest, name: "好久不见满100减25", kind: "amount-off", amountFen: 2_500, thresholdFen: 10_000, validity: { kind: "days", days: 14 } });
  const { id: pushId } = await startPush(inCharge, standingConditions, missed, { name: "唤醒三周未到店的会员", audience: { lastOrderUntil: addDays(dayOf(scope.now, scope.zone), -ASLEEP_DAYS) } });
  while (await writePage(inCharge, standingConditions, pushId));
  const dish = brand.menu.at(-1)?.dishes[0]?.[0] ?? "";
  const flyer = await publish(inCharge, { ...rest, name: "传单到店礼", kind: "exchange", exchange: { sku: dish }, thresholdFen: 0, stock: CODES, validity: { kind: "days", days: 60 } });
  const { id: poolId } = await generateCodes(inCharge, flyer, { name: "社区传单第一批", count: CODES });
  while (await writePage(inCharge, standingConditions, poolId));
  await createRule(inCharge, { name: "大桌用餐送下次券", trigger: "order-paid", templateId: spend, count: 1, minimumFen: 80_000, storeIds: [], channels: [], state: "live" });

  const [giver = "", sharer = "", friend = ""] = guests.flatMap((guest) => (guest.cast === undefined ? [] : places.memberIds.get(guest.phone) ?? []));
  const [code] = await scope.tx.rows<{ code: string }>("select code from promotions.coupon where tenant_id = $1 and push_id = $2 order by id limit 1", [scope.tenantId, poolId]);
  await keepCode(scope, friend, code?.code ?? "");
  const { token } = await openShare(scope, sharer, spend);
  for (const memberId of [giver, friend]) await claimShare(scope, memberId, token);
  const { issued } = await issueCoupons(inCharge, spend, [giver, sharer]);
  for (const { memberId, couponId } of issued) {
    const gift = await offerGift(scope, memberId, couponId, "周末一起吃饭");
    // One has arrived, the other is on its way.
    if (memberId === giver) await acceptGift(scope, friend, gift.token);
  }
}

async function publish(scope: Scope, draft: Parameters<typeof createTemplate>[1]): Promise<string> {
  const { id } = await createTemplate(scope, draft);
  await publishTemplate(scope, id);
  return id;
}
