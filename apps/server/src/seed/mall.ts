import { addDays, dayOf } from "../kernel/days.ts";
import type { Scope } from "../kernel/scope.ts";
import { addCodes, addPicture, createBenefit, createItem, getMember360, handOut, listTiers, redeemItem } from "../modules/loyalty/index.ts";
import { createOffer } from "../modules/promotions/index.ts";
import type { BrandPlan } from "./brand.ts";
import type { Guest } from "./guests.ts";
import { platePicture } from "./picture.ts";
import type { Places } from "./places.ts";

type Colour = readonly [number, number, number];

interface ItemStory {
  name: string;
  description: string;
  kind: "dish" | "goods" | "coupon" | "benefit";
  points: number;
  cashFen?: number;
  stock?: number;
  perMember?: number;
  limitPeriod?: "month" | "year";
  colours: readonly [Colour, Colour];
  /** by place in the cast: who redeemed it, and whether it was fetched */
  by?: readonly { cast: number; isFetched: boolean }[];
}

const items: Readonly<Record<string, readonly ItemStory[]>> = {
  hotpot: [
    { name: "酸梅汤一扎", description: "现熬酸梅汤，一扎可供四人。", kind: "dish", points: 120, stock: 2_000, perMember: 2, limitPeriod: "month", colours: [[176, 64, 52], [96, 24, 36]], by: [{ cast: 0, isFetched: false }, { cast: 1, isFetched: true }] },
    { name: "鲜毛肚半份", description: "七上八下，15 秒刚刚好。", kind: "dish", points: 280, stock: 500, perMember: 1, limitPeriod: "month", colours: [[60, 84, 80], [150, 132, 120]], by: [{ cast: 1, isFetched: false }] },
    { name: "山城老灶铸铁锅", description: "门店同款 26 cm 铸铁锅，数量有限。", kind: "goods", points: 3_000, cashFen: 9_900, stock: 60, perMember: 1, limitPeriod: "year", colours: [[210, 160, 90], [40, 40, 44]] },
    { name: "火锅底料两袋", description: "牛油麻辣底料 400 g × 2。", kind: "goods", points: 500, stock: 300, colours: [[238, 210, 160], [190, 40, 30]] },
    { name: "满减券一张", description: "兑换后立即放入卡包。", kind: "coupon", points: 200, stock: 1_000, perMember: 3, limitPeriod: "month", colours: [[200, 70, 60], [250, 220, 150]] },
    { name: "优先排队一次", description: "周末晚市不用等。", kind: "benefit", points: 150, perMember: 4, limitPeriod: "month", colours: [[70, 90, 130], [240, 200, 120]] },
  ],
  bakery: [
    { name: "可颂一枚", description: "每天现烤，下午三点前领取口感最好。", kind: "dish", points: 90, stock: 1_000, perMember: 4, limitPeriod: "month", colours: [[120, 150, 120], [214, 160, 84]], by: [{ cast: 0, isFetched: true }] },
    { name: "帆布购物袋", description: "再生棉，印着店里的麦穗。", kind: "goods", points: 600, cashFen: 1_900, stock: 120, perMember: 1, limitPeriod: "year", colours: [[226, 218, 200], [150, 120, 70]] },
  ],
};

/** What the mall of a brand offers, what its tiers bring, and what some of the cast have made of it. */
export async function openMall(scope: Scope, { brand, guests, places }: { brand: BrandPlan; guests: readonly Guest[]; places: Places }): Promise<void> {
  const tiers = await listTiers(scope);
  const upper = tiers.slice(1).map((tier) => tier.id);
  const common = { description: "", tierIds: [] as string[], quota: 1 as number | null, couponTemplateId: null, offerId: null, points: null, leadDays: 7, validDays: 30, isAutomatic: false, state: "live" as const };
  const queue = await createBenefit(scope, { ...common, name: "优先排队", description: "出示会员码，少等一桌。", kind: "priority-queue", grantOn: "hand", position: 20 });
  await createBenefit(scope, { ...common, name: "生日礼券", description: "生日前七天到账，农历生日也算。", kind: "coupon", couponTemplateId: places.templateIds.get("birthday") ?? null, grantOn: "birthday", isAutomatic: true, position: 10 });
  const standing = { ...common, grantOn: "always" as const, quota: null };
  await createBenefit(scope, { ...standing, name: "优先入座", description: "排队时请告知店员。", kind: "priority-queue", tierIds: upper.slice(-1), position: 25 });
  await createBenefit(scope, { ...standing, name: "免配送费", kind: "free-delivery", tierIds: upper, position: 30 });
  await createBenefit(scope, { ...standing, name: "会员价", description: "招牌菜按会员价结算。", kind: "exclusive-price", tierIds: upper, offerId: await priceDishes(scope, brand), position: 40 });
  const partner = await createBenefit(scope, { ...common, name: "视频会员周卡", description: "合作伙伴赠送，领取后复制券码兑换。", kind: "partner-code", grantOn: "quarter", tierIds: upper.slice(-2), position: 50 });
  await addCodes(scope, partner.id, { codes: Array.from({ length: 200 }, (_, at) => `VIP-${brand.code.toUpperCase()}-${String(10_000 + at * 37)}`), expiresOn: addDays(dayOf(scope.now, scope.zone), 180) });
  const cast = guests.filter((guest) => guest.cast !== undefined);
  for (const [position, { colours: [cloth, food], by = [], cashFen = 0, stock = null, perMember = null, limitPeriod = "month", ...story }] of (items[brand.code] ?? []).entries()) {
    const picture = await addPicture(scope, platePicture(cloth, food));
    const item = await createItem(scope, {
      ...story, cashFen, stock, perMember, limitPeriod, pictureId: picture.id, tierIds: [], storeIds: [], pickupDays: 30, startsOn: null, endsOn: null, position, state: "live",
      couponTemplateId: story.kind === "coupon" ? (places.templateIds.get("spend") ?? null) : null, benefitId: story.kind === "benefit" ? queue.id : null,
    });
    for (const { cast: at, isFetched } of by) await redeem(scope, { guest: cast[at], places, itemId: item.id, points: story.points, isFetched });
  }
}

/** A tenth off the first dishes of the menu. */
async function priceDishes(scope: Scope, { menu: [signature] }: BrandPlan): Promise<string> {
  const prices = (signature?.dishes ?? []).slice(0, 3).map(([sku, , priceFen]) => ({ sku, priceFen: Math.floor((priceFen * 9) / 1_000) * 100 }));
  return (await createOffer(scope, { name: "招牌会员价", definition: { kind: "member-price", trigger: "auto", level: "line", prices } })).id;
}

interface Wish {
  guest: Guest | undefined;
  places: Places;
  itemId: string;
  points: number;
  isFetched: boolean;
}

/** Whoever has not enough points, because the dice gave them fewer visits, goes without. */
async function redeem(scope: Scope, { guest, places, itemId, points, isFetched }: Wish): Promise<void> {
  const memberId = guest && places.memberIds.get(guest.phone);
  const storeId = guest && places.storeIds.get(guest.store);
  if (!memberId || !storeId || (await getMember360(scope, memberId)).points.active < points) return;
  const { redemptionId } = await redeemItem(scope, { memberId, itemId, quantity: 1 });
  if (isFetched) await handOut(scope, redemptionId, storeId);
}
