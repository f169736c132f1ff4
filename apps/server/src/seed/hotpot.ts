import type { BrandPlan, StaffPlan, StorePlan } from "./brand.ts";
import { hotpotCast } from "./cast.ts";
import { hotpotMenu } from "./hotpot.menu.ts";

const openingHours = "11:00–23:30";

const stores: readonly StorePlan[] = [
  { code: "CD01", name: "春熙路店", region: "西南", city: "成都", address: "成都市锦江区春熙路东段 18 号 3 楼", phone: "028-8600 1001", openingHours, weight: 1.6 },
  { code: "CD02", name: "宽窄巷子店", region: "西南", city: "成都", address: "成都市青羊区长顺上街 127 号", phone: "028-8600 1002", openingHours, weight: 1.2 },
  { code: "CQ01", name: "解放碑店", region: "西南", city: "重庆", address: "重庆市渝中区民权路 28 号 5 楼", phone: "023-6300 1001", openingHours, weight: 1.5 },
  { code: "CQ02", name: "观音桥店", region: "西南", city: "重庆", address: "重庆市江北区观音桥步行街 6 号", phone: "023-6300 1002", openingHours, weight: 1.1 },
  { code: "SH01", name: "静安寺店", region: "华东", city: "上海", address: "上海市静安区南京西路 1618 号 B1", phone: "021-6200 1001", openingHours, weight: 1.4 },
  { code: "SH02", name: "五角场店", region: "华东", city: "上海", address: "上海市杨浦区政通路 177 号 4 楼", phone: "021-6200 1002", openingHours, weight: 1 },
  { code: "HZ01", name: "湖滨银泰店", region: "华东", city: "杭州", address: "杭州市上城区东坡路 7 号 5 楼", phone: "0571-8700 1001", openingHours, weight: 1 },
  { code: "NJ01", name: "新街口店", region: "华东", city: "南京", address: "南京市秦淮区中山南路 79 号 6 楼", phone: "025-8400 1001", openingHours, weight: 0.9 },
  { code: "BJ01", name: "簋街店", region: "华北", city: "北京", address: "北京市东城区东直门内大街 233 号", phone: "010-6400 1001", openingHours, weight: 1.3 },
  { code: "BJ02", name: "五道口店", region: "华北", city: "北京", address: "北京市海淀区成府路 28 号 2 楼", phone: "010-6400 1002", openingHours, weight: 1 },
  { code: "TJ01", name: "滨江道店", region: "华北", city: "天津", address: "天津市和平区滨江道 219 号", phone: "022-2700 1001", openingHours, weight: 0.8 },
  { code: "XA01", name: "小寨店", region: "华北", city: "西安", address: "西安市雁塔区小寨东路 126 号", phone: "029-8500 1001", openingHours, weight: 0.9 },
];

const managers: Readonly<Record<string, string>> = {
  CD01: "罗春燕", CD02: "曾勇", CQ01: "唐渝", CQ02: "冉小红", SH01: "沈佳", SH02: "顾文", HZ01: "钱塘", NJ01: "金陵", BJ01: "关晓东", BJ02: "佟磊", TJ01: "卫津", XA01: "秦岚",
};
const cashiers = ["小李", "小张", "小何", "小冉", "小沈", "小周", "小钱", "小许", "小关", "小马", "小卫", "小秦"];

const staff: readonly StaffPlan[] = [
  { account: "xinan", name: "蒲江", role: "regional-manager", unit: "西南" },
  { account: "huadong", name: "陆浦", role: "regional-manager", unit: "华东" },
  { account: "huabei", name: "燕山", role: "regional-manager", unit: "华北" },
  { account: "yingxiao", name: "苗苗", role: "marketer" },
  { account: "kefu", name: "安心", role: "service" },
  { account: "shenji", name: "严正", role: "auditor" },
  ...stores.map((store): StaffPlan => ({ account: `dz-${store.code.toLowerCase()}`, name: managers[store.code] ?? store.name, role: "store-manager", unit: store.code })),
  ...stores.map((store, at): StaffPlan => ({ account: `sy-${store.code.toLowerCase()}`, name: cashiers[at] ?? "小王", role: "cashier", unit: store.code })),
];

export const hotpot: BrandPlan = {
  code: "hotpot", name: "山城老灶火锅", theme: { primary: "#c8281e", logoText: "山城老灶" }, admin: { account: "admin", name: "林掌柜" },
  stores, staff, menu: hotpotMenu, cast: hotpotCast, guests: 218, phonePrefix: "1390000",
  tiers: [
    { name: "钻石", rank: 3, spendFen: 1_500_000, visits: null, pointsPercent: 200, benefits: ["2 倍积分", "包间优先", "免服务费", "生日宴礼", "专属客服"], color: "#3a6ea5" },
  ],
  topUpPlans: [
    { name: "充 500 送 50", principalFen: 50_000, bonusFen: 5_000 },
    { name: "充 1000 送 150", principalFen: 100_000, bonusFen: 15_000 },
    { name: "充 2000 送 400", principalFen: 200_000, bonusFen: 40_000 },
  ],
  coupons: [
    { key: "spend", validity: null, body: { name: "满200减30" } },
    { key: "welcome", validity: null, body: { name: "新人八折券" } },
    { key: "birthday", validity: { days: 15 }, body: { name: "生日兑换手搓冰粉", kind: "exchange", exchange: { sku: "TP01" }, thresholdFen: 0, perMember: 2, isClaimable: false } },
    { key: "festival", validity: { fromDay: 20, untilDay: 40 }, body: { name: "节日满150减20", kind: "amount-off", amountFen: 2_000, thresholdFen: 15_000, perMember: 1, stock: 200 } },
  ],
  offers: [
    { name: "满300减40", kind: "amount-off", amountFen: 4_000, thresholdFen: 30_000, isActive: true, priority: 10, isStackable: false },
    { name: "周二会员日荤菜九折", kind: "percent-off", percentOff: 10, weekdays: [2], categories: ["荤菜"], isActive: true, priority: 20 },
    {
      name: "冬至阶梯满减", priority: 15,
      definition: {
        kind: "ladder", trigger: "auto", level: "order", scope: { from: "2026-12-19", until: "2026-12-22", channels: ["till", "mini-program"] },
        steps: [{ atAmountFen: 20_000, amountFen: 2_000 }, { atAmountFen: 30_000, amountFen: 4_500 }, { atAmountFen: 50_000, amountFen: 9_000 }],
      },
    },
    { name: "下午茶时段饮品第二杯半价", priority: 5, definition: { kind: "buy-get", trigger: "auto", level: "line", buyQuantity: 1, getQuantity: 1, percentOff: 50, maxTimes: 2, scope: { categories: ["饮品酒水"], timeSlots: [{ from: "14:00", until: "17:00" }] } } },
    { name: "夏日饮品八折（已停）", kind: "percent-off", percentOff: 20, categories: ["饮品酒水"], state: "paused", priority: 5 },
  ],
  earnRules: [{ name: "周二双倍积分", multiplierPercent: 200, weekdays: [2] }],
  pointsPercentOfOrder: 50,
  ordersADay: 45,
  hours: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 6, 11, 7, 3, 2, 4, 11, 17, 16, 11, 7, 4, 1],
  weekdays: [1.3, 0.8, 0.98, 0.85, 0.9, 1.15, 1.45],
  parties: [1, 6, 5, 5, 2, 2, 1, 1],
  channels: [{ channel: "till", weight: 8 }, { channel: "mini-program", weight: 1.4 }, { channel: "takeaway", weight: 1 }],
};
