import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { earnPoints, evaluate, sentence } from "../src/index.ts";
import type { EarnProgram, Offer } from "../src/index.ts";
import { NOON, amountOff, cart, line, percentOff, rules, snapshot } from "./fixture.ts";

type Kind<K extends Offer["kind"]> = Omit<Extract<Offer, { kind: K }>, "id" | "name" | "trigger" | "level">;
type Definition = { [K in Offer["kind"]]: Kind<K> }[Offer["kind"]];

function offer(definition: Definition): Offer {
  return { id: "o", name: "o", trigger: "auto", level: "category", ...definition } as Offer;
}

const cafe = [line("latte", 2_800, 2, { category: "coffee" }), line("mocha", 3_200, 1, { category: "coffee" }), line("bun", 1_000, 3, { category: "food" })];

describe("what each kind takes off, line by line (latte 2 × 28, mocha 32, bun 3 × 10)", () => {
  it.each<[string, Definition, number[]]>([
    ["每满50减5，最多3次", { kind: "amount-off", amountFen: 500, threshold: { amountFen: 5_000 }, maxTimes: 3 }, [475, 271, 254]],
    ["每件减2", { kind: "amount-off", amountFen: 200, per: "unit", maxUnits: 2 }, [400, 200, 400]],
    ["咖啡八折", { kind: "percent-off", percentOff: 20, scope: { categories: ["coffee"] } }, [1_120, 640, 0]],
    ["八五折，最多减10", { kind: "percent-off", percentOff: 15, capFen: 1_000 }, [475, 271, 254]],
    ["满100加1元换购", { kind: "exchange", get: { skus: ["bun"] }, priceFen: 100, threshold: { amountFen: 10_000 } }, [0, 0, 900]],
    ["兑换咖啡一杯", { kind: "exchange", get: { categories: ["coffee"] }, priceFen: 0 }, [0, 3_200, 0]],
    ["会员价", { kind: "member-price", prices: [{ sku: "latte", priceFen: 2_500 }, { sku: "mocha", priceFen: 9_999 }] }, [600, 0, 0]],
    ["最低价一件半价", { kind: "unit-off", pick: "cheapest", percentOff: 50 }, [0, 0, 500]],
    ["最高价两件减5", { kind: "unit-off", pick: "dearest", units: 2, amountFen: 500 }, [500, 500, 0]],
    ["咖啡第二件半价", { kind: "buy-get", scope: { categories: ["coffee"] }, buyQuantity: 1, getQuantity: 1, percentOff: 50, maxTimes: 1 }, [1_400, 0, 0]],
    ["买2杯咖啡送面包", { kind: "buy-get", scope: { categories: ["coffee"] }, get: { skus: ["bun"] }, buyQuantity: 2, getQuantity: 1 }, [0, 0, 1_000]],
    ["咖啡加面包套餐30元", { kind: "bundle-price", parts: [{ items: { categories: ["coffee"] }, quantity: 1 }, { items: { skus: ["bun"] }, quantity: 1 }], priceFen: 3_000, maxTimes: 2 }, [700, 800, 500]],
    ["阶梯满减", { kind: "ladder", steps: [{ atAmountFen: 5_000, amountFen: 500 }, { atAmountFen: 11_800, amountFen: 1_500 }, { atAmountFen: 20_000, amountFen: 4_000 }] }, [712, 407, 381]],
  ])("%s", (_, definition, expected) => {
    const quote = evaluate(cart(cafe), snapshot(), rules([offer(definition)]), NOON);
    expect(quote.lines.map((each) => each.discountFen)).toEqual(expected);
  });

  it("送 and 返券 take nothing off and say what is due", () => {
    const offers = [
      offer({ kind: "gift", scope: { categories: ["coffee"] }, everyQuantity: 2, gifts: [{ sku: "cookie", name: "曲奇", quantity: 1 }] }),
      { ...offer({ kind: "next-order-coupon", templateId: "t", threshold: { amountFen: 11_800 } }), id: "n" },
    ];
    const quote = evaluate(cart(cafe), snapshot(), rules(offers), NOON);
    expect(quote.discountFen).toBe(0);
    expect(quote.effects.map((effect) => [effect.gifts, effect.issues])).toEqual([[[{ sku: "cookie", name: "曲奇", quantity: 1 }], []], [[], [{ templateId: "t", count: 1 }]]]);
  });

  it("fills a bundle with the dearest units of each part, as often as a set is worth more than its price", () => {
    const menu = [line("beef", 5_900, 2, { tags: ["main"] }), line("tofu", 1_800, 1, { tags: ["main"] }), line("tea", 800, 3, { tags: ["drink"] }), line("juice", 1_500, 1, { tags: ["drink"] })];
    const set = offer({ kind: "bundle-price", parts: [{ items: { tags: ["main"] }, quantity: 1 }, { items: { tags: ["drink"] }, quantity: 1 }], priceFen: 3_000 });
    // Beef with juice and beef with tea; tofu with tea would cost 26 and stays as it is.
    const quote = evaluate(cart(menu), snapshot(), rules([set]), NOON);
    expect(quote.discountFen).toBe(5_900 + 1_500 - 3_000 + (5_900 + 800 - 3_000));
    expect(quote.lines.find((one) => one.lineId === "tofu")!.discountFen).toBe(0);
  });

  it("fills a bundle as well as can be, also where its parts share items", () => {
    const parts = fc.array(fc.record({ skus: fc.subarray(["a", "b", "c", "d"], { minLength: 1 }), quantity: fc.integer({ min: 1, max: 2 }) }), { minLength: 1, maxLength: 3 });
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 3 }), parts, fc.integer({ min: 0, max: 1_500 }), (prices, wanted, priceFen) => {
      const units = prices.flatMap((price, i) => [{ sku: "abcd"[i]!, price }, { sku: "abcd"[i]!, price }]);
      const set = offer({ kind: "bundle-price", parts: wanted.map(({ skus, quantity }) => ({ items: { skus }, quantity })), priceFen });
      const quote = evaluate(cart(prices.map((price, i) => line("abcd"[i]!, price, 2))), snapshot(), rules([set]), NOON);
      // Every unit in every part or in none; a plan counts when all parts hold the same number of sets.
      const most = (next: number, counts: readonly number[], worth: number): number => {
        if (next < units.length) return Math.max(most(next + 1, counts, worth), ...wanted.flatMap(({ skus }, part) => (skus.includes(units[next]!.sku) ? [most(next + 1, counts.map((count, i) => count + Number(i === part)), worth + units[next]!.price)] : [])));
        const times = counts[0]! / wanted[0]!.quantity;
        return Number.isInteger(times) && counts.every((count, i) => count === times * wanted[i]!.quantity) ? worth - times * priceFen : 0;
      };
      expect(quote.discountFen).toBe(most(0, wanted.map(() => 0), 0));
    }), { numRuns: 80 });
  });

  it("uses a unit once, as bought or as given, over several offers", () => {
    const offers = ["one", "two"].map((id) => ({ ...offer({ kind: "buy-get", scope: { skus: ["bun"] }, buyQuantity: 1, getQuantity: 1, maxTimes: 1 }), id }));
    expect(evaluate(cart(cafe), snapshot(), rules(offers), NOON).discountFen).toBe(1_000);
    const four = [line("bun", 1_000, 4)];
    expect(evaluate(cart(four), snapshot(), rules(offers), NOON).discountFen).toBe(2_000);
  });
});

describe("the sentence", () => {
  it.each<[string, Offer, string]>([
    ["满100减20，每单限用1张，周一至周五 11:00–14:00，仅限堂食", amountOff("o", 2_000, 10_000, { trigger: "coupon", scope: { weekdays: [1, 2, 3, 4, 5], timeSlots: [{ from: "11:00", until: "14:00" }], channels: ["till"] } }), "¥20 off over ¥100; 1 per order; Mon–Fri 11:00–14:00; dine-in only"],
    ["满200享8折", percentOff("o", 20, { threshold: { amountFen: 20_000 } }), "20% off over ¥200"],
    ["drinks8.5折，最多减30元，不与其他优惠同享", percentOff("o", 15, { capFen: 3_000, scope: { categories: ["drinks"] }, stacking: { exclusive: true } }), "15% off on drinks; at most ¥30; does not combine with other offers"],
    ["满50减5、满118减15", offer({ kind: "ladder", steps: [{ atAmountFen: 5_000, amountFen: 500 }, { atAmountFen: 11_800, amountFen: 1_500 }] }), "¥5 off from ¥50, ¥15 off from ¥118"],
    ["满50免配送费", offer({ kind: "delivery-fee-off", threshold: { amountFen: 5_000 } }), "Free delivery over ¥50"],
    ["买1件再买1件享半价", offer({ kind: "buy-get", buyQuantity: 1, getQuantity: 1, percentOff: 50 }), "Buy 1, get 1 at 50% off"],
    ["免费兑换bun×1，每人限1次", offer({ kind: "exchange", get: { skus: ["bun"] }, priceFen: 0, limits: { perMember: 1 } }), "bun free; 1 per member"],
    ["每满100减10，最多3次", amountOff("o", 1_000, 10_000, { maxTimes: 3 }), "¥10 off for every ¥100, at most 3 times"],
  ])("%s", (chinese, definition, english) => {
    expect([sentence(definition), sentence(definition, "en")]).toEqual([chinese, english]);
  });

  it("uses the merchant's names", () => {
    expect(sentence(percentOff("o", 10, { scope: { tiers: ["t1"] } }), "zh-CN", (kind, id) => (kind === "tier" && id === "t1" ? "金卡" : undefined))).toBe("9折，限金卡会员");
  });
});

describe("points", () => {
  const program: EarnProgram = { points: 1, perFen: 100, zone: "Asia/Shanghai", rules: [
    { id: "gold", name: "金卡双倍", multiplierPercent: 200, scope: { tiers: ["gold"] } },
    { id: "sat", name: "周六咖啡一倍半", multiplierPercent: 150, scope: { weekdays: [6], categories: ["coffee"] } },
  ] };
  const lines = [{ ...cafe[0]!, netFen: 5_133 }, { ...cafe[1]!, netFen: 3_067 }, { ...cafe[2]!, netFen: 1_050 }];
  const context = { storeId: "s1", channel: "till", member: { tierId: "gold", segments: [], firstOrder: false }, now: NOON };

  it("multiplies per line, rounds once, and allocates the rest to the largest remainder", () => {
    // (51.33 + 30.67) × 3 + 10.50 × 2 = 267
    expect(earnPoints(lines, program, context)).toMatchObject({ points: 267, lines: [154, 92, 21], ruleIds: ["gold", "sat"] });
  });

  it("combines as the program says, earns nothing without a member, and keeps to the cap", () => {
    const total = (change: Partial<EarnProgram>): number => earnPoints(lines, { ...program, ...change }, context).points;
    // best: 92.5 × 2 = 185; add: 82 × 2.5 + 10.5 × 2 = 226
    expect([total({ combine: "best" }), total({ combine: "add" }), total({ maxPerOrder: 100 }), total({ items: { categories: ["food"] } })]).toEqual([185, 226, 100, 21]);
    expect(earnPoints(lines, program, { ...context, member: null })).toEqual({ points: 0, lines: [0, 0, 0], ruleIds: [], rules: [] });
    expect(earnPoints([{ ...lines[0]!, netFen: 199 }], { ...program, rules: [], rounding: "down" }, context).points).toBe(1);
  });

  it("the English sentence says every number and name that the Chinese one says", () => {
    const gross = { amountFen: 31_700, quantity: 41, basis: "gross" as const };
    const get = { skus: ["赠品甲", "赠品乙"] };
    const details: readonly Partial<Offer>[] = [
      { kind: "amount-off", amountFen: 1_300, maxTimes: 7, threshold: { amountFen: 31_700 } }, { kind: "amount-off", amountFen: 1_300, per: "unit", maxUnits: 19, threshold: gross },
      { kind: "amount-off", amountFen: 1_300, per: "line" }, { kind: "exchange", get, priceFen: 900, quantity: 17 }, { kind: "exchange", get: {}, priceFen: 900, quantity: 2 },
      { kind: "buy-get", buyQuantity: 13, getQuantity: 17, get, percentOff: 100 }, { kind: "next-order-coupon", templateId: "t", count: 3 },
      { kind: "gift", gifts: [{ sku: "g", name: "酸梅汤", quantity: 2 }], scope: { stores: ["春熙路店", "宽窄巷子店"], channels: ["retail"] } },
      { kind: "gift", gifts: [{ sku: "g", name: "酸梅汤", quantity: 2 }], requires: [{ items: {}, quantity: 23 }] },
    ];
    const said = (text: string) => [...(text.match(/\d+(\.\d+)?|赠品甲|赠品乙|酸梅汤|春熙路店|宽窄巷子店/g) ?? [])].sort();
    for (const detail of details) {
      const offer = { id: "o", name: "活动", level: "order", trigger: "auto", ...detail } as Offer;
      expect(said(sentence(offer, "en")), sentence(offer)).toEqual(said(sentence(offer)));
    }
    expect(sentence({ id: "o", name: "活动", level: "line", trigger: "auto", kind: "percent-off", percentOff: 20, maxUnits: 19, threshold: gross }, "en"))
      .toBe("20% off (at most 19 items) over ¥317 and from 41 items; measured before discounts");
  });
});
