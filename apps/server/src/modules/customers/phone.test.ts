import { describe, expect, it } from "vitest";
import { isPlaceholder, mainlandMobile, maskPhone } from "./phone.ts";

describe("a phone number", () => {
  it.each([
    ["13912348888", "13912348888"],
    ["139 1234 8888", "13912348888"],
    ["139-1234-8888", "13912348888"],
    ["139–1234—8888", "13912348888"],
    ["+86 139 1234 8888", "13912348888"],
    ["8613912348888", "13912348888"],
    ["008613912348888", "13912348888"],
    ["(+86)13912348888", "13912348888"],
    ["１３９１２３４８８８８", "13912348888"],
    ["　１３９　１２３４　８８８８", "13912348888"],
    ["19912348888", "19912348888"],
  ])("typed as %s is %s", (typed, phone) => expect(mainlandMobile(typed)).toBe(phone));

  it.each(["", "1391234888", "139123488889", "12912348888", "010-88886666", "+1 415 555 0100", "1391234888a", "';drop table member;--", "😀"])(
    "%s is none", (typed) => expect(mainlandMobile(typed)).toBeUndefined());

  it.each(["13800138000", "138 0013 8000", "+8613800138000", "00000000000", "１１１１１１１１１１１", "13888888888"])(
    "%s is what people type when they have no number", (typed) => expect(isPlaceholder(typed)).toBe(true));

  it("of a real guest is no placeholder", () => expect(isPlaceholder("13912348888")).toBe(false));

  it("shows its first three and last four digits", () => expect(maskPhone("13800138000")).toBe("138****8000"));
});
