import { expect, test } from "vitest";
import { type Draft, layoutOf, placed, stepped, withoutSection } from "./layout.ts";

const draft: Draft = { groups: [{ name: "甲", nameEn: "", fields: ["a", "b"] }, { name: "乙", nameEn: "", fields: [] }, { name: "", nameEn: "", fields: ["c"] }], access: { c: "hidden", a: "read", b: "write" } };
const order = ({ groups }: Draft) => groups.map((group) => group.fields.join("")).join("|");

test("a field steps through its section and over into the next, and no further than the first and the last", () => {
  expect(order(stepped(draft, "b", -1))).toBe("ba||c");
  expect(order(stepped(draft, "a", 1))).toBe("ba||c");
  expect(order(stepped(draft, "b", 1))).toBe("a|b|c");
  expect(order(stepped(stepped(draft, "b", 1), "b", 1))).toBe("a||bc");
  expect(order(stepped(draft, "c", -1))).toBe("ab|c|");
  expect([order(stepped(draft, "a", -1)), order(stepped(draft, "c", 1))]).toEqual(["ab||c", "ab||c"]);
});

test("a field is dropped before another one or at a section's end, and a section that goes leaves its fields", () => {
  expect(order(placed(draft, "c", { group: 0, before: "b" }))).toBe("acb||");
  expect(order(placed(draft, "a", { group: 1, before: null }))).toBe("b|a|c");
  expect(order(placed(draft, "a", { group: 0, before: "a" }))).toBe("ab||c");
  expect(order(withoutSection(draft, 0))).toBe("|abc");
  expect(layoutOf(draft)).toEqual({ sections: [{ name: "甲", nameEn: "", fields: ["a", "b"] }, { name: "乙", nameEn: "", fields: [] }], readOnly: ["a"], hidden: ["c"] });
});
