import { describe, expect, it } from "vitest";
import { isBarcode, readScan } from "./scan.ts";

const guess = (text: string) => {
  const scan = readScan(text);
  return scan.kind === "query" ? scan.guesses[0] : scan.kind;
};

describe("the till's one input", () => {
  it("knows a member code from the barcode and from the QR code", () => {
    expect(guess("928401928374650192")).toBe("member-code");
    expect(guess("9" + "2840192837".padEnd(44, "7"))).toBe("member-code");
  });

  it("knows a mobile number", () => {
    expect(guess("13812345678")).toBe("phone");
    expect(guess(" 13812345678 ")).toBe("phone");
    expect(guess("１３８１２３４５６７８")).toBe("phone");
    expect(guess("12812345678")).not.toBe("phone");
  });

  it("knows a barcode by its check digit", () => {
    expect(isBarcode("6901234567892")).toBe(true);
    expect(isBarcode("6901234567893")).toBe(false);
    expect(isBarcode("96385074")).toBe(true);
    expect(guess("6901234567892")).toBe("product");
  });

  it("knows a member number and a name", () => {
    expect(guess("2840192837")).toBe("member-no");
    expect(guess("毛肚")).toBe("name");
    expect(guess("HG-001")).toBe("product");
  });

  it("reads quantities before and after the fact", () => {
    expect(readScan("3*HG-001")).toMatchObject({ kind: "query", text: "HG-001", quantity: 3, guesses: ["product", "name"] });
    expect(readScan("３＊HG-001")).toMatchObject({ quantity: 3, text: "HG-001" });
    expect(readScan("2×毛肚")).toMatchObject({ quantity: 2, text: "毛肚" });
    expect(readScan("*5")).toEqual({ kind: "quantity", quantity: 5 });
    expect(readScan("0*HG-001")).toMatchObject({ quantity: 1 });
  });

  it("does nothing for an empty line", () => {
    expect(readScan("   ")).toEqual({ kind: "empty" });
  });

  it("always has a guess for anything else", () => {
    for (const text of ["1", "a", "'; drop table", "<script>", "🀄", "123456789012345678901234567890"]) {
      const scan = readScan(text);
      expect(scan.kind === "query" && scan.guesses.length > 0).toBe(true);
    }
  });
});
