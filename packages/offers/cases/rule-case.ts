import { allocate, evaluate, share } from "../src/index.ts";
import type { CartLine, CouponInHand, Fee, Offer, Quote, RuleSet, Snapshot } from "../src/index.ts";
import { wordOf } from "./events.ts";
import type { GivenLine, Json, Promotion } from "./case.ts";
import { Unsupported } from "./case.ts";
import type { Families } from "./family.ts";
import { offerOf } from "./promotion.ts";
import { SETTINGS } from "./setting.ts";

export const ruleFamilies: Families = {
  "amount,weights": (given) => ({ parts: allocate(given["amount"] as number, given["weights"] as number[]) }),
  "shipping,subtotal,type,value": splitByHand,
  "lines_step1,lines_step2,promotions": containsProducts,
  "now,valid_from_day,valid_to_day": validityWindow,
  "promotions,shipping": deliveryPercent,
  "min_qty,min_spend,qty,total": eligibility,
  "code,entered": (given, _, { exactCodes }) => ({ rejected: codeRejection(given, exactCodes) }),
  "ends_at": (given) => ({ rejected: reasonsAgainst({ scope: { until: given["ends_at"] as string } })[0] ?? null }),
  "coupon_owner,order_member": personalCoupon,
  "limit_per_member,used": (given) => ({ rejected: reasonsAgainst({ limits: { perMember: given["limit_per_member"] as number } }, { usedByMember: { offer: given["used"] as number } })[0] ?? null }),
  "orders,promotions": usageCap,
  "cart,promotion": guest,
  "promotions": emptyCode,
  "events,limit_per_member": limitEvents,
  "events,limit_total": limitEvents,
};

const NOW = Date.parse("2026-11-21T04:00:00Z");
const LINE: CartLine = { id: "x", sku: "x", name: "x", category: null, tags: [], quantity: 1, unitPriceFen: 10_000 };
const OFFER: Offer = { id: "offer", name: "offer", kind: "percent-off", percentOff: 10, trigger: "auto", level: "order" };

interface Setting {
  offers?: readonly Offer[];
  lines?: readonly CartLine[];
  fees?: readonly Fee[];
  codes?: readonly string[];
  snapshot?: Partial<Snapshot>;
  couponIds?: readonly string[];
  now?: number;
  rules?: Partial<RuleSet>;
}

function quoteOf({ offers = [], lines = [LINE], fees = [], codes = [], snapshot = {}, couponIds = [], now = NOW, rules: more = {} }: Setting): Quote {
  const member = { id: "m", tierId: null, segments: [], firstOrder: false };
  return evaluate(
    { lines, fees, channel: "till", storeId: "store", manualDiscountFen: 0, couponIds, codes }, { member, coupons: [], ...snapshot },
    { version: 1, mode: "pipeline", zone: "Asia/Shanghai", offers, ...more }, now,
  );
}

function reasonsAgainst(change: Partial<Offer>, snapshot: Partial<Snapshot> = {}): string[] {
  const quote = quoteOf({ offers: [{ ...OFFER, ...change } as Offer], snapshot });
  return quote.candidates.flatMap((one) => one.reasons.map((reason) => wordOf(reason.code)));
}

function isApplied(quote: Quote): boolean {
  return quote.effects.length > 0;
}

/** A hand discount over goods and delivery together, never more than both. */
function splitByHand(given: Json): Json {
  const { value, type, subtotal, shipping } = given as { value: number; type: string; subtotal: number; shipping: number };
  const [goods, delivery] = type === "percent"
    ? [subtotal, shipping].map((base) => share(base, Math.round(value * 100), 10_000))
    : allocate(Math.min(value, subtotal + shipping), [subtotal, shipping]);
  return { subtotal_part: goods, shipping_part: delivery };
}

function containsProducts(given: Json): Json {
  const offers = offersOf(given["promotions"] as Promotion[]);
  const quotes = [given["lines_step1"], given["lines_step2"]].map((lines) => quoteOf({ offers, lines: (lines as GivenLine[]).map(lineOf) }));
  return { totals: quotes.map((quote) => quote.totalFen), discount: quotes[1]!.discountFen };
}

function offersOf(promotions: readonly Promotion[]): Offer[] {
  return promotions.map((promotion, position) => offerOf(promotion, { position, tax: 1, netAmounts: false, bestPerLine: false, settings: SETTINGS }));
}

function lineOf(line: GivenLine): CartLine {
  return { ...LINE, id: line.id, sku: line.id, quantity: line.qty ?? 1, unitPriceFen: line.unit_price ?? 0 };
}

function validityWindow(given: Json): Json {
  const now = Date.parse(`${String(given["now"])}+08:00`);
  const dayOf = (offset: unknown): string | null => (typeof offset === "number" ? new Date(now + 8 * 3_600_000 + offset * 86_400_000).toISOString().slice(0, 10) : null);
  return { applied: isApplied(quoteOf({ offers: [{ ...OFFER, scope: { from: dayOf(given["valid_from_day"]), until: dayOf(given["valid_to_day"]) } }], now })) };
}

function deliveryPercent(given: Json): Json {
  const [promotion] = given["promotions"] as { value: number; only: string[]; target: string }[];
  if (promotion?.target !== "shipping") throw new Unsupported("promotion.target");
  const fees = (given["shipping"] as { id: string; amount: number }[]).map((fee) => ({ kind: fee.id, amountFen: fee.amount }));
  const quote = quoteOf({ fees, offers: [{ ...OFFER, kind: "delivery-fee-off", level: "delivery", percentOff: promotion.value, feeKinds: promotion.only }] });
  return { shipping_discounts: Object.fromEntries(quote.fees.filter((fee) => fee.discountFen > 0).map((fee) => [fee.kind, fee.discountFen])) };
}

function eligibility(given: Json): Json {
  const { total, qty, min_spend, min_qty } = given as { total: number; qty: number; min_spend: number | null; min_qty: number | null };
  const lines = allocate(total, new Array<number>(qty).fill(1)).map((unitPriceFen, i) => ({ ...LINE, id: String(i), unitPriceFen }));
  return { eligible: isApplied(quoteOf({ lines, offers: [{ ...OFFER, threshold: { amountFen: min_spend, quantity: min_qty } }] })) };
}

/** The source compares codes exactly; the default here does not. */
export function codeRejection(given: Json, exactCodes: boolean): string | null {
  const quote = quoteOf({ offers: [{ ...OFFER, trigger: "code", codes: [given["code"] as string] }], codes: [given["entered"] as string], rules: { exactCodes } });
  return isApplied(quote) ? null : "COUPON_CODE_INVALID";
}

function personalCoupon(given: Json): Json {
  const coupon: CouponInHand = { id: "c", offer: { ...OFFER, trigger: "coupon" }, state: "issued", validFromAt: null, validUntilAt: null, memberId: given["coupon_owner"] as string };
  const member = { id: given["order_member"] as string, tierId: null, segments: [], firstOrder: false };
  const quote = quoteOf({ snapshot: { member, coupons: [coupon] }, couponIds: ["c"] });
  return { rejected: quote.candidates.flatMap((one) => one.reasons.map((reason) => wordOf(reason.code)))[0] ?? null };
}

function usageCap(given: Json): Json {
  const [promotion] = given["promotions"] as { max_usage?: number }[];
  if (promotion?.max_usage === undefined) throw new Unsupported("promotion.max_usage");
  return { applied: Array.from({ length: given["orders"] as number }, (_, used) => reasonsAgainst({ limits: { total: promotion.max_usage! } }, { usedInTotal: { offer: used } }).length === 0) };
}

/** What a promotion may ask of a member; a guest has none of it. */
const PERSONAL: Readonly<Record<string, Partial<Offer>>> = {
  "limit per member": { limits: { perMember: 1 } }, "segment": { scope: { segments: ["s"] } }, "tier": { scope: { tiers: ["t"] } }, "first order": { scope: { firstOrder: true } },
};

function guest(given: Json): Json {
  const change = PERSONAL[String(given["promotion"])];
  if (!change || given["cart"] !== "guest") throw new Unsupported("given.promotion");
  const [reason] = reasonsAgainst(change, { member: null });
  return { result: reason ? `promotion skipped with reason ${reason}` : "promotion applied", http: 200 };
}

function emptyCode(given: Json): Json {
  const offers = (given["promotions"] as { id: string; coupon_code?: string }[]).map((one): Offer => {
    if (one.coupon_code === undefined) throw new Unsupported("promotion without coupon_code");
    return { ...OFFER, id: one.id, codes: [one.coupon_code] };
  });
  return { applied: isApplied(quoteOf({ offers })) };
}

/** Uses are counted by whoever confirms orders; the engine refuses by the count it is given. */
function limitEvents(given: Json): Json {
  const perMember = given["limit_per_member"] as number | undefined, total = given["limit_total"] as number | undefined;
  let used = 0;
  let guestCart = false;
  const results: string[] = [];
  const snapshot = (): Partial<Snapshot> => ({ usedByMember: { offer: used }, usedInTotal: { offer: used }, ...(guestCart ? { member: null } : {}) });
  const attempt = (): string[] => reasonsAgainst({ limits: { perMember: perMember ?? null, total: total ?? null } }, snapshot());
  for (const event of given["events"] as string[]) {
    if (event === "cancel order") { used--; results.push("ok"); continue; }
    if (event === "member used code before") { used++; continue; }
    if (event === "anonymous cart applies code") { guestCart = true; continue; }
    if (event === "member is attached to cart") { guestCart = false; continue; }
    if (!event.startsWith("use")) throw new Unsupported(`event "${event}"`);
    const reasons = attempt();
    results.push(reasons.length === 0 ? "ok" : `REJECTED(${reasons[0]})`);
    if (reasons.length === 0) used++;
  }
  return { results, code_removed: attempt().length > 0 };
}
