import { describe, expect, it } from "vitest";
import { formatFen, parseYuan, yuanText } from "./money.ts";

describe("money", () => {
  it("reads yuan as integer fen without floats", () => {
    expect(parseYuan("12.34")).toBe(1234);
    expect(parseYuan("0.29")).toBe(29);
    expect(parseYuan("1.1")).toBe(110);
    expect(parseYuan("4.35")).toBe(435);
    expect(parseYuan("99999999.99")).toBe(9_999_999_999);
    expect(parseYuan(".5")).toBe(50);
    expect(parseYuan("7.")).toBe(700);
  });

  it("understands what people paste", () => {
    expect(parseYuan(" ¥1,234.50 ")).toBe(123_450);
    expect(parseYuan("１２．５０")).toBe(1250);
    expect(parseYuan("38元")).toBe(3800);
    expect(parseYuan("-3.05")).toBe(-305);
  });

  it("refuses what is not an amount", () => {
    for (const text of ["", ".", "-", "1.234", "1e5", "abc", "1..2", "123456789.00", "--1", "0x10"]) expect(parseYuan(text)).toBeNull();
  });

  it("never makes a negative zero", () => {
    expect(Object.is(parseYuan("-0"), 0)).toBe(true);
  });

  it("writes every amount so that it reads back the same", () => {
    for (const fen of [0, 1, 9, 10, 99, 100, 101, 123_456, -305, 9_999_999_999]) expect(parseYuan(yuanText(fen))).toBe(fen);
    expect(formatFen(123_456_789)).toBe("¥1,234,567.89");
    expect(formatFen(-5)).toBe("−¥0.05");
  });
});
