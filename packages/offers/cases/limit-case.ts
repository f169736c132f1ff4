import { evaluate } from "../src/index.ts";
import type { Cart, Offer, Snapshot } from "../src/index.ts";
import type { Json } from "./case.ts";
import { Unsupported } from "./case.ts";
import { couponAfter } from "./coupon-state.ts";
import type { CouponStanding } from "./coupon-state.ts";
import type { Families } from "./family.ts";
import { number } from "./prepaid-case.ts";

/** Concurrent calls run in every order; the limit is asked anew by each, as a conditional update in the database does. */
export const limitFamilies: Families = {
  "concurrent,limit,used": (given) => race(number(given["limit"]), number(given["used"]), number(given["concurrent"])),
  "concurrent,limit": (given) => (typeof given["concurrent"] === "number" ? race(number(given["limit"]), 0, given["concurrent"]) : sameCheckout(given)),
  "complete_calls": (given) => {
    const used = new Set<string>();
    let voucher: CouponStanding = { state: "issued", orderId: null };
    for (const step of given["complete_calls"] as string[]) {
      // A payment that needs another step only holds; the final one redeems, and the checkout is one however often it is completed.
      const after = couponAfter(voucher, { kind: step === "final" || step === "done" || step === "success" ? "redeem" : "hold", orderId: "checkout" });
      if (after) voucher = after;
      if (voucher.state === "redeemed") used.add(voucher.orderId!);
    }
    return { voucher_used: used.size };
  },
  "budget_used,concurrent": (given) => ({ used: changesOf(given["concurrent"]).reduce((used, change) => used + change, number(given["budget_used"])) }),
  "concurrent": (given) => ({ adjustments_per_line_per_promotion: adjustments(countOf(given["concurrent"])) }),
};

const OFFER: Offer = { id: "offer", name: "offer", kind: "percent-off", percentOff: 10, trigger: "auto", level: "order" };
const CART: Cart = {
  lines: [{ id: "x", sku: "x", name: "x", category: null, tags: [], quantity: 1, unitPriceFen: 1_000 }], fees: [], channel: "till", storeId: "store", manualDiscountFen: 0, couponIds: [], codes: [],
};

function quote(limit: number, used: number) {
  const snapshot: Snapshot = { member: null, coupons: [], usedInTotal: { offer: used } };
  return evaluate(CART, snapshot, { version: 1, mode: "pipeline", zone: "Asia/Shanghai", offers: [{ ...OFFER, limits: { total: limit } }] }, 0);
}

function race(limit: number, used: number, calls: number): Json {
  let succeed = 0;
  for (let i = 0; i < calls; i++) if (quote(limit, used + succeed).effects.length > 0) succeed++;
  return { succeed, used: used + succeed };
}

/** Several completions of one checkout are one order: the second finds it, refunds nothing and uses nothing. */
function sameCheckout(given: Json): Json {
  const calls = countOf(given["concurrent"]);
  const orders = new Map<string, number>();
  let used = 0;
  for (let i = 0; i < calls; i++) {
    if (orders.has("checkout")) continue;
    if (quote(number(given["limit"]), used).effects.length > 0) used++;
    orders.set("checkout", i);
  }
  return { orders: orders.size, used, payment_refunded: orders.size === 0 };
}

const NUMBERS: Readonly<Record<string, number>> = { two: 2, three: 3, four: 4, five: 5, ten: 10 };

function countOf(concurrent: unknown): number {
  if (typeof concurrent === "number") return concurrent;
  if (Array.isArray(concurrent)) return concurrent.length;
  const text = String(concurrent);
  const found = /\d+/.exec(text)?.[0] ?? Object.keys(NUMBERS).find((word) => new RegExp(`\\b${word}\\b`, "i").test(text));
  if (found === undefined) throw new Unsupported(`given.concurrent "${text}"`);
  return NUMBERS[found] ?? Number(found);
}

const GIVES = /give|return|revert|release|refund|cancel|remove|back|^\s*-/i;
const TAKES = /take|use|register|apply|redeem|consume|claim|^\s*\+/i;

/** What each concurrent call does to the budget: "take 10", "give back 10", "+10", -10, { take: 10 }. Without a number it is one use. */
function changesOf(concurrent: unknown): number[] {
  if (typeof concurrent === "number") return [concurrent];
  if (Array.isArray(concurrent)) return concurrent.flatMap(changesOf);
  if (typeof concurrent === "object" && concurrent !== null) return Object.entries(concurrent).flatMap(([word, amount]) => changesOf(`${word} ${Math.abs(Number(amount))}`));
  return String(concurrent).split(/,|;| and | \+ |&/).map((part) => {
    if (!GIVES.test(part) && !TAKES.test(part)) throw new Unsupported(`given.concurrent "${part}"`);
    const amount = Number(/\d+/.exec(part)?.[0] ?? 1);
    return GIVES.test(part) ? 0 - amount : amount;
  });
}

/** However often a cart is computed again, a line has one adjustment of a promotion: the quote replaces the one before. */
function adjustments(times: number): number {
  const stored = new Map<string, ReturnType<typeof quote>>();
  for (let i = 0; i < times; i++) stored.set("order", quote(Infinity, 0));
  return Math.max(...[...stored.values()].flatMap(({ lines }) => lines.map((line) => line.shares.length)));
}
