import type { Fen, Instant } from "./cart.ts";
import { allows, edgeOf, localTime, slotOf } from "./clock.ts";
import { allocate, share } from "./money.ts";
import type { Audience, ItemSelector, Maybe } from "./offer.ts";
import { compileSelector, matches } from "./prepare.ts";

/** A sold line as points see it: its net after all discounts. Tenders never reduce it. */
export interface EarnLine {
  sku: string;
  category: string | null;
  tags: readonly string[];
  quantity: number;
  netFen: Fen;
}

/** The base rate and what multiplies it. */
export interface EarnProgram {
  /** `points` for every `perFen` of net: 1 per 100 is one point a yuan. */
  points: number;
  perFen: Fen;
  rules: readonly EarnRule[];
  /** Zone of weekdays and time slots. */
  zone: string;
  /** How several matching multipliers combine on a line. Default "multiply". */
  combine?: Maybe<"multiply" | "best" | "add">;
  /** The order's fraction of a point. Default "half-up". */
  rounding?: Maybe<"half-up" | "down">;
  /** The most points one order earns. */
  maxPerOrder?: Maybe<number>;
  /** Which items earn; everything when absent. Exclude gift cards and top-ups here. */
  items?: Maybe<ItemSelector>;
}

export interface EarnRule {
  id: string;
  name: string;
  /** 200 = double, 0 = none. */
  multiplierPercent: number;
  scope?: Maybe<ItemSelector & Audience>;
}

export interface EarnContext {
  storeId: string;
  channel: string;
  member: { tierId: string | null; segments: readonly string[]; firstOrder: boolean } | null;
  now: Instant;
}

export interface Earned {
  points: number;
  /** Points of each line; sums to `points`. Frozen with the order: a return takes back its `returnShare`. */
  lines: number[];
  /** Rules that multiplied at least one line. */
  ruleIds: string[];
}

/**
 * Points for an order: net × rate × multipliers summed over the lines, rounded once at the end, allocated to the lines by
 * largest remainder. Without a member nothing is earned. Throws RangeError when perFen <= 0.
 */
export function earnPoints(lines: readonly EarnLine[], program: EarnProgram, context: EarnContext): Earned {
  const none = { points: 0, lines: lines.map(() => 0), ruleIds: [] };
  if (context.member === null || program.points <= 0) return none;
  const open = program.rules.filter((rule) => isOpenNow(rule, program.zone, context));
  const selectors = open.map((rule) => compileSelector(rule.scope));
  const items = compileSelector(program.items);
  const used = new Set<string>();
  let total = 0;
  const weights = lines.map((line) => {
    if (line.netFen <= 0 || !matches(items, line)) return 0;
    const factors: number[] = [];
    open.forEach((rule, k) => {
      if (!matches(selectors[k]!, line)) return;
      factors.push(rule.multiplierPercent);
      used.add(rule.id);
    });
    const weight = line.netFen * combined(factors, program.combine ?? "multiply");
    total += weight;
    return weight;
  });
  // Multipliers are held in hundredths of a percent, hence the 10,000.
  const exact = program.rounding === "down" ? floorShare(total, program.points, program.perFen * 10_000) : share(total, program.points, program.perFen * 10_000);
  const points = Math.min(exact, program.maxPerOrder ?? Infinity);
  if (points <= 0) return none;
  return { points, lines: allocate(points, weights), ruleIds: [...used] };
}

/** The multiplier of a line in hundredths of a percent. */
function combined(percents: readonly number[], combine: "multiply" | "best" | "add"): number {
  if (percents.length === 0) return 10_000;
  if (combine === "best") return Math.max(...percents) * 100;
  if (combine === "add") return Math.max(0, 10_000 + percents.reduce((sum, percent) => sum + (percent - 100) * 100, 0));
  return percents.reduce((factor, percent) => share(factor, percent, 100), 10_000);
}

function floorShare(amount: number, num: number, den: number): number {
  return Number(BigInt(amount) * BigInt(num) / BigInt(den));
}

function isOpenNow({ scope }: EarnRule, zone: string, { storeId, channel, member, now }: EarnContext): boolean {
  if (!scope) return true;
  if (scope.stores && !scope.stores.includes(storeId)) return false;
  if (scope.channels && !scope.channels.includes(channel)) return false;
  if (scope.tiers && !(member?.tierId != null && scope.tiers.includes(member.tierId))) return false;
  if (scope.segments && !member?.segments.some((segment) => scope.segments!.includes(segment))) return false;
  if (scope.firstOrder && !member?.firstOrder) return false;
  const time = localTime(now, zone);
  const mask = scope.weekdays?.length ? scope.weekdays.reduce((bits, day) => bits | 1 << day, 0) : 0b11111110;
  if (!allows(mask, scope.timeSlots?.length ? scope.timeSlots.map(slotOf) : null, time)) return false;
  const from = scope.from ? edgeOf(scope.from) : null;
  if (from && ("day" in from ? time.day < from.day : now < from.at)) return false;
  const until = scope.until ? edgeOf(scope.until) : null;
  return !(until && ("day" in until ? time.day > until.day : now >= until.at));
}
