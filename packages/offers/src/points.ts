import type { Fen, Instant } from "./cart.ts";
import { localTime } from "./clock.ts";
import { compiledEarning, isOpenNow } from "./earn-rule.ts";
import type { CompiledEarnRule, EarnRule, EarnSource } from "./earn-rule.ts";
import { allocate, share } from "./money.ts";
import type { ItemSelector, Maybe } from "./offer.ts";
import { matches } from "./prepare.ts";

/** A sold line as points see it: its net after all discounts. Tenders never reduce it. */
export interface EarnLine {
  sku: string;
  category: string | null;
  tags: readonly string[];
  quantity: number;
  netFen: Fen;
}

/** The base rate and what multiplies it. Treat as immutable: a change is a new object. */
export interface EarnProgram {
  /** `points` for every `perFen` of net: 1 per 100 is one point a yuan. The base of orders only; other sources earn by rules alone. */
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

export interface EarnContext {
  storeId: string;
  channel: string;
  member: EarnMember | null;
  now: Instant;
  /** Default "order". A top-up is one line of its amount; a check-in, review or referral has no lines. */
  source?: Maybe<EarnSource>;
  /** Codes typed in, as the offers take them. */
  codes?: Maybe<readonly string[]>;
  /** What caps per day, per member and budgets still allow: of the whole program, and of single rules. Absent means any number. */
  left?: Maybe<{ program?: Maybe<number>; rules?: Maybe<Readonly<Record<string, number>>> }>;
}

export interface EarnMember {
  tierId: string | null;
  segments: readonly string[];
  firstOrder: boolean;
  /** The birthday windows that are open now; whoever knows the calendar decides. */
  birthday?: Maybe<readonly ("day" | "week" | "month")[]>;
}

export interface Earned {
  points: number;
  /** Points of each line; sums to `points`, unless there are no lines. Frozen with the order: a return takes back its `returnShare`. */
  lines: number[];
  /** Rules that counted, in their order. */
  ruleIds: string[];
  /** What each of them added: count it against the rule's caps and budget. A rule that lowers points adds nothing. */
  rules: { id: string; points: number }[];
}

/** Multipliers are held in hundredths of a percent. Weights are fen × rate × multiplier, so that a point is `perFen` × this. */
const ONE = 10_000;

/**
 * Points for an order, or for another source: net × rate × multipliers summed over the lines, what rules add on top, rounded once at
 * the end, allocated to the lines by largest remainder. Rules go by priority, the higher first. Without a member nothing is earned.
 * Throws RangeError when perFen <= 0.
 */
export function earnPoints(lines: readonly EarnLine[], program: EarnProgram, context: EarnContext): Earned {
  const none: Earned = { points: 0, lines: lines.map(() => 0), ruleIds: [], rules: [] };
  if (context.member === null) return none;
  if (program.perFen <= 0) throw new RangeError(`points per ${program.perFen} fen`);
  const { items, rules } = compiledEarning(program);
  const time = localTime(context.now, program.zone);
  const isOrder = (context.source ?? "order") === "order";
  const counted = lines.map((line) => line.netFen > 0 && matches(items, line));
  const rate = isOrder ? Math.max(0, program.points) : 0;
  const sheet: Sheet = {
    lines, counted, program, context, rate, point: program.perFen * ONE, weights: lines.map((line, i) => (counted[i] ? line.netFen * rate * ONE : 0)),
    factors: lines.map(() => ONE), touched: lines.map(() => false), closed: lines.map(() => false), isClosed: false, loose: 0,
  };
  const open = bestOfGroups(rules.filter((rule) => isOpenNow(rule, context, time, isOrder)), sheet);
  const added = open.map((rule) => ({ id: rule.rule.id, weight: count(rule, sheet) })).filter((one) => one.weight !== null) as { id: string; weight: number }[];
  return settle(sheet, added, none);
}

/** The sums while rules are counted. */
interface Sheet {
  lines: readonly EarnLine[];
  counted: readonly boolean[];
  program: EarnProgram;
  context: EarnContext;
  /** Base points per `perFen`; 0 when the source has no base. */
  rate: number;
  /** The weight of one point. */
  point: number;
  weights: number[];
  /** Multiplier of each line so far. */
  factors: number[];
  touched: boolean[];
  /** Lines at which a rule said that it is the last. */
  closed: boolean[];
  isClosed: boolean;
  /** Weight that belongs to no line. */
  loose: number;
}

/** What a rule would change on each line, and beside the lines; null when it does not match. */
interface Change {
  on: readonly number[];
  /** Multiplier after the rule, per line of `on`. */
  factors: number[];
  deltas: number[];
  loose: number;
  total: number;
}

function changeOf({ rule, selector }: CompiledEarnRule, sheet: Sheet): Change | null {
  const on: number[] = [];
  let netFen = 0, quantity = 0;
  for (let i = 0; i < sheet.lines.length; i++) {
    if (!sheet.counted[i] || sheet.closed[i] || !matches(selector, sheet.lines[i]!)) continue;
    on.push(i);
    netFen += sheet.lines[i]!.netFen;
    quantity += sheet.lines[i]!.quantity;
  }
  if (on.length === 0 && (sheet.lines.length > 0 || sheet.isClosed)) return null;
  if (netFen < (rule.minNetFen ?? 0) || (rule.bonusPoints && sheet.isClosed)) return null;
  const change: Change = { on, factors: [], deltas: [], loose: 0, total: 0 };
  for (const i of on) {
    const factor = rule.multiplierPercent == null ? sheet.factors[i]! : combined(sheet, i, rule.multiplierPercent);
    const delta = sheet.lines[i]!.netFen * sheet.rate * (factor - sheet.factors[i]!);
    change.factors.push(factor);
    change.deltas.push(delta);
    change.total += delta;
  }
  let extra = ((rule.bonusPoints ?? 0) + (rule.unitPoints ?? 0) * quantity) * sheet.point;
  if (rule.rate) extra += share(netFen, rule.rate.points * sheet.point, rule.rate.perFen);
  if (extra > 0) {
    if (on.length === 0) change.loose = extra;
    else allocate(extra, on.map((i) => sheet.lines[i]!.netFen)).forEach((part, k) => change.deltas[k]! += part);
    change.total += extra;
  }
  return change;
}

function combined({ program, factors, touched }: Sheet, line: number, percent: number): number {
  const now = factors[line]!;
  switch (program.combine ?? "multiply") {
    case "multiply": return share(now, percent, 100);
    case "add": return Math.max(0, now + (percent - 100) * 100);
    case "best": return touched[line] ? Math.max(now, percent * 100) : percent * 100;
  }
}

/** Counts a rule in. The weight it added; null when it does not match. */
function count(compiled: CompiledEarnRule, sheet: Sheet): number | null {
  const change = changeOf(compiled, sheet);
  if (change === null) return null;
  const { rule } = compiled;
  const cap = Math.min(rule.maxPoints ?? Infinity, sheet.context.left?.rules?.[rule.id] ?? Infinity);
  const limit = cap === Infinity ? Infinity : Math.max(0, cap) * sheet.point;
  const deltas = change.total > limit ? allocate(limit, [...change.deltas, change.loose].map((one) => Math.max(0, one))) : [...change.deltas, change.loose];
  change.on.forEach((i, k) => {
    // After a cap a line has less than its factor says: what lowers it then takes no more than there is.
    sheet.weights[i] = Math.max(0, sheet.weights[i]! + deltas[k]!);
    if (rule.multiplierPercent != null) {
      sheet.factors[i] = change.factors[k]!;
      sheet.touched[i] = true;
    }
    if (rule.last) sheet.closed[i] = true;
  });
  sheet.loose += deltas[change.on.length]!;
  if (rule.last) sheet.isClosed = true;
  return Math.min(change.total, limit);
}

/** Of each group the rule that alone would add most, ties to the earlier. */
function bestOfGroups(rules: readonly CompiledEarnRule[], sheet: Sheet): readonly CompiledEarnRule[] {
  if (!rules.some(({ rule }) => rule.group)) return rules;
  const best = new Map<string, { rule: CompiledEarnRule; worth: number }>();
  for (const compiled of rules) {
    const { group } = compiled.rule;
    const worth = group ? changeOf(compiled, sheet)?.total : undefined;
    if (!group || worth === undefined) continue;
    const known = best.get(group);
    if (!known || worth > known.worth) best.set(group, { rule: compiled, worth });
  }
  return rules.filter((compiled) => !compiled.rule.group || best.get(compiled.rule.group)?.rule === compiled);
}

function settle({ weights, loose, point, program, context }: Sheet, added: readonly { id: string; weight: number }[], none: Earned): Earned {
  let total = loose;
  for (const weight of weights) total += weight;
  const exact = program.rounding === "down" ? Math.floor(total / point) : share(total, 1, point);
  const points = Math.min(exact, program.maxPerOrder ?? Infinity, context.left?.program ?? Infinity);
  if (points <= 0) return none;
  const base = Math.max(0, total - added.reduce((sum, one) => sum + Math.max(0, one.weight), 0));
  const parts = allocate(points, [base, ...added.map((one) => Math.max(0, one.weight))]);
  return {
    points, lines: weights.length > 0 ? allocate(points, weights) : [], ruleIds: added.map((one) => one.id),
    rules: added.map(({ id }, k) => ({ id, points: parts[k + 1]! })),
  };
}
