import type { Fen } from "./cart.ts";
import { allows, edgeOf, slotOf } from "./clock.ts";
import type { Edge, LocalTime, Slot } from "./clock.ts";
import type { Audience, ItemSelector, Maybe } from "./offer.ts";
import type { EarnContext, EarnProgram } from "./points.ts";
import { compileSelector, normaliseCode } from "./prepare.ts";
import type { CompiledSelector } from "./prepare.ts";

/** What points can be earned with. */
export type EarnSource = "order" | "top-up" | "review" | "referral" | "check-in" | "activity";

/** One way to earn more, or less. Everything that it gives comes together; conditions are joined by "and". */
export interface EarnRule {
  id: string;
  name: string;
  /** 200 = double, 0 = none: of what the matching lines earn. */
  multiplierPercent?: Maybe<number>;
  /** On top, once for the order or event; never multiplied. */
  bonusPoints?: Maybe<number>;
  /** On top, for every unit of the matching lines. */
  unitPoints?: Maybe<number>;
  /** On top: `points` for every `perFen` of the matching lines. The rate of a top-up, say. */
  rate?: Maybe<{ points: number; perFen: Fen }>;
  /** Default: orders. */
  sources?: Maybe<readonly EarnSource[]>;
  /** Items, place, time and person. */
  scope?: Maybe<ItemSelector & Audience>;
  /** Only with one of these typed in; case and blanks do not matter. */
  codes?: Maybe<readonly string[]>;
  /** Only while this birthday window is open. */
  birthday?: Maybe<"day" | "week" | "month">;
  /** The matching lines must come to so much. */
  minNetFen?: Maybe<Fen>;
  /** The higher number goes first; then the id. */
  priority?: Maybe<number>;
  /** Of one group only the rule that adds most counts. */
  group?: Maybe<string>;
  /** Rules after this one do not count on the lines that it matched, and add nothing to the order. */
  last?: Maybe<boolean>;
  /** The most it adds to one order. Caps per day and per member, and budgets, come in by `EarnContext.left`. */
  maxPoints?: Maybe<number>;
}

export interface CompiledEarnRule {
  rule: EarnRule;
  selector: CompiledSelector;
  weekdays: number;
  slots: Slot[] | null;
  from: Edge | null;
  until: Edge | null;
  codes: string[];
}

export interface CompiledEarning {
  items: CompiledSelector;
  /** By priority. */
  rules: readonly CompiledEarnRule[];
}

const EVERY_DAY = 0b11111110;
const ORDER_ONLY: readonly EarnSource[] = ["order"];
const compiled = new WeakMap<EarnProgram, CompiledEarning>();

/** Compiled once per program object. Throws RangeError when a date or a time of day cannot be read. */
export function compiledEarning(program: EarnProgram): CompiledEarning {
  let known = compiled.get(program);
  if (!known) {
    const rules = program.rules.map(compileRule);
    // Without priorities the order stays as listed; the id decides between equals only where a priority was given.
    if (program.rules.some((rule) => rule.priority != null)) rules.sort((a, b) => (b.rule.priority ?? 0) - (a.rule.priority ?? 0) || (a.rule.id < b.rule.id ? -1 : 1));
    compiled.set(program, known = { items: compileSelector(program.items), rules });
  }
  return known;
}

function compileRule(rule: EarnRule): CompiledEarnRule {
  const { scope } = rule;
  return {
    rule, selector: compileSelector(scope), weekdays: scope?.weekdays?.length ? scope.weekdays.reduce((bits, day) => bits | 1 << day, 0) : EVERY_DAY,
    slots: scope?.timeSlots?.length ? scope.timeSlots.map(slotOf) : null, from: scope?.from ? edgeOf(scope.from) : null,
    until: scope?.until ? edgeOf(scope.until) : null, codes: (rule.codes ?? []).map(normaliseCode),
  };
}

/** Whether source, code, place, time and person allow a rule. Unknown context closes it. */
export function isOpenNow(one: CompiledEarnRule, context: EarnContext, time: LocalTime, isOrder: boolean): boolean {
  const { rule, weekdays, slots, from, until, codes } = one;
  const { scope } = rule;
  if (isOrder ? rule.sources && !rule.sources.includes("order") : !(rule.sources ?? ORDER_ONLY).includes(context.source!)) return false;
  if (rule.codes && !(context.codes ?? []).some((code) => codes.includes(normaliseCode(code)))) return false;
  if (rule.birthday && !context.member?.birthday?.includes(rule.birthday)) return false;
  if (!scope) return true;
  if (!isForMember(scope, context)) return false;
  if (!allows(weekdays, slots, time)) return false;
  if (from && ("day" in from ? time.day < from.day : context.now < from.at)) return false;
  return !(until && ("day" in until ? time.day > until.day : context.now >= until.at));
}

function isForMember(scope: Audience, { storeId, channel, member }: EarnContext): boolean {
  if (scope.stores && !scope.stores.includes(storeId)) return false;
  if (scope.channels && !scope.channels.includes(channel)) return false;
  if (scope.tiers && !(member?.tierId != null && scope.tiers.includes(member.tierId))) return false;
  if (scope.segments && !member?.segments.some((segment) => scope.segments!.includes(segment))) return false;
  return !scope.firstOrder || member?.firstOrder === true;
}
