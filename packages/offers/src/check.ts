import { checkItems } from "./check-items.ts";
import { checkKind } from "./check-kind.ts";
import { edgeOf, slotOf, weekdayOf } from "./clock.ts";
import type { Audience, Offer } from "./offer.ts";
import { normaliseCode } from "./prepare.ts";
import type { Language } from "./reason.ts";

/** Stable codes: part of the wire; never renamed. */
export type ConflictCode = keyof typeof TEXTS;

/** Two places of a rule that cannot both be meant. */
export interface Conflict {
  code: ConflictCode;
  /** The place to look at, and the one that it contradicts: "scope.until", "steps.1.atAmountFen". */
  fields: readonly [string, string];
  message: string;
}

const TEXTS = {
  "code-missing": ["凭码优惠需要填写优惠码", "an offer by code needs codes"],
  "code-not-asked": ["只有凭码优惠才有优惠码", "codes are for trigger code"],
  "code-blank": ["优惠码不能为空", "a code is blank"],
  "delivery-level": ["只有配送费优惠属于 delivery 层级，且只属于它", "delivery is the level of delivery-fee-off, and its only one"],
  "unreadable": ["无法识别的日期、时间或星期", "a day, time or weekday that cannot be read"],
  "ends-before-start": ["结束不晚于开始", "is not after the start"],
  "slot-empty": ["时段的起止相同", "is the same as from"],
  "weekday-outside": ["活动日期内没有这些星期", "the dates contain none of these weekdays"],
  "selects-nothing": ["空列表选不到任何商品或对象", "an empty list selects nothing"],
  "excludes-included": ["同时包含又排除了相同的商品", "excludes what is included"],
  "excludes-everything": ["排除了全部包含的商品", "excludes everything that is included"],
  "limit-above-total": ["每人上限高于总数", "is above the total"],
  "limit-above-first": ["仅限首单，却允许每人多次", "a first order comes once"],
  "exclusive-stackable": ["独享的优惠不能叠加", "an exclusive offer does not stack"],
  "cap-below-amount": ["封顶低于优惠金额，永远减不到", "the cap is below what the offer takes off"],
  "not-positive": ["必须大于零", "must be above zero"],
  "percent-above-100": ["折扣不能超过 100%", "cannot be above 100 %"],
  "percent-and-amount": ["减额与折扣只能选一个", "give percentOff or amountFen, not both"],
  "percent-or-amount": ["需要填写减额或折扣", "give percentOff or amountFen"],
  "units-need-per-unit": ["件数上限只用于每件立减", "counts with per unit only"],
  "times-need-selection": ["次数上限只用于整体满减", "counts with per selection only"],
  "times-need-threshold": ["每满减需要门槛", "every full threshold needs a threshold"],
  "line-below-threshold": ["每行最少件数已高于件数门槛", "each line must hold more units than the threshold asks for"],
  "step-needs-one-threshold": ["每档填写金额门槛或件数门槛其一", "give atAmountFen or atQuantity"],
  "ladder-not-rising": ["门槛没有高于上一档", "is not above the step before"],
  "ladder-gives-less": ["优惠低于上一档", "gives less than the step before"],
  "threshold-above-step": ["整体门槛高于该档门槛，该档永远用不到", "the offer's threshold is above this step"],
  "sku-twice": ["商品重复", "is named twice"],
  "price-outside-scope": ["商品不在适用范围内", "is not among the items in scope"],
  "same-offer-twice": ["编号重复", "two offers have this id"],
  "same-code-twice": ["优惠码重复", "two offers answer to this code"],
} as const satisfies Record<string, readonly [string, string]>;

export type Report = (code: ConflictCode, field: string, against: string) => void;

/** Every contradiction of a rule; none when it can be put in force. Never throws, whatever the rule says. */
export function check(offer: Offer, language: Language = "zh-CN"): Conflict[] {
  const found: Conflict[] = [];
  const report: Report = (code, field, against) => found.push({ code, fields: [field, against], message: TEXTS[code][language === "en" ? 1 : 0] });
  checkTrigger(offer, report);
  checkWindow(offer, report);
  checkItems(offer, report);
  checkLimits(offer, report);
  checkKind(offer, report);
  return found;
}

export interface ConflictOfOffer extends Conflict {
  offerId: string;
  /** The other offer, when two contradict each other. */
  otherId?: string;
}

/** `check` for a whole rule set, and what offers say against each other: ids and codes that are not theirs alone. */
export function checkAll(offers: readonly Offer[], language: Language = "zh-CN"): ConflictOfOffer[] {
  const found: ConflictOfOffer[] = [];
  const ids = new Set<string>();
  const codes = new Map<string, string>();
  for (const offer of offers) {
    for (const conflict of check(offer, language)) found.push({ offerId: offer.id, ...conflict });
    const twice = (code: ConflictCode, field: string, otherId: string): void => {
      found.push({ offerId: offer.id, otherId, code, fields: [field, field], message: TEXTS[code][language === "en" ? 1 : 0] });
    };
    if (ids.has(offer.id)) twice("same-offer-twice", "id", offer.id);
    ids.add(offer.id);
    for (const [at, code] of (offer.trigger === "code" ? offer.codes ?? [] : []).entries()) {
      const owner = codes.get(normaliseCode(code));
      if (owner !== undefined && owner !== offer.id) twice("same-code-twice", `codes.${at}`, owner);
      else codes.set(normaliseCode(code), offer.id);
    }
  }
  return found;
}

function checkTrigger({ trigger, codes, level, kind }: Offer, report: Report): void {
  if (trigger === "code" && !codes?.length) report("code-missing", "codes", "trigger");
  if (trigger !== "code" && codes?.length) report("code-not-asked", "codes", "trigger");
  codes?.forEach((code, at) => { if (normaliseCode(code) === "") report("code-blank", `codes.${at}`, "trigger"); });
  if ((level === "delivery") !== (kind === "delivery-fee-off")) report("delivery-level", "level", "kind");
}

const WEEK = 7;

function checkWindow({ scope }: Offer, report: Report): void {
  if (!scope) return;
  checkDates(scope, report);
  scope.weekdays?.forEach((day, at) => { if (!Number.isInteger(day) || day < 1 || day > WEEK) report("unreadable", `scope.weekdays.${at}`, "scope.weekdays"); });
  scope.timeSlots?.forEach((slot, at) => {
    const minutes = read(slot, slotOf);
    if (minutes === "unreadable") report("unreadable", `scope.timeSlots.${at}`, "scope.timeSlots");
    else if (minutes && minutes.from === minutes.until) report("slot-empty", `scope.timeSlots.${at}.until`, `scope.timeSlots.${at}.from`);
  });
}

function checkDates(scope: Audience, report: Report): void {
  const from = read(scope.from, edgeOf), until = read(scope.until, edgeOf);
  if (from === "unreadable") report("unreadable", "scope.from", "scope.from");
  if (until === "unreadable") report("unreadable", "scope.until", "scope.until");
  if (!from || !until || from === "unreadable" || until === "unreadable") return;
  // Days are whole, so the same day twice is one day; the same instant twice is no time at all.
  const isOver = "day" in from && "day" in until ? from.day > until.day : startOf(from) >= startOf(until);
  if (isOver) return report("ends-before-start", "scope.until", "scope.from");
  if (!("day" in from) || !("day" in until) || !scope.weekdays?.length || until.day - from.day >= WEEK - 1) return;
  const days = Array.from({ length: until.day - from.day + 1 }, (_, i) => weekdayOf(from.day + i));
  if (!days.some((day) => scope.weekdays!.includes(day))) report("weekday-outside", "scope.weekdays", "scope.until");
}

const DAY_MS = 86_400_000;

function startOf(edge: { day: number } | { at: number }): number {
  return "day" in edge ? edge.day * DAY_MS : edge.at;
}

function read<T, R>(value: T | null | undefined, reader: (value: T) => R): R | null | "unreadable" {
  if (value == null || value === "") return null;
  try {
    return reader(value);
  } catch {
    return "unreadable";
  }
}

function checkLimits({ limits, stacking, scope }: Offer, report: Report): void {
  const { perMember, total, perOrder } = limits ?? {};
  for (const [name, value] of Object.entries({ perMember, total, perOrder })) if (value != null && value <= 0) report("not-positive", `limits.${name}`, "limits");
  if (perMember != null && total != null && perMember > total) report("limit-above-total", "limits.perMember", "limits.total");
  if (scope?.firstOrder && (perMember ?? 1) > 1) report("limit-above-first", "limits.perMember", "scope.firstOrder");
  if (stacking?.exclusive && stacking.stackable) report("exclusive-stackable", "stacking.stackable", "stacking.exclusive");
}
