import { expect, test } from "vitest";
import { optionChanges } from "./option-change.ts";

const [mild, medium, hot] = [{ key: "mild", name: "微辣" }, { key: "medium", name: "中辣", color: "#d46b08" }, { key: "hot", name: "特辣" }];

test("options that come, go, are renamed, retired, taken back or coloured are told one by one", () => {
  expect(optionChanges([mild, medium, { ...hot, isRetired: true }], [mild, { ...medium, nameEn: "Medium", color: "#000000" }, hot, { key: "none", name: "不辣" }]).changes.map(({ kind, option, was }) => [kind, option.key, was?.name])).toEqual([
    ["renamed", "medium", "中辣"], ["coloured", "medium", "中辣"], ["restored", "hot", undefined], ["added", "none", undefined],
  ]);
  expect(optionChanges([mild, medium], [{ ...mild, isRetired: true }]).changes.map(({ kind, option }) => [kind, option.key])).toEqual([["retired", "mild"], ["removed", "medium"]]);
});

test("the order is told only where those that stay change places", () => {
  expect(optionChanges([mild, hot], [mild, medium, hot])).toEqual({ changes: [{ kind: "added", option: medium }], order: null });
  expect(optionChanges([mild, medium, hot], [hot, medium])).toEqual({ changes: [{ kind: "removed", option: mild }], order: [hot, medium] });
});
