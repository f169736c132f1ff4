import { expect, test } from "vitest";
import { layoutOf } from "./layout.ts";

test("a layout is its sections, without what is in none, and who may only read or not see", () => {
  const groups = [{ name: "甲", nameEn: "", keys: ["a", "b"] }, { name: "乙", nameEn: "", keys: [] }, { name: "", nameEn: "", keys: ["c"] }];
  expect(layoutOf({ groups, access: { c: "hidden", a: "read", b: "write" } })).toEqual({ sections: [{ name: "甲", nameEn: "", fields: ["a", "b"] }, { name: "乙", nameEn: "", fields: [] }], readOnly: ["a"], hidden: ["c"] });
});
