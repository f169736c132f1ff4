import { evaluate } from "../src/index.ts";
import type { Cart, CartLine, Fee, Offer, Quote } from "../src/index.ts";
import type { Case, GivenLine, Json, Promotion } from "./case.ts";
import { Unsupported, onlyWords } from "./case.ts";
import { offerOf } from "./promotion.ts";
import type { Settings } from "./setting.ts";

const GIVEN = [
  "apply_order", "balance", "card", "client_claims_points_cost", "events", "fees", "lines", "order_discount", "promotions", "refund", "resolution",
  "reward", "rule", "shipping", "tax", "tenders", "use_wallet", "wallet",
];
const LINE = ["id", "qty", "unit_price", "price", "category", "tag", "product", "kind", "manual_discount_percent", "price_list_percent_off"];
const NOW = Date.parse("2026-11-21T04:00:00Z");

/** A cart case made ready to be evaluated, whole or with some of its promotions only. */
export interface Scene {
  given: Json;
  lines: CartLine[];
  fees: Fee[];
  promotions: readonly Promotion[];
  offers: Map<string, Offer>;
  tax: ReadonlyMap<string, number>;
  manualDiscountFen: number;
  settings: Settings;
  /** Segments of the member; every segment that is named, unless the story begins outside. */
  segments: readonly string[];
}

export function sceneOf({ given, expect }: Case, settings: Settings): Scene {
  onlyWords("given", given, GIVEN);
  const tax = taxOf(given);
  const promotions = (given["promotions"] ?? []) as Promotion[];
  const order = (given["apply_order"] ?? []) as string[];
  const factor = Math.max(1, ...tax.values());
  // A suite that states results before tax also states its promotions' amounts before tax.
  const netAmounts = "net" in expect;
  const bestPerLine = given["resolution"] === "best single promotion per line";
  if (typeof given["resolution"] === "string" && !bestPerLine && !given["resolution"].startsWith("best-for-customer")) throw new Unsupported(`given.resolution "${given["resolution"]}"`);
  const offers = new Map(promotions.map((promotion, index) => {
    const position = order.includes(promotion.id) ? order.indexOf(promotion.id) : index + order.length;
    return [promotion.id, offerOf(promotion, { position, tax: factor, netAmounts, bestPerLine, settings })];
  }));
  return {
    given, promotions, offers, tax, settings, segments: promotions.flatMap((one) => one.segment ?? []), manualDiscountFen: (given["order_discount"] ?? 0) as number,
    lines: ((given["lines"] ?? []) as GivenLine[]).map((line) => lineOf(line, tax)), fees: feesOf(given),
  };
}

function lineOf(line: GivenLine, tax: ReadonlyMap<string, number>): CartLine {
  onlyWords("line", line, LINE);
  const quantity = line.qty ?? 1;
  const unitPriceFen = Math.round((line.unit_price ?? line.price ?? 0) * (tax.get(line.id) ?? tax.get("*") ?? 1));
  const handPercent = 100 - (100 - (line.manual_discount_percent ?? 0)) * (100 - (line.price_list_percent_off ?? 0)) / 100;
  const tags = [`product:${line.product ?? line.id}`, ...(line.tag ? [line.tag] : []), ...(line.kind ? [`kind:${line.kind}`] : [])];
  return {
    id: line.id, sku: line.id, name: line.id, category: line.category ?? null, tags, quantity, unitPriceFen,
    manualDiscountFen: Math.round(quantity * unitPriceFen * handPercent / 100),
  };
}

/** Factors by line id, "*" for all: prices in this project include tax, so a tax on top is put into them. */
function taxOf({ tax }: Json): Map<string, number> {
  if (tax === undefined || tax === null) return new Map();
  const texts: [string, string][] = typeof tax === "string" ? [["*", tax]] : Object.entries(tax as Record<string, string>);
  return new Map(texts.map(([line, text]) => {
    const match = /^([\d.]+)% (on top|included|incl\.?)$/.exec(text);
    if (!match) throw new Unsupported(`given.tax "${text}"`);
    return [line, match[2] === "on top" ? 1 + Number(match[1]) / 100 : 1];
  }));
}

function feesOf(given: Json): Fee[] {
  const fees = ((given["fees"] ?? []) as { id?: string; amount: number; discountable?: boolean }[]).map((fee): Fee => {
    onlyWords("fee", fee, ["id", "amount", "discountable"]);
    if (fee.discountable === true) throw new Unsupported("fee.discountable true");
    return { kind: fee.id ?? "fee", amountFen: fee.amount };
  });
  return typeof given["shipping"] === "number" ? [...fees, { kind: "delivery", amountFen: given["shipping"] }] : fees;
}

/** The quote with these promotions, each as often as it is claimed; without a list, with all. */
export function quoteWith(scene: Scene, ids?: readonly string[], lines: readonly CartLine[] = scene.lines): Quote {
  const offers = (ids ?? scene.promotions.map((one) => one.id)).flatMap((id) => {
    const offer = scene.offers.get(id);
    const claims = scene.promotions.find((one) => one.id === id)?.claims ?? 1;
    return offer ? Array.from({ length: Math.max(1, claims) }, (_, k) => (k === 0 ? offer : { ...offer, id: `${offer.id}#${k}` })) : [];
  });
  const cart: Cart = { lines, fees: scene.fees, channel: "till", storeId: "store", manualDiscountFen: scene.manualDiscountFen, couponIds: [], codes: [] };
  return evaluate(cart, { member: { id: "member", tierId: null, segments: scene.segments, firstOrder: false }, coupons: [] }, { version: 1, mode: "pipeline", zone: "Asia/Shanghai", offers }, NOW);
}

/** The vocabulary's name of the promotion behind an offer id. */
export function promotionOf(offerId: string): string {
  return offerId.slice(offerId.indexOf(":") + 1).replace(/#\d+$/, "");
}

/** Promotions in a quote, in the order of application. */
export function appliedIds(quote: Quote): string[] {
  return quote.effects.flatMap((effect) => (effect.offerId === null ? [] : [promotionOf(effect.offerId)]));
}
