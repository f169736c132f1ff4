import { expect, test } from "vitest";
import { type Arrangement, placed, stepped, withoutGroup } from "./arrangement.ts";

const draft: Arrangement = { groups: [{ name: "甲", nameEn: "", keys: ["a", "b"] }, { name: "乙", nameEn: "", keys: [] }, { name: "", nameEn: "", keys: ["c"] }] };
const order = ({ groups }: Arrangement) => groups.map((group) => group.keys.join("")).join("|");

test("one steps through its group and over into the next, and no further than the first and the last", () => {
  expect(order(stepped(draft, "b", -1))).toBe("ba||c");
  expect(order(stepped(draft, "a", 1))).toBe("ba||c");
  expect(order(stepped(draft, "b", 1))).toBe("a|b|c");
  expect(order(stepped(stepped(draft, "b", 1), "b", 1))).toBe("a||bc");
  expect(order(stepped(draft, "c", -1))).toBe("ab|c|");
  expect([order(stepped(draft, "a", -1)), order(stepped(draft, "c", 1))]).toEqual(["ab||c", "ab||c"]);
});

test("one is dropped before another or at a group's end, and a group that goes leaves its members", () => {
  expect(order(placed(draft, "c", { group: 0, before: "b" }))).toBe("acb||");
  expect(order(placed(draft, "a", { group: 1, before: null }))).toBe("b|a|c");
  expect(order(placed(draft, "a", { group: 0, before: "a" }))).toBe("ab||c");
  expect(order(withoutGroup(draft, 0))).toBe("|abc");
});
