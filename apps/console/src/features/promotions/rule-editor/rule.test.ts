import { describe, expect, it } from "vitest";
import { clockOf } from "./choice.tsx";
import { pricesIn } from "./price-list.tsx";
import { definitionOf, draftOf, freshRule, missingFields, offerOf, ruleKinds, withKind, type RuleDraft } from "./rule.ts";
import { type History, stepBack, stepForth, stepOn } from "./rule-history.ts";
import { skusIn } from "./sku-input.tsx";

describe("a rule while it is written", () => {
  it("keeps the fields of its kind only, nothing that is empty, and gives the others back when the kind comes back", () => {
    const draft: RuleDraft = { ...freshRule, amountFen: 2_000, threshold: { amountFen: 10_000, quantity: null }, scope: { skus: null, weekdays: [] }, stacking: { stackable: false } };
    expect(definitionOf(draft)).toEqual({ kind: "amount-off", trigger: "auto", level: "order", amountFen: 2_000, threshold: { amountFen: 10_000 }, stacking: { stackable: false } });
    const ladder = withKind(draft, "ladder");
    expect(definitionOf(ladder)).toEqual({ kind: "ladder", trigger: "auto", level: "order", steps: [{}, {}], threshold: { amountFen: 10_000 }, stacking: { stackable: false } });
    expect(definitionOf(withKind(ladder, "amount-off"))["amountFen"]).toBe(2_000);
  });

  it("reads what it has written", () => {
    const stored = { kind: "bundle-price", trigger: "auto", level: "line", parts: [{ items: {}, quantity: 3 }], priceFen: 9_900 };
    expect(definitionOf(draftOf(stored))).toEqual(stored);
    expect(offerOf(draftOf(stored, 7), "任选三件")).toMatchObject({ name: "任选三件", priority: 7, priceFen: 9_900 });
  });

  it.each(ruleKinds.map((kind) => [kind] as const))("names what %s still lacks, and is no offer until then", (kind) => {
    const empty = missingFields(withKind(freshRule, kind)).map((one) => one.field);
    expect(offerOf(withKind(freshRule, kind)) === null).toBe(empty.length > 0);
  });

  it("a price of 0 is a price, a code rule needs its codes", () => {
    expect(missingFields({ ...withKind(freshRule, "exchange"), get: { skus: ["a"] } })).toEqual([]);
    expect(missingFields({ ...freshRule, amountFen: 100, trigger: "code" }).map((one) => one.field)).toEqual(["codes"]);
  });
});

describe("what people type and paste", () => {
  it("SKUs by line, blank and comma, each once", () => expect(skusIn("A1\nA2, A1；B 3\t、C")).toEqual(["A1", "A2", "B", "3", "C"]));
  it("prices by line, with the lines that cannot be read", () =>
    expect(pricesIn("A1 12.5\nA2,9\nA3\nA4 x\n\nA5 1 2")).toEqual({ prices: [{ sku: "A1", priceFen: 1_250 }, { sku: "A2", priceFen: 900 }], wrong: [3, 4, 6] }));
  it("times of day as people write them", () =>
    expect(["9:30", "0930", "９：３０", "14", "24:00", "25:00", "9:60", "abc"].map(clockOf)).toEqual(["09:30", "09:30", "09:30", "14:00", "24:00", null, null, null]));
});

describe("steps back and forth", () => {
  const begun: History<string> = { past: [], present: "", future: [], changedAt: 0 };
  it("go by breaths, not by keystrokes, and a new change ends the way forth", () => {
    const typed = ["1", "12", "123"].reduce((history, text, at) => stepOn(history, text, 1_000 + at * 100), begun);
    expect([typed.past, typed.present]).toEqual([[""], "123"]);
    const later = stepOn(typed, "1234", 5_000);
    expect([stepBack(later).present, stepBack(stepBack(later)).present, stepForth(stepBack(later)).present]).toEqual(["123", "", "1234"]);
    expect(stepOn(stepBack(later), "9", 9_000).future).toEqual([]);
    expect([stepBack(begun), stepForth(begun)]).toEqual([begun, begun]);
  });
});
