import { drawDown, earnPoints, returnShare, share, spendable } from "../src/index.ts";
import type { EarnProgram, Quote } from "../src/index.ts";
import { appliedIds, promotionOf, quoteWith, sceneOf } from "./cart-case.ts";
import type { Scene } from "./cart-case.ts";
import type { Case, Json, Outcome } from "./case.ts";
import { Unsupported, difference } from "./case.ts";
import { play, wordOf } from "./events.ts";
import type { Story } from "./events.ts";

/** Everything a check may look at. */
interface Played {
  scene: Scene;
  given: Json;
  expect: Json;
  quote: Quote;
  story: Story | null;
}

/** What a word of `expect` is in the engine's result. */
type Check = (played: Played, expected: unknown) => unknown;

export function runCartCase(one: Case): Outcome {
  const scene = sceneOf(one);
  const events = one.given["events"] as string[] | undefined;
  const story = events ? play(scene, events) : null;
  const played: Played = { scene, given: one.given, expect: one.expect, quote: story?.last ?? quoteWith(scene), story };
  for (const [word, expected] of Object.entries(one.expect)) {
    const check = checks[word];
    if (!check) throw new Unsupported(`expect.${word}`);
    const why = difference(word, check(played, expected), expected);
    if (why !== null) return { result: "failed", why };
  }
  return { result: "passed" };
}

const checks: Readonly<Record<string, Check>> = {
  total: ({ quote }) => quote.totalFen,
  subtotal: ({ quote }) => quote.netFen,
  net: (played) => afterTax(played).untaxed,
  untaxed: (played) => afterTax(played).untaxed,
  tax: (played) => afterTax(played).tax,
  discount: ({ quote }) => quote.discountFen,
  discount_incl_tax: ({ quote }) => quote.discountFen,
  discounts: ({ scene, quote }) => scene.promotions.map(({ id }) => takenBy(quote, id)),
  item_discount: ({ scene, quote }) => takenBy(quote, scene.promotions[0]!.id),
  voucher_discount: ({ scene, quote }) => takenBy(quote, scene.promotions[1]!.id),
  applied: ({ scene, quote, story }, expected) => (Array.isArray(expected) ? (Array.isArray(expected[0]) ? story?.applied : appliedIds(quote)) : scene.promotions.every(({ id }) => appliedIds(quote).includes(id))),
  applied_percent: ({ scene, quote }) => scene.promotions.find(({ id }) => appliedIds(quote).includes(id))?.value ?? null,
  still_applied_after_reevaluate: ({ scene, quote }) => JSON.stringify(quoteWith(scene).effects) === JSON.stringify(quote.effects),
  by_promotion: ({ scene, quote }) => Object.fromEntries(scene.promotions.map(({ id }) => [id, linesOf(quote, id)])),
  line_discounts: ({ quote }, expected) => (Array.isArray(expected) ? quote.lines.map((line) => line.discountFen) : discountsOf(quote, expected as Json)),
  line_net: ({ quote }) => Object.fromEntries(quote.lines.map((line) => [line.lineId, line.netFen])),
  line_price: ({ quote }) => quote.lines[0]!.netFen,
  line_price_never_negative: ({ quote }) => quote.lines.every((line) => line.netFen >= 0),
  free_units: ({ quote }, expected) => Object.fromEntries(Object.keys(expected as Json).map((sku) => [sku, giftsOf(quote, sku)])),
  totals: ({ scene, story, given }, expected) => mask(story?.totals ?? prefixes(scene, given), expected as unknown[]),
  totals_after: ({ scene, given }, expected) => mask(prefixes(scene, given), expected as unknown[]),
  totals_after_each_claim: ({ scene }, expected) => (expected as unknown[]).map((_, k) => claimed(scene, k + 1)),
  rejected: (played, expected) => (typeof expected === "string" ? rejection(played) : played.story?.rejected ?? []),
  reason: ({ quote }, expected) => reasonOf(quote, expected as string | null),
  issued_after_each_evaluate: ({ story }) => story?.issued,
  coupon_balance_before_confirm: ({ story }) => story?.balanceBeforeConfirm,
  coupon_balance_after_confirm: ({ story }) => story?.balance,
  claimable_on_same_order: ({ quote }) => quote.effects.some((effect) => effect.issues.length > 0 && effect.amountFen > 0),
  lines_left: ({ quote }) => quote.lines.length + quote.effects.reduce((sum, effect) => sum + effect.gifts.length, 0),
  points: ({ scene, given, quote }) => pointsOf(scene, given, quote),
  points_used: ({ given, quote }) => pointsSpent(given, quote),
  balance_after: ({ given, quote }) => Number(given["balance"] ?? 0) - pointsSpent(given, quote),
  due: ({ given, quote }) => quote.totalFen - tendered(given),
  due_after: ({ scene, given }) => duesAfter(scene, given),
  card_used: ({ given, quote }) => drawDown([Number(given["card"])], quote.totalFen)[0],
  wallet_after: ({ scene, given, quote }) => walletAfter(scene, given, quote),
  refund_amount: ({ given, quote }) => refundOf(given, quote),
  line_a_still_pays: ({ quote }) => quote.lines.find((line) => line.lineId === "a")?.netFen,
  unit_after_at_qty1: ({ scene }) => unitAt(scene, 1),
  unit_after_at_qty2: ({ scene }) => unitAt(scene, 2),
};

/** Prices include tax, so what is before tax is derived from each line's net. */
function afterTax({ scene, quote }: Played): { untaxed: number; tax: number } {
  let untaxed = 0;
  for (const line of quote.lines) untaxed += share(line.netFen, 10_000, Math.round((scene.tax.get(line.lineId) ?? scene.tax.get("*") ?? 1) * 10_000));
  return { untaxed, tax: quote.netFen - untaxed };
}

function takenBy(quote: Quote, id: string): number {
  return quote.effects.reduce((sum, effect) => sum + (isOf(effect.offerId, id) ? effect.amountFen : 0), 0);
}

function isOf(offerId: string | null, id: string): boolean {
  return offerId !== null && promotionOf(offerId) === id;
}

function linesOf(quote: Quote, id: string): Record<string, number> {
  const lines: Record<string, number> = {};
  for (const effect of quote.effects) {
    if (isOf(effect.offerId, id)) for (const { lineId, amountFen } of effect.lines) lines[lineId] = (lines[lineId] ?? 0) + amountFen;
  }
  return lines;
}

/** Lines without a discount may be named with 0 or left out. */
function discountsOf(quote: Quote, expected: Json): Record<string, number> {
  return Object.fromEntries(quote.lines.filter((line) => line.discountFen !== 0 || line.lineId in expected).map((line) => [line.lineId, line.discountFen]));
}

function giftsOf(quote: Quote, sku: string): number {
  return quote.effects.reduce((sum, effect) => sum + effect.gifts.reduce((units, one) => units + (one.sku === sku ? one.quantity : 0), 0), 0);
}

/** Totals with the first, the first two, … promotions, in the order of `apply_order` or as listed. */
function prefixes(scene: Scene, given: Json): number[] {
  const order = (given["apply_order"] as string[] | undefined) ?? scene.promotions.map((one) => one.id);
  return order.map((_, k) => quoteWith(scene, order.slice(0, k + 1)).totalFen);
}

/** null in an expected list means: not looked at. */
function mask(actual: readonly unknown[], expected: readonly unknown[]): unknown[] {
  return actual.map((value, i) => (expected[i] === null ? null : value));
}

function claimed(scene: Scene, times: number): number {
  const [promotion] = scene.promotions;
  const offer = scene.offers.get(promotion!.id)!;
  const copies = Array.from({ length: times }, (_, k) => [`${promotion!.id}#${k}`, { ...offer, id: `${offer.id}#${k}` }] as const);
  return quoteWith({ ...scene, offers: new Map(copies) }, copies.map(([id]) => id)).totalFen;
}

function reasonOf(quote: Quote, expected: string | null): string | null {
  const words = quote.candidates.flatMap((one) => one.reasons.map((reason) => wordOf(reason.code)));
  return words.find((word) => word === expected) ?? words[0] ?? null;
}

function rejection({ scene, given, quote, story }: Played): string | null {
  const reward = given["reward"] as { required_points?: number } | undefined;
  // Points of an order cannot pay for it: only the balance counts.
  if (reward?.required_points !== undefined) return pointsSpent(given, quote) === 0 ? "INSUFFICIENT_POINTS" : null;
  return story?.rejected[0]?.reason ?? (scene.promotions.length > 0 ? reasonOf(quote, null) : null);
}

const RULE = /^(\d+) points? per (\d+(?:\.\d+)?)(?: paid)?(?: on category (\S+))?$/;

export function programOf(rule: unknown): EarnProgram {
  const match = RULE.exec(String(rule));
  if (!match) throw new Unsupported(`given.rule "${String(rule)}"`);
  return { points: Number(match[1]), perFen: Math.round(Number(match[2]) * 100), rules: [], zone: "Asia/Shanghai", items: match[3] ? { categories: [match[3]] } : null };
}

function pointsOf(scene: Scene, given: Json, quote: Quote): number {
  const lines = scene.lines.map((line, i) => ({ ...line, netFen: quote.lines[i]!.netFen }));
  return earnPoints(lines, programOf(given["rule"]), { storeId: "store", channel: "till", member: { tierId: null, segments: [], firstOrder: false }, now: 0 }).points;
}

function pointsSpent(given: Json, quote: Quote): number {
  const reward = given["reward"] as { points_per_step?: number; value_per_point?: number; required_points?: number } | undefined;
  // The cost is computed here; what a client claims is not even looked at.
  if (reward?.required_points !== undefined) return Math.min(reward.required_points, spendable(Number(given["balance"]), { stepPoints: reward.required_points, stepFen: 1 }, quote.totalFen).points);
  if (reward?.points_per_step === undefined || reward.value_per_point === undefined) throw new Unsupported("given.reward without points_per_step and value_per_point");
  return spendable(Number(given["balance"]), { stepPoints: reward.points_per_step, stepFen: reward.points_per_step * reward.value_per_point }, quote.totalFen).points;
}

function tendered(given: Json): number {
  return ((given["tenders"] ?? []) as { amount: number }[]).reduce((sum, tender) => sum + tender.amount, 0);
}

/** Tenders come after discounts, whatever the order of the clicks. */
function duesAfter(scene: Scene, given: Json): number[] {
  const order = given["apply_order"] as string[];
  return order.map((_, k) => {
    const clicked = order.slice(0, k + 1);
    const { totalFen } = quoteWith(scene, clicked.filter((id) => scene.offers.has(id)));
    return totalFen - (clicked.includes("gift_card") ? drawDown([Number(given["card"])], totalFen)[0]! : 0);
  });
}

/** A wallet cannot pay for its own top-up. */
function walletAfter(scene: Scene, given: Json, quote: Quote): number {
  const topUps = quote.lines.filter((_, i) => scene.lines[i]!.tags.includes("kind:wallet_topup")).reduce((sum, line) => sum + line.netFen, 0);
  const used = given["use_wallet"] ? drawDown([Number(given["wallet"])], quote.totalFen - topUps)[0]! : 0;
  return Number(given["wallet"]) - used + topUps;
}

function refundOf(given: Json, quote: Quote): number {
  const { refund } = given;
  const units: Json = typeof refund === "string" ? { [refund]: quote.lines.find((line) => line.lineId === refund)?.quantity ?? 0 } : (refund as Json);
  return Object.entries(units).reduce((sum, [id, quantity]) => {
    const line = quote.lines.find((one) => one.lineId === id);
    if (!line || typeof quantity !== "number") throw new Unsupported(`given.refund "${id}"`);
    return sum + returnShare(line.netFen, line.quantity, 0, quantity);
  }, 0);
}

function unitAt(scene: Scene, quantity: number): number {
  return share(quoteWith(scene, undefined, scene.lines.map((line) => ({ ...line, quantity }))).netFen, 1, quantity);
}
