import i18next from "i18next";
import { beforeAll, expect, it } from "vitest";
import { dictionary } from "../../language/zh-CN/index.ts";
import { ruleSentences } from "./rule-sentence.ts";

beforeAll(() => i18next.init({ lng: "zh-CN", resources: { "zh-CN": { translation: dictionary } }, interpolation: { escapeValue: false } }));
const said = (rules: object, stages = "") => ruleSentences(i18next.t, rules, stages);

it("tells the rules of a pool as to a colleague", () => {
  expect(said({ capacity: 100, claimsPerDay: 20, idleDays: 15, winDays: 45, extensions: 1, extensionDays: 15, coolDownDays: 7 }, "已签约")).toEqual([
    "每人最多持有 100 条。", "每人每天最多领取 20 条。", "15 天没有跟进，自动回公海。", "拿到后 45 天还没到「已签约」，自动回公海。", "到了「已签约」就长期持有。", "每条可延期 1 次，每次 15 天。", "退回或被收回的人，7 天内不能再领同一条。",
  ]);
});

it("says so where nothing limits and nothing is taken back, and then of no stage and no extension", () => {
  expect(said({ capacity: null, claimsPerDay: null, idleDays: null, winDays: null, extensions: 2, extensionDays: 5, coolDownDays: 0 }, "已签约")).toEqual(["每人持有多少不限。", "不会自动收回。"]);
  expect(said({ winDays: 30 })).toContain("拿到后满 30 天，自动回公海。");
});
