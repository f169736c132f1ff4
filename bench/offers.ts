import { cpus } from "node:os";
import { evaluate, prepare } from "../packages/offers/src/index.ts";
import type { Cart, CartLine, Offer, Quote, RuleSet, Snapshot } from "../packages/offers/src/index.ts";

const OFFERS = 200;
const LINES = 30;
const CARTS = 500;
const WARM_UP_MS = 2_000;
const MEASURE_MS = 5_000;
const NOW = Date.parse("2026-11-21T12:00:00+08:00");

console.log(`offers: one process, one core of ${cpus().length}, Node ${process.version}`);
console.log(`${OFFERS} live offers of eight kinds, ${CARTS} different carts of ${LINES} lines, member with 3 coupons (1 chosen), mode pipeline.`);
console.log("Each quote is evaluated with every candidate's reasons unless said otherwise; each is timed on its own; rules are prepared once.");

const catalogue = Array.from({ length: 400 }, (_, i) => ({ sku: `sku-${i}`, category: `category-${i % 20}`, tags: i % 7 === 0 ? ["seasonal"] : [], unitPriceFen: 600 + (i * 37) % 9_000 }));
const set = prepare(liveRules());
const carts = Array.from({ length: CARTS }, (_, seed) => cartOf(seed, LINES));
const wallet = walletOf();

const explained = measure("30 lines, 200 offers, with reasons", (i) => evaluate(carts[i % CARTS]!, wallet, set, NOW));
const silent = measure("30 lines, 200 offers, sums only", (i) => evaluate(carts[i % CARTS]!, wallet, set, NOW, { explain: false }));
const small = smallTill();
const till = measure("3 lines, 5 offers, 1 coupon, sums only (settlement)", (i) => evaluate(small.carts[i % CARTS]!, wallet, small.rules, NOW, { explain: false }));
const tillBest = measure("the same in mode best, which tenants start with", (i) => evaluate(small.carts[i % CARTS]!, wallet, small.best, NOW, { explain: false }));
const twelve = prepare({ ...liveRules(), mode: "best", offers: twelveCandidates() });
const best = measure("30 lines, 12 candidates that overlap, mode best, sums only", (i) => evaluate(carts[i % CARTS]!, wallet, twelve, NOW, { explain: false }));

console.log(JSON.stringify({
  bench: "offers", quotes_per_s: Math.round(explained.perSecond), p99_ms: round(explained.p99Ms),
  quotes_per_s_sums_only: Math.round(silent.perSecond), till_quote_us: round(1e6 / till.perSecond), till_best_quote_us: round(1e6 / tillBest.perSecond),
  best_of_12_p50_ms: best.p50Ms, best_of_12_p99_ms: round(best.p99Ms),
}));

function measure(name: string, quote: (i: number) => Quote): { perSecond: number; p50Ms: number; p99Ms: number } {
  let check = 0;
  for (const end = performance.now() + WARM_UP_MS, i = { n: 0 }; performance.now() < end;) check += quote(i.n++).totalFen;
  const times: number[] = [];
  const begin = performance.now();
  let last = begin;
  for (let i = 0; last - begin < MEASURE_MS; i++) {
    check += quote(i).totalFen;
    const now = performance.now();
    times.push(now - last);
    last = now;
  }
  times.sort((a, b) => a - b);
  const perSecond = times.length * 1000 / (last - begin);
  const at = (share: number): number => times[Math.floor(times.length * share)]!;
  console.log(`${name}: ${Math.round(perSecond)}/s, p50 ${round(at(0.5))} ms, p99 ${round(at(0.99))} ms, slowest ${round(times[times.length - 1]!)} ms (checksum ${check % 997})`);
  return { perSecond, p50Ms: round(at(0.5)), p99Ms: at(0.99) };
}

function liveRules(): RuleSet {
  const base = (i: number) => ({ id: `offer-${i}`, name: `offer ${i}`, trigger: "auto" as const, priority: i % 5 });
  const skus = (i: number, count: number): string[] => Array.from({ length: count }, (_, k) => `sku-${(i * 13 + k * 7) % 400}`);
  const offers = Array.from({ length: OFFERS }, (_, i): Offer => {
    switch (i % 8) {
      case 0: return { ...base(i), kind: "percent-off", level: "line", percentOff: 5 + i % 10, scope: { skus: skus(i, 10) }, stacking: { stackable: false } };
      case 1: return { ...base(i), kind: "amount-off", level: "category", amountFen: 500, threshold: { amountFen: 5_000 }, scope: { categories: [`category-${i % 20}`] }, stacking: { group: `category-${i % 20}` } };
      case 2: return { ...base(i), kind: "buy-get", level: "category", scope: { skus: skus(i, 6) }, buyQuantity: 2, getQuantity: 1 };
      case 3: return { ...base(i), kind: "amount-off", level: "order", amountFen: 1_000 + i, threshold: { amountFen: 10_000 + 500 * i }, stacking: { group: "order" }, scope: { stores: ["store-1", `store-${i}`] } };
      case 4: return { ...base(i), kind: "percent-off", level: "order", percentOff: 10, scope: { weekdays: [1 + i % 7], timeSlots: [{ from: "11:00", until: "14:00" }], tiers: ["gold"] }, stacking: { group: "order" } };
      case 5: return { ...base(i), kind: "member-price", level: "line", prices: skus(i, 5).map((sku) => ({ sku, priceFen: 900 })), scope: { skus: skus(i, 5), tiers: ["gold", "silver"] }, stacking: { stackable: false } };
      case 6: return { ...base(i), kind: "exchange", level: "category", get: { skus: skus(i, 2) }, priceFen: 100, threshold: { amountFen: 20_000, of: "order" }, scope: { skus: skus(i, 2) } };
      default: return { ...base(i), kind: "ladder", level: "order", steps: [{ atAmountFen: 10_000, amountFen: 800 }, { atAmountFen: 30_000, amountFen: 3_000 }], scope: { channels: ["takeaway"] }, stacking: { group: "order" } };
    }
  });
  return { version: 7, mode: "pipeline", zone: "Asia/Shanghai", offers };
}

function cartOf(seed: number, count: number): Cart {
  const lines = Array.from({ length: count }, (_, k): CartLine => {
    const product = catalogue[(seed * 31 + k * 17) % catalogue.length]!;
    return { id: `line-${k}`, name: product.sku, quantity: 1 + (seed + k) % 3, ...product };
  });
  return { lines, fees: [{ kind: "packing", amountFen: 200 }], channel: "till", storeId: "store-1", manualDiscountFen: 0, couponIds: ["coupon-1"], codes: [] };
}

function walletOf(): Snapshot {
  const offer = (id: string, amountFen: number): Offer => ({ id, name: id, kind: "amount-off", trigger: "coupon", level: "order", amountFen, threshold: { amountFen: 10_000 } });
  const coupons = [1, 2, 3].map((n) => ({ id: `coupon-${n}`, offer: offer(`template-${n}`, 1_000 * n), state: "issued" as const, validFromAt: null, validUntilAt: NOW + 86_400_000, memberId: "member-1" }));
  return { member: { id: "member-1", tierId: "gold", segments: ["regulars"], firstOrder: false }, coupons };
}

/** A few percent or a few yuan on a category, over thresholds that most carts meet, and all of them stack. */
function twelveCandidates(): Offer[] {
  return Array.from({ length: 12 }, (_, i): Offer => {
    const base = { id: `twelve-${i}`, name: `twelve ${i}`, trigger: "auto" as const, level: i % 3 === 0 ? "category" as const : "order" as const, threshold: { amountFen: 4_000 * i } };
    const scope = { categories: Array.from({ length: 10 }, (_one, k) => `category-${(i + k) % 20}`) };
    return i % 2 === 0 ? { ...base, kind: "percent-off", percentOff: 2 + i, scope } : { ...base, kind: "amount-off", amountFen: 400 + 90 * i, scope };
  });
}

function smallTill(): { rules: ReturnType<typeof prepare>; best: ReturnType<typeof prepare>; carts: Cart[] } {
  const all = liveRules();
  const rules = { ...all, offers: [0, 1, 3, 4, 7].map((i) => all.offers[i]!) };
  return { rules: prepare(rules), best: prepare({ ...rules, mode: "best" }), carts: Array.from({ length: CARTS }, (_, seed) => cartOf(seed, 3)) };
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
