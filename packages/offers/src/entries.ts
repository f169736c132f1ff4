import type { Cart } from "./cart.ts";
import { couponRefusals, hasCode, isOpen } from "./eligibility.ts";
import type { Moment } from "./eligibility.ts";
import { byPipeline, compileOffer, isExcluded, linesMatching } from "./prepare.ts";
import type { CompiledOffer, PreparedRules } from "./prepare.ts";
import type { Entry } from "./state.ts";

/** Every offer and chosen coupon that is open and has items in this cart, in the mode's order of application. */
export function entriesFor(prepared: PreparedRules, moment: Moment, selected: LinesByOffer): Entry[] {
  const entries: Entry[] = [];
  const { cart } = moment;
  for (let index = 0; index < prepared.offers.length; index++) {
    const lines = selected[index];
    if (lines === undefined) continue;
    const rule = prepared.offers[index]!;
    if (isTriggered(rule, moment) && isOpen(rule, moment)) entries.push({ rule, coupon: null, lines, code: null, lack: 0 });
  }
  if (cart.couponIds.length > 0 && addCoupons(entries, moment) && prepared.mode !== "list") {
    entries.sort((a, b) => byPipeline(a.rule, b.rule) || byCoupon(a, b));
  }
  return entries;
}

/** The lines each offer of a rule set selects, by index; undefined for none. */
export type LinesByOffer = readonly (readonly number[] | undefined)[];

/** Found from the lines' sku, category and tags instead of by asking every offer. */
export function selectLines(prepared: PreparedRules, cart: Cart): LinesByOffer {
  const { offers, everywhere, bySku, byCategory, byTag } = prepared;
  const selected: (number[] | undefined)[] = new Array(offers.length);
  const all = cart.lines.map((_, i) => i);
  for (const index of everywhere) {
    const { items } = offers[index]!;
    selected[index] = items.excludes ? all.filter((i) => !isExcluded(items, cart.lines[i]!)) : all;
  }
  const take = (indexes: readonly number[] | undefined, line: number): void => {
    if (indexes === undefined) return;
    for (const index of indexes) {
      const { items } = offers[index]!;
      if (items.excludes && isExcluded(items, cart.lines[line]!)) continue;
      const lines = selected[index];
      if (lines === undefined) selected[index] = [line];
      else if (lines[lines.length - 1] !== line) lines.push(line);
    }
  };
  for (let i = 0; i < cart.lines.length; i++) {
    const line = cart.lines[i]!;
    if (bySku.size > 0) take(bySku.get(line.sku), i);
    if (byCategory.size > 0 && line.category !== null) take(byCategory.get(line.category), i);
    if (byTag.size > 0) for (const tag of line.tags) take(byTag.get(tag), i);
  }
  return selected;
}

/** Coupon offers apply through coupons in hand only; a code offer without any code never does. */
export function isTriggered(rule: CompiledOffer, moment: Moment): boolean {
  if (rule.trigger === "auto") return true;
  return rule.trigger === "code" && hasCode(rule, moment);
}

function addCoupons(entries: Entry[], moment: Moment): boolean {
  const { cart, snapshot } = moment;
  const before = entries.length;
  const perOffer = new Map<string, number>();
  for (const id of new Set(cart.couponIds)) {
    const coupon = snapshot.coupons.find((one) => one.id === id);
    if (coupon === undefined || couponRefusals(coupon, moment).length > 0) continue;
    const rule = compileOffer(coupon.offer);
    const used = perOffer.get(coupon.offer.id) ?? 0;
    if (used >= rule.perOrder || !isOpen(rule, moment)) continue;
    perOffer.set(coupon.offer.id, used + 1);
    entries.push({ rule, coupon, lines: linesMatching(rule.items, cart), code: null, lack: 0 });
  }
  return entries.length > before;
}

function byCoupon(a: Entry, b: Entry): number {
  const one = a.coupon?.id ?? "", other = b.coupon?.id ?? "";
  return one < other ? -1 : one > other ? 1 : 0;
}
