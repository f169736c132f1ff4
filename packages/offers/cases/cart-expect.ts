import { share } from "../src/index.ts";
import type { Quote } from "../src/index.ts";
import { appliedIds, promotionOf, quoteWith, sceneOf } from "./cart-case.ts";
import type { Scene } from "./cart-case.ts";
import type { Case, Json, Outcome } from "./case.ts";
import { Unsupported, difference } from "./case.ts";
import { earnedBy, pointsSpent, pointsStory, refundOf } from "./cart-points.ts";
import { play, wordOf } from "./events.ts";
import type { Story } from "./events.ts";
import type { Settings } from "./setting.ts";
import { drawDown } from "./spend.ts";

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

export function runCartCase(one: Case, settings: Settings): Outcome {
  const scene = sceneOf(one, settings);
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
  discount: (played) => discountsByLine(played).reduce((sum, off) => sum + off, 0) + feesOff(played.quote),
  discount_incl_tax: (played) => discountsByLine(played).reduce((sum, off) => sum + off, 0) + feesOff(played.quote),
  discounts: (played, expected) => listOfDiscounts(played, expected as unknown[]),
  item_discount: ({ scene, quote }) => takenBy(quote, scene.promotions[0]!.id),
  voucher_discount: ({ scene, quote }) => takenBy(quote, scene.promotions[1]!.id),
  applied: ({ scene, quote, story }, expected) => (Array.isArray(expected) ? (Array.isArray(expected[0]) ? story?.applied : appliedIds(quote)) : scene.promotions.every(({ id }) => appliedIds(quote).includes(id))),
  applied_percent: ({ scene, quote }) => scene.promotions.find(({ id }) => appliedIds(quote).includes(id))?.value ?? null,
  still_applied_after_reevaluate: ({ scene, quote }) => JSON.stringify(quoteWith(scene).effects) === JSON.stringify(quote.effects),
  by_promotion: ({ scene, quote }) => Object.fromEntries(scene.promotions.map(({ id }) => [id, linesOf(quote, id)])),
  line_discounts: (played, expected) => (Array.isArray(expected) ? discountsByLine(played) : discountsOf(played, expected as Json)),
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
  points: ({ scene, quote }) => earnedBy(scene, quote).points,
  points_used: ({ scene, quote }) => pointsSpent(scene, quote),
  balance_after: ({ scene, quote }) => pointsStory(scene, quote).afterRefund,
  balance: ({ scene, quote }, expected) => balances(pointsStory(scene, quote), expected as unknown[]),
  reversed: ({ scene, quote }) => pointsStory(scene, quote).reversed,
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

/** What was taken off each line, but for the hand and the price list, which make the price that promotions begin with. */
function discountsByLine({ scene, quote }: Played): number[] {
  const byHand = scene.lines.some((line) => (line.manualDiscountFen ?? 0) > 0) ? 0 : -1;
  return quote.lines.map((line) => line.shares.reduce((sum, one) => sum + (one.effect === byHand ? 0 : one.amountFen), 0));
}

function feesOff(quote: Quote): number {
  return quote.fees.reduce((sum, fee) => sum + fee.discountFen, 0);
}

/** One for each promotion, or one for each line: as many as the case lists. */
function listOfDiscounts(played: Played, expected: readonly unknown[]): number[] {
  const { scene, quote } = played;
  if (expected.length !== scene.promotions.length && expected.length === quote.lines.length) return discountsByLine(played);
  return scene.promotions.map(({ id }) => takenBy(quote, id));
}

/** Lines without a discount may be named with 0 or left out. */
function discountsOf(played: Played, expected: Json): Record<string, number> {
  const off = discountsByLine(played);
  return Object.fromEntries(played.quote.lines.flatMap(({ lineId }, i) => (off[i] !== 0 || lineId in expected ? [[lineId, off[i]!]] : [])));
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
  if (reward?.required_points !== undefined) return pointsSpent(scene, quote) === 0 ? "INSUFFICIENT_POINTS" : null;
  return story?.rejected[0]?.reason ?? (scene.promotions.length > 0 ? reasonOf(quote, null) : null);
}

/** After the order and after its return; with three numbers the first is what was there before. */
function balances({ start, afterOrder, afterRefund }: ReturnType<typeof pointsStory>, expected: readonly unknown[]): number[] {
  return [start, afterOrder, afterRefund].slice(expected.length >= 3 ? 0 : 1).slice(0, Math.max(1, expected.length));
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

function unitAt(scene: Scene, quantity: number): number {
  return share(quoteWith(scene, undefined, scene.lines.map((line) => ({ ...line, quantity }))).netFen, 1, quantity);
}
