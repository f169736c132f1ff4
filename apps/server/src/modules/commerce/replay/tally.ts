import { evaluate, localTime, type Cart, type CouponInHand, type Offer, type PreparedRules, type Quote, type Snapshot } from "@shuke/offers";
import type { Fen } from "../../../kernel/money.ts";

/** An order as the page statement writes it; the same order of fields as there. */
export type OrderRow = readonly [
  id: string, storeId: string, channel: string, source: string, memberId: string | null, netFen: Fen, feesFen: Fen, ruleVersion: number, atMs: number,
  lines: readonly (readonly [lineId: string, sku: string, category: string | null, quantity: number, unitPriceFen: Fen, discountFen: Fen])[],
  proof: readonly [
    tags: Record<string, string[]> | null, fees: { kind: string; amountFen: Fen }[] | null, member: { tierId: string | null; firstOrder: boolean } | null,
    manualDiscountFen: Fen | null, codes: string[] | null, couponIds: string[] | null, effects: { offerId: string | null; name: string; amountFen: Fen }[] | null,
    bill: object | null, lineDiscounts: Record<string, Fen> | null,
  ] | null,
];

export interface Sums {
  orders: number;
  hits: number;
  costFen: Fen;
}

/** What has been counted; plain, so that it is kept between stops and added to another one. */
export interface Tally {
  all: Sums;
  memberOrders: number;
  netFen: Fen;
  draftFen: Fen;
  dearer: Sums;
  drifted: number;
  coupons: number;
  byTier: Record<string, Sums>;
  byStore: Record<string, Sums>;
  /** By hours since 1970: for the clock of the shop, for days, and for the hour in which a budget is gone. */
  bySpan: Record<string, Sums>;
  overlaps: Record<string, { name: string; orders: number; beforeFen: Fen; afterFen: Fen }>;
  gifts: Record<string, { name: string; quantity: number }>;
}

/** What one member has had of the draft. */
export interface Gained {
  uses: number;
  costFen: Fen;
  tier: string;
}

export const GUEST = "guest";
export const NO_TIER = "none";
const HOUR_MS = 3_600_000;

const none = (): Sums => ({ orders: 0, hits: 0, costFen: 0 });

export const emptyTally = (): Tally => ({
  all: none(), memberOrders: 0, netFen: 0, draftFen: 0, dearer: none(), drifted: 0, coupons: 0, byTier: {}, byStore: {}, bySpan: {}, overlaps: {}, gifts: {},
});

/** What the orders are tried with. */
export interface Trial {
  draft: Offer;
  /** Rules of a version with the draft among them; those alone for comparisons with today. */
  withDraft: (version: number) => PreparedRules;
  today: PreparedRules | null;
  coupons: ReadonlyMap<string, CouponInHand>;
  gained: Map<string, Gained>;
}

/** Prices an order again with the draft among its rules and counts what becomes different. */
export function tallyOrder(tally: Tally, order: OrderRow, trial: Trial): void {
  const [, storeId, , source, memberId, paidFen, , version, at, , proof] = order;
  // A share of a table's bill was priced with the whole table: by itself it proves nothing.
  if (proof?.[7]) {
    tally.all.orders++;
    tally.drifted++;
    return;
  }
  const cart = cartOf(order);
  const snapshot = snapshotOf(order, trial);
  const rules = trial.withDraft(source === "till" ? version : 0);
  const quote = evaluate(cart, snapshot, rules, at, { explain: false });
  const today = trial.today ? evaluate(cart, snapshot, trial.today, at, { explain: false }) : null;
  const before = today?.totalFen ?? paidFen;
  const effect = quote.effects.find((one) => one.offerId === trial.draft.id);
  const saved = before - quote.totalFen;
  tally.netFen += before;
  if (memberId !== null) tally.memberOrders++;
  const tier = memberId === null ? GUEST : snapshot.member?.tierId ?? NO_TIER;
  const places = [tally.all, sumsIn(tally.byTier, tier), sumsIn(tally.byStore, storeId), sumsIn(tally.bySpan, String(Math.floor(at / HOUR_MS)))];
  for (const place of places) place.orders++;
  if (!effect) {
    if (saved !== 0) tally.drifted++;
    return;
  }
  for (const place of places) {
    place.hits++;
    place.costFen += saved;
  }
  tally.draftFen += effect.amountFen;
  if (saved < 0) {
    tally.dearer.orders++;
    tally.dearer.costFen -= saved;
  }
  if (memberId !== null) gain(trial.gained, memberId, tier, saved);
  countGifts(tally, effect);
  countOverlaps(tally, today ? today.effects : proof?.[6] ?? [], quote, trial.draft.id);
}

function sumsIn(by: Record<string, Sums>, key: string): Sums {
  return (by[key] ??= none());
}

function gain(gained: Map<string, Gained>, memberId: string, tier: string, saved: Fen): void {
  const known = gained.get(memberId);
  if (!known) gained.set(memberId, { uses: 1, costFen: saved, tier });
  else {
    known.uses++;
    known.costFen += saved;
  }
}

function countGifts(tally: Tally, effect: Quote["effects"][number]): void {
  for (const gift of effect.gifts) (tally.gifts[gift.sku] ??= { name: gift.name, quantity: 0 }).quantity += gift.quantity;
  for (const issue of effect.issues) tally.coupons += issue.count;
}

/** What the other offers of the same order gave before, and give beside the draft. */
function countOverlaps(tally: Tally, before: readonly { offerId: string | null; name: string; amountFen: Fen }[], quote: Quote, draftId: string): void {
  const seen = new Set<string>();
  const at = (offerId: string, name: string) => {
    const place = (tally.overlaps[offerId] ??= { name, orders: 0, beforeFen: 0, afterFen: 0 });
    if (!seen.has(offerId)) place.orders++;
    seen.add(offerId);
    return place;
  };
  for (const one of before) if (one.offerId !== null) at(one.offerId, one.name).beforeFen += one.amountFen;
  for (const one of quote.effects) if (one.offerId !== null && one.offerId !== draftId) at(one.offerId, one.name).afterFen += one.amountFen;
}

/** Another system's discounts are facts: they come off each line first, and the draft meets what they leave. */
function cartOf([, storeId, channel, source, , , feesFen, , , lines, proof]: OrderRow): Cart {
  const tags = proof?.[0] ?? {}, byHand = proof?.[8] ?? {};
  return {
    lines: lines.map(([id, sku, category, quantity, unitPriceFen, discountFen]) => ({
      id, sku, name: sku, category, tags: tags[id] ?? [], quantity, unitPriceFen, manualDiscountFen: source === "till" ? byHand[id] : discountFen,
    })),
    fees: proof?.[1]?.map(({ kind, amountFen }) => ({ kind, amountFen })) ?? (feesFen > 0 ? [{ kind: "other", amountFen: feesFen }] : []),
    storeId, channel, manualDiscountFen: proof?.[3] ?? 0, codes: proof?.[4] ?? [], couponIds: proof?.[5] ?? [],
  };
}

/** What was known of the member then; how often the draft has been used since the replay began. */
function snapshotOf([, , , , memberId, , , , , , proof]: OrderRow, { coupons, gained, draft }: Trial): Snapshot {
  const known = proof?.[2] ?? null;
  const uses = memberId === null ? undefined : gained.get(memberId)?.uses;
  return {
    member: memberId === null ? null : { id: memberId, tierId: known?.tierId ?? null, segments: [], firstOrder: known?.firstOrder ?? false },
    coupons: (proof?.[5] ?? []).flatMap((id) => coupons.get(id) ?? []),
    ...(uses ? { usedByMember: { [draft.id]: uses } } : {}),
  };
}

/** Adds one tally to another; the sums of a replay do not depend on who counted. */
export function addTally(to: Tally, from: Tally): void {
  add(to.all, from.all);
  add(to.dearer, from.dearer);
  for (const field of ["memberOrders", "netFen", "draftFen", "drifted", "coupons"] as const) to[field] += from[field];
  for (const field of ["byTier", "byStore", "bySpan"] as const) for (const [key, sums] of Object.entries(from[field])) add(sumsIn(to[field], key), sums);
  for (const [id, one] of Object.entries(from.overlaps)) {
    const place = (to.overlaps[id] ??= { name: one.name, orders: 0, beforeFen: 0, afterFen: 0 });
    place.orders += one.orders;
    place.beforeFen += one.beforeFen;
    place.afterFen += one.afterFen;
  }
  for (const [sku, gift] of Object.entries(from.gifts)) (to.gifts[sku] ??= { name: gift.name, quantity: 0 }).quantity += gift.quantity;
}

function add(to: Sums, from: Sums): void {
  to.orders += from.orders;
  to.hits += from.hits;
  to.costFen += from.costFen;
}

/** The clock of the shop for an hour since 1970: its day and its hour of the day. Zones off by half an hour count with the hour in which they begin. */
export function clockOf(span: number, zone: string): { day: number; hour: number } {
  const { day, minute } = localTime(span * HOUR_MS, zone);
  return { day, hour: Math.floor(minute / 60) };
}
