import type { CastMember } from "./brand.ts";

/** 山城老灶火锅: who tests, screenshots and the guide speak of. docs/guide/story.md tells their stories. */
export const hotpotCast: readonly CastMember[] = [
  {
    name: "王小明", gender: "male", phone: "13900001001", store: "CD01", joinedOn: -400, tags: ["常客", "爱吃辣"],
    birthday: { calendar: "lunar", year: 1990, month: 8, day: 15 }, every: { days: 5, party: 4 },
    moments: [{ kind: "top-up", day: 12, plan: 1 }, { kind: "visit", day: 20, party: 4, pay: "stored-value" }, { kind: "coupon", day: 84, coupon: "spend" }],
  },
  {
    name: "欧阳雪", gender: "female", phone: "13900001002", store: "SH01", joinedOn: -620, tags: ["商务宴请", "VIP"],
    birthday: { calendar: "solar", year: 1985, month: 3, day: 8 }, every: { days: 3, party: 8 },
    moments: [{ kind: "top-up", day: 62, plan: 2 }, { kind: "top-up", day: 82, plan: 2 }, { kind: "coupon", day: 86, coupon: "spend" }],
  },
  {
    name: "陈建国", gender: "male", phone: "13900001003", store: "CQ01", joinedOn: -210, tags: ["家庭聚餐"],
    birthday: { calendar: "solar", year: 1968, month: 10, day: 1 }, every: { days: 14, party: 3 },
    moments: [
      { kind: "visit", day: 82, party: 4, mark: "chen-jianguo" },
      { kind: "return", day: 83, of: "chen-jianguo", lines: "all", reason: "菜品不新鲜，店长同意整单退款" },
    ],
  },
  {
    name: "何婷", gender: "female", phone: "13900001004", store: "BJ01", joinedOn: -150, tags: [], every: { days: 16, party: 2 },
    moments: [
      { kind: "visit", day: 86, party: 3, mark: "he-ting" },
      { kind: "return", day: 86, of: "he-ting", lines: 1, reason: "上错一份菜，退一道" },
    ],
  },
  {
    name: "刘思琪", gender: "female", phone: "13900001005", store: "CD02", joinedOn: -95, tags: ["沉睡客"],
    birthday: { calendar: "solar", year: 1998, month: 6, day: 18 },
    moments: [{ kind: "visit", day: 8, party: 2 }, { kind: "coupon", day: 30, coupon: "spend" }],
  },
  {
    name: "赵婉清", gender: "female", phone: "13900001006", store: "CQ02", joinedOn: -300, tags: ["甜品控"], birthday: "today", every: { days: 12, party: 2 },
    moments: [{ kind: "coupon", day: 90, coupon: "birthday" }],
  },
  {
    name: "周子涵", gender: "male", phone: "13900001007", store: "SH02", joinedOn: -40, tags: ["公司团建"], every: { days: 20, party: 6 },
    moments: [{ kind: "coupon", day: 88, coupon: "spend" }, { kind: "hold", day: 90, party: 8 }],
  },
  {
    name: "诸葛明轩", gender: "male", phone: "13900001008", store: "HZ01", joinedOn: -20, tags: [],
    moments: [{ kind: "visit", day: 50, party: 2 }, { kind: "coupon", day: 60, coupon: "spend" }, { kind: "void", day: 61, reason: "重复发放，经会员同意作废" }],
  },
  {
    name: "孙浩然", gender: "male", phone: "13900001009", store: "CD01", joinedOn: 60, tags: ["学生"],
    birthday: { calendar: "lunar", year: 2003, month: 5, day: 5 },
    moments: [
      { kind: "visit", day: 70, party: 6, mark: "sun-haoran" },
      { kind: "visit", day: 74, party: 3, pay: "points" },
      { kind: "return", day: 75, of: "sun-haoran", lines: "all", reason: "重复付款，整单退回" },
    ],
  },
  {
    name: "李㛃", gender: "female", phone: "13900001010", store: "XA01", joinedOn: 15, tags: ["生僻字"], every: { days: 18, party: 2 }, moments: [],
  },
  {
    name: "阿依古丽·买买提", gender: "female", phone: "13900001011", store: "BJ02", joinedOn: -60, tags: ["清真忌口"], every: { days: 22, party: 4 }, moments: [],
  },
  {
    name: "林子轩", gender: "male", phone: "13900001012", store: "CD01", joinedOn: 90, tags: [], birthday: { calendar: "solar", year: 1995, month: 12, day: 25 },
    moments: [{ kind: "coupon", day: 90, coupon: "welcome" }],
  },
];

/** 麦香工坊 */
export const bakeryCast: readonly CastMember[] = [
  {
    name: "田甜", gender: "female", phone: "13900002001", store: "NJ01", joinedOn: -320, tags: ["每日早餐"], every: { days: 2, party: 2 },
    birthday: { calendar: "solar", year: 1992, month: 2, day: 29 }, moments: [{ kind: "top-up", day: 20, plan: 1 }, { kind: "top-up", day: 60, plan: 1 }],
  },
  {
    name: "上官静", gender: "female", phone: "13900002002", store: "NJ02", joinedOn: -180, tags: ["生日蛋糕"], every: { days: 6, party: 3 },
    birthday: { calendar: "lunar", year: 1988, month: 6, day: 1, leap: false }, moments: [],
  },
  {
    name: "马小麦", gender: "male", phone: "13900002003", store: "SZ01", joinedOn: -30, tags: [], every: { days: 10, party: 1 },
    moments: [{ kind: "visit", day: 80, party: 4, mark: "ma-xiaomai" }, { kind: "return", day: 80, of: "ma-xiaomai", lines: 1, reason: "拿错一件" }],
  },
];
