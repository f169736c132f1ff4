import { bakeryMenu } from "./bakery.menu.ts";
import type { BrandPlan, StaffPlan, StorePlan } from "./brand.ts";
import { bakeryCast } from "./cast.ts";

const openingHours = "07:00–21:30";

const stores: readonly StorePlan[] = [
  { code: "NJ01", name: "颐和路店", region: "江苏", city: "南京", address: "南京市鼓楼区颐和路 12 号", phone: "025-8330 2001", openingHours, weight: 1.4 },
  { code: "NJ02", name: "百家湖店", region: "江苏", city: "南京", address: "南京市江宁区利源中路 99 号", phone: "025-8330 2002", openingHours, weight: 1 },
  { code: "SZ01", name: "平江路店", region: "江苏", city: "苏州", address: "苏州市姑苏区平江路 168 号", phone: "0512-6770 2001", openingHours, weight: 1.2 },
  { code: "SZ02", name: "湖东邻里店", region: "江苏", city: "苏州", address: "苏州市工业园区旺墩路 158 号", phone: "0512-6770 2002", openingHours, weight: 0.8 },
];

const staff: readonly StaffPlan[] = [
  { account: "quyu", name: "郁金", role: "regional-manager", unit: "江苏" },
  { account: "yingxiao", name: "糖糖", role: "marketer" },
  { account: "kefu", name: "暖暖", role: "service" },
  { account: "shenji", name: "毕清", role: "auditor" },
  ...stores.map((store): StaffPlan => ({ account: `dz-${store.code.toLowerCase()}`, name: `${store.name.slice(0, 2)}店长`, role: "store-manager", unit: store.code })),
  ...stores.map((store): StaffPlan => ({ account: `sy-${store.code.toLowerCase()}`, name: `${store.name.slice(0, 2)}收银`, role: "cashier", unit: store.code })),
];

export const bakery: BrandPlan = {
  code: "bakery", name: "麦香工坊", theme: { primary: "#a5682a", logoText: "麦香工坊" }, admin: { account: "admin", name: "麦师傅" },
  stores, staff, menu: bakeryMenu, cast: bakeryCast, guests: 87, phonePrefix: "1390001",
  tiers: [
    { name: "麦粒", rank: 0, spendFen: null, visits: null, pointsPercent: 100, benefits: ["积分抵现"], color: "#b08d57" },
    { name: "麦穗", rank: 1, spendFen: 30_000, visits: 6, pointsPercent: 110, benefits: ["1.1 倍积分", "生日切件"], color: "#c99a2e" },
    { name: "金麦", rank: 2, spendFen: 150_000, visits: null, pointsPercent: 130, benefits: ["1.3 倍积分", "生日蛋糕八折", "新品试吃"], color: "#a5682a" },
  ],
  topUpPlans: [
    { name: "充 100 送 10", principalFen: 10_000, bonusFen: 1_000 },
    { name: "充 300 送 45", principalFen: 30_000, bonusFen: 4_500 },
  ],
  coupons: [
    { key: "spend", validity: { days: 14 }, body: { name: "满50减8", kind: "amount-off", amountFen: 800, thresholdFen: 5_000, perMember: 20, isGiftable: true, share: { maxClaims: 5, days: 7 } } },
    { key: "welcome", validity: { days: 14 }, body: { name: "新人八折券", kind: "percent-off", percentOff: 20, capFen: 1_000, thresholdFen: 0, perMember: 1 } },
    { key: "birthday", validity: { days: 7 }, body: { name: "生日兑换蛋挞", kind: "exchange", exchange: { sku: "XD01" }, thresholdFen: 0, perMember: 2, isClaimable: false } },
    { key: "festival", validity: { fromDay: 20, untilDay: 40 }, body: { name: "中秋礼盒满200减40", kind: "amount-off", amountFen: 4_000, thresholdFen: 20_000, perMember: 1, stock: 100 } },
  ],
  offers: [
    { name: "咖啡配面包减 3 元", kind: "amount-off", amountFen: 300, thresholdFen: 3_500, isActive: true, priority: 10 },
    { name: "周三会员日面包九折", kind: "percent-off", percentOff: 10, weekdays: [3], categories: ["面包"], isActive: true, priority: 20 },
  ],
  earnRules: [{ name: "周三双倍积分", multiplierPercent: 200, weekdays: [3] }],
  pointsPercentOfOrder: 100,
  ordersADay: 19,
  hours: [0, 0, 0, 0, 0, 0, 0, 12, 14, 8, 5, 6, 7, 5, 6, 9, 9, 8, 7, 4, 3, 1, 0, 0],
  weekdays: [1.25, 0.9, 0.95, 1.05, 0.95, 1.05, 1.3],
  parties: [7, 5, 2, 1],
  channels: [{ channel: "till", weight: 8 }, { channel: "mini-program", weight: 2 }],
};
