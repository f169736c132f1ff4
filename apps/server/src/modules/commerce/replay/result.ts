import type { Fen } from "../../../kernel/money.ts";
import type { ReplayResult } from "./replay.schema.ts";
import { addTally, clockOf, emptyTally, GUEST, NO_TIER, type Gained, type Sums, type Tally } from "./tally.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const MAX_OVERLAPS = 50;

interface Counted {
  tallies: readonly Tally[];
  gained: readonly Gained[];
  zone: string;
  /** What may be spent, and how often it may be used. */
  budgetFen: Fen | null;
  uses: number | null;
  seconds: number;
}

/** What a replay says, from what was counted. */
export function resultOf({ tallies, gained, zone, budgetFen, uses, seconds }: Counted): ReplayResult {
  const sum = emptyTally();
  for (const tally of tallies) addTally(sum, tally);
  const membersOf = Map.groupBy(gained, (one) => one.tier);
  const spans = Object.entries(sum.bySpan).map(([span, sums]) => ({ span: Number(span), ...sums })).sort((a, b) => a.span - b.span);
  return {
    orders: sum.all.orders, memberOrders: sum.memberOrders, hits: sum.all.hits, netFen: sum.netFen, draftFen: sum.draftFen, costFen: sum.all.costFen,
    displacedFen: sum.draftFen - sum.all.costFen, dearerOrders: sum.dearer.orders, dearerFen: sum.dearer.costFen, drifted: sum.drifted,
    gifts: Object.entries(sum.gifts).map(([sku, gift]) => ({ sku, ...gift })), coupons: sum.coupons,
    members: spreadOf(gained),
    byTier: Object.entries(sum.byTier).map(([tier, sums]) => ({
      tierId: tier === GUEST || tier === NO_TIER ? null : tier, isGuest: tier === GUEST, members: membersOf.get(tier)?.length ?? 0, ...sums,
    })).sort((a, b) => b.costFen - a.costFen),
    byStore: Object.entries(sum.byStore).map(([storeId, sums]) => ({ storeId, ...sums })).sort((a, b) => b.costFen - a.costFen),
    byHour: by(spans, ({ span }) => clockOf(span, zone).hour).map(([hour, sums]) => ({ hour, ...sums })),
    byDay: by(spans, ({ span }) => clockOf(span, zone).day).map(([day, sums]) => ({ on: new Date(day * DAY_MS).toISOString().slice(0, 10), ...sums })),
    overlaps: Object.entries(sum.overlaps).map(([offerId, one]) => ({ offerId, ...one })).sort((a, b) => b.orders - a.orders).slice(0, MAX_OVERLAPS),
    budget: budgetFen === null && uses === null ? null : budgetOf(spans, budgetFen, uses),
    seconds,
  };
}

/** How many gained, how much each, and how much of it the luckiest tenth got. */
function spreadOf(gained: readonly Gained[]): ReplayResult["members"] {
  const amounts = gained.map((one) => one.costFen).sort((a, b) => b - a);
  const all = amounts.reduce((sum, one) => sum + one, 0);
  const tenth = amounts.slice(0, Math.ceil(amounts.length / 10)).reduce((sum, one) => sum + one, 0);
  return { gained: amounts.length, averageFen: amounts.length > 0 ? Math.round(all / amounts.length) : 0, topTenthPercent: all > 0 ? Math.round((tenth / all) * 1_000) / 10 : 0 };
}

type Span = Sums & { span: number };

function by(spans: readonly Span[], keyOf: (span: Span) => number): [number, Sums][] {
  const found = new Map<number, Sums>();
  for (const span of spans) {
    const key = keyOf(span);
    const sums = found.get(key) ?? { orders: 0, hits: 0, costFen: 0 };
    found.set(key, { orders: sums.orders + span.orders, hits: sums.hits + span.hits, costFen: sums.costFen + span.costFen });
  }
  return [...found].sort(([a], [b]) => a - b);
}

/** The hour in which money or number runs out. Within that hour uses are taken as of equal worth. */
function budgetOf(spans: readonly Span[], budgetFen: Fen | null, uses: number | null): NonNullable<ReplayResult["budget"]> {
  let costFen = 0, hits = 0;
  const all = spans.reduce((sum, one) => sum + one.hits, 0);
  for (const span of spans) {
    const money = budgetFen === null || span.costFen <= 0 ? 1 : (budgetFen - costFen) / span.costFen;
    const number = uses === null || span.hits === 0 ? 1 : (uses - hits) / span.hits;
    const part = Math.min(money, number);
    if (part < 1) {
      hits += Math.floor(span.hits * part);
      costFen += Math.floor(span.costFen * part);
      return { budgetFen, uses, runsOutAt: new Date(span.span * HOUR_MS).toISOString(), costFen, hits, missedHits: all - hits };
    }
    costFen += span.costFen;
    hits += span.hits;
  }
  return { budgetFen, uses, runsOutAt: null, costFen, hits, missedHits: 0 };
}
