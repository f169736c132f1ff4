import { evaluate } from "../src/index.ts";
import type { Cart, CouponInHand, Offer, Quote, Snapshot } from "../src/index.ts";
import type { Json } from "./case.ts";
import { Unsupported } from "./case.ts";
import { couponAfter } from "./coupon-state.ts";
import type { CouponStanding } from "./coupon-state.ts";
import { wordOf } from "./events.ts";
import type { Families, Rule } from "./family.ts";
import type { Settings } from "./setting.ts";

const NOW = Date.parse("2026-11-21T04:00:00Z");
const OFFER: Offer = { id: "offer", name: "offer", kind: "percent-off", percentOff: 10, trigger: "coupon", level: "order" };
const MEMBER = { id: "m1", tierId: null, segments: [], firstOrder: false };

/** Cases that only tell what happens. Which story it is shows in its first sentence. */
export const storyFamilies: Families = { "events": (given, expect, settings) => storyOf(given["events"] as string[])(given, expect, settings) };

const STORIES: readonly [RegExp, Rule][] = [
  [/^apply (the )?(same )?coupon to order /i, couponOnOrders], [/ earns coupon$/i, earnedCoupon], [/^apply wallet /i, wallet], [/^(apply voucher|add manual) /i, staffDiscount],
  [/^(claim|apply) (the )?(same )?reward/i, rewards], [/^(apply|enter|type) \S+$/i, codes],
];

function storyOf(events: readonly string[]): Rule {
  const found = STORIES.find(([first]) => first.test(events[0] ?? ""));
  if (!found) throw new Unsupported(`events "${events[0] ?? ""}"`);
  return found[1];
}

function quoteFor(coupons: readonly CouponInHand[], more: { member?: Snapshot["member"]; offers?: readonly Offer[]; manualDiscountFen?: number; codes?: readonly string[]; manual?: Settings["manual"] } = {}): Quote {
  const { member = MEMBER, offers = [], manualDiscountFen = 0, codes: typed = [], manual = "on-top" } = more;
  const cart: Cart = {
    lines: [{ id: "x", sku: "x", name: "x", category: null, tags: [], quantity: 1, unitPriceFen: 10_000 }], fees: [], channel: "till", storeId: "store",
    manualDiscountFen, couponIds: coupons.map((one) => one.id), codes: typed,
  };
  return evaluate(cart, { member, coupons }, { version: 1, mode: "pipeline", zone: "Asia/Shanghai", offers, manual }, NOW);
}

function inHand({ state, orderId }: CouponStanding, forOrder: string, offer: Offer = OFFER): CouponInHand {
  // What an order holds is in hand for it.
  return { id: "coupon", offer, state: state === "held" && orderId === forOrder ? "issued" : state, validFromAt: null, validUntilAt: null };
}

/** One coupon and several orders: whoever holds it first has it, until the order lets go of it. */
function couponOnOrders(given: Json): Json {
  let coupon: CouponStanding = { state: "issued", orderId: null };
  const discounts: Record<string, number> = {};
  for (const event of given["events"] as string[]) {
    const match = /^(apply (?:the )?(?:same )?coupon to(?: order)?|cancel|confirm|reopen|return) (?:order )?(\w+)$/i.exec(event);
    if (!match) throw new Unsupported(`event "${event}"`);
    const [, verb, order] = match as unknown as [string, string, string];
    const kind = verb.startsWith("apply") ? "hold" : verb === "confirm" ? "redeem" : verb === "cancel" ? "release" : verb === "return" ? "revert" : null;
    const wants = kind === "hold" || (kind === "redeem" && (discounts[order] ?? 0) > 0);
    if (kind && (kind !== "redeem" || wants)) coupon = couponAfter(coupon, { kind, orderId: order }) ?? coupon;
    // Every look at an order computes it anew: it has the discount if the coupon is its own.
    const has = coupon.orderId === order && (coupon.state === "held" || coupon.state === "redeemed");
    discounts[order] = has && quoteFor([inHand({ state: "issued", orderId: null }, order)]).effects.length > 0 ? 1 : 0;
  }
  return Object.fromEntries(Object.entries(discounts).map(([order, lines]) => [`order_${order.toLowerCase()}_discount_lines`, lines]));
}

/** A coupon that an order earns is pending until the order is confirmed. */
function earnedCoupon(given: Json): Json {
  let coupon: CouponStanding | null = null;
  const results: string[] = [];
  for (const event of given["events"] as string[]) {
    const order = /^(?:confirm |cancel )?(\w+)/.exec(event)![1]!;
    if (event.endsWith(" earns coupon")) {
      coupon = { state: "pending", orderId: null };
      results.push("issued pending");
    } else if (event.startsWith("confirm ")) {
      coupon = coupon && (couponAfter(coupon, { kind: "activate" }) ?? couponAfter(coupon, { kind: "redeem", orderId: order }) ?? coupon);
      results.push("ok");
    } else if (event.startsWith("cancel ")) {
      coupon = coupon && (couponAfter(coupon, { kind: "void" }) ?? coupon);
      results.push("ok");
    } else if (/ applies coupon/.test(event)) {
      if (!coupon) throw new Unsupported(`event "${event}"`);
      const quote = quoteFor([inHand(coupon, order)]);
      const reason = quote.candidates[0]!.reasons[0];
      coupon = couponAfter(coupon, { kind: "hold", orderId: order }) ?? coupon;
      results.push(reason ? `REJECTED(${wordOf(reason.code)})` : "applied");
    } else throw new Unsupported(`event "${event}"`);
  }
  return { results };
}

/** A wallet is a coupon in this: it belongs to one member, and to nobody means to nobody. */
function wallet(given: Json): Json {
  let rejected: string | null = null;
  for (const event of given["events"] as string[]) {
    const match = /^apply wallet(?: code)? of (\w+) to order of (\w+)$/i.exec(event);
    if (!match) throw new Unsupported(`event "${event}"`);
    const quote = quoteFor([{ ...inHand({ state: "issued", orderId: null }, ""), memberId: match[1]! }], { member: match[2] === "nobody" ? null : { ...MEMBER, id: match[2]! } });
    rejected ??= quote.candidates[0]!.reasons.map((reason) => wordOf(reason.code))[0] ?? null;
  }
  return { rejected };
}

/** A voucher, and a discount of the staff that takes its place while it lasts. */
function staffDiscount(given: Json, _: Json, settings: Settings): Json {
  let voucher: Offer | null = null;
  let manualDiscountFen = 0;
  const types: string[][] = [], counts: number[] = [];
  for (const event of given["events"] as string[]) {
    const amount = Math.round(Number(/(\d+(?:\.\d+)?)$/.exec(event)?.[1] ?? 0) * 100);
    if (/^apply voucher /i.test(event)) voucher = { id: "voucher", name: "voucher", kind: "amount-off", trigger: "coupon", level: "order", amountFen: amount };
    else if (/^(remove|delete) voucher/i.test(event)) voucher = null;
    else if (/^(add|set) manual /i.test(event)) manualDiscountFen = amount;
    else if (/^(delete|remove) manual /i.test(event)) manualDiscountFen = 0;
    else throw new Unsupported(`event "${event}"`);
    const quote = quoteFor(voucher ? [inHand({ state: "issued", orderId: null }, "", voucher)] : [], { manualDiscountFen, manual: settings.manual });
    types.push(quote.effects.map((effect) => (effect.kind === "manual" ? "MANUAL" : "VOUCHER")));
    // It stays with the order, and counts as used, while something stands in its place.
    counts.push(voucher ? 1 : 0);
  }
  return { discount_types: types, voucher_usage_count: counts };
}

/** What is claimed is not offered again for the order; everything else still is. The words of `expect` name the rewards asked about. */
function rewards(given: Json, expect: Json): Json {
  const claimed = new Set<string>();
  for (const event of given["events"] as string[]) {
    const match = /^(claim|apply|remove|unclaim) (?:the )?(?:same )?(?:reward )?(.+)$/i.exec(event);
    if (!match) throw new Unsupported(`event "${event}"`);
    const name = match[2]!.replace(/ again$/i, "");
    if (/^(claim|apply)/i.test(match[1]!)) claimed.add(name);
    else claimed.delete(name);
  }
  const asked = (word: string, isClaimed: boolean): unknown => {
    const names = expect[word];
    const list = (Array.isArray(names) ? names : [names]).filter((name) => claimed.has(String(name)) === isClaimed);
    return Array.isArray(names) ? list : list[0] ?? null;
  };
  return { claimable_excludes: asked("claimable_excludes", true), claimable_includes: asked("claimable_includes", false) };
}

/** Codes as they stand in the cart: each once, however often it is typed. */
function codes(given: Json): Json {
  const typed = (given["events"] as string[]).map((event) => /^(?:apply|enter|type) (\S+)$/i.exec(event)?.[1]);
  if (typed.some((code) => code === undefined)) throw new Unsupported(`events "${(given["events"] as string[]).find((_, i) => typed[i] === undefined)!}"`);
  const offers = [...new Set(typed as string[])].map((code): Offer => ({ ...OFFER, id: code, trigger: "code", codes: [code] }));
  return { codes: quoteFor([], { offers, codes: typed as string[] }).effects.map((effect) => effect.offerId) };
}
