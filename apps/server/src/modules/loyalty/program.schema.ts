import { z } from "zod";
import { day, fen, id, instant, pageOf, text } from "../../kernel/http/wire.ts";

const MAX_NAMES = 500;
const MAX_TIERS = 100;

const weekdays = z.array(z.int().min(1).max(7)).max(7);
const timeOfDay = z.string().regex(/^([01]?\d|2[0-3]):[0-5]\d$|^24:00$/, "must be a time of day, HH:MM");
const timeSlots = z.array(z.object({ from: timeOfDay, until: timeOfDay }).refine((slot) => slot.from !== slot.until, "is empty")).max(10);
const namesOf = (most: number) => z.array(text(100)).max(most);

export const earnSources = ["order", "top-up", "review", "referral", "check-in", "activity"] as const;
const amount = z.int().min(1).max(1_000_000_000).nullable();

export const earnRuleFields = {
  name: text(64),
  /** 200 = double points, 0 = none, null: changes nothing. How several rules combine is the program's. */
  multiplierPercent: z.int().min(0).max(10_000).nullable(),
  /** On top, once for the order or event. */
  bonusPoints: amount,
  /** On top, for every unit of the matching lines. */
  unitPoints: amount,
  /** On top, for an amount: the rate of a top-up, say. */
  rate: z.object({ points: z.int().min(1).max(1_000_000), perFen: fen.min(1) }).nullable(),
  /** What it counts for; other things than orders earn by rules alone. */
  sources: z.array(z.enum(earnSources)).min(1).max(earnSources.length),
  birthday: z.enum(["day", "week", "month"]).nullable(),
  minNetFen: fen.min(1).nullable(),
  /** Of one group only the rule that adds most counts. */
  group: text(64).nullable(),
  /** Rules of lower priority do not count where this one did. */
  isLast: z.boolean(),
  /** The most it adds: to one order, to one member in a day, to one member ever, to all together. */
  maxPerOrder: amount, maxPerDay: amount, maxPerMember: amount, budget: amount,
  /** Growth value that it gives besides. */
  growth: amount,
  weekdays, timeSlots, tierIds: z.array(id).max(MAX_TIERS), storeIds: z.array(id).max(MAX_NAMES), channels: namesOf(20),
  categories: namesOf(MAX_NAMES), skus: namesOf(1_000), tags: namesOf(MAX_NAMES),
  firstOrder: z.boolean(),
  from: day.nullable(), until: day.nullable(),
  priority: z.int().min(0).max(999),
  isActive: z.boolean(),
};

const inOrder = (rule: { from?: string | null | undefined; until?: string | null | undefined }, context: z.RefinementCtx): void => {
  if (rule.from && rule.until && rule.from > rule.until) context.addIssue({ code: "custom", path: ["until"], message: "is before from" });
};

/** A rule that changes nothing, and one whose multiplier has nothing to multiply. */
const effective = (rule: { multiplierPercent: number | null; bonusPoints: number | null; unitPoints: number | null; rate: object | null; growth: number | null; sources: readonly string[] }, context: z.RefinementCtx): void => {
  const adds = rule.bonusPoints ?? rule.unitPoints ?? rule.rate ?? rule.growth;
  if (rule.multiplierPercent === null && adds === null) context.addIssue({ code: "custom", path: ["multiplierPercent"], message: "a rule multiplies or adds something" });
  if (adds === null && !rule.sources.includes("order")) context.addIssue({ code: "custom", path: ["bonusPoints"], message: "only orders have points to multiply: say what is added" });
};

export const earnRuleBody = z.object(earnRuleFields).partial().required({ name: true }).superRefine(inOrder);
export const earnRulePatch = z.object(earnRuleFields).partial();
export type EarnRulePatch = z.output<typeof earnRulePatch>;
export const wholeEarnRule = z.object(earnRuleFields).superRefine(inOrder).superRefine(effective);
export const earnRule = z.object({ id, ...earnRuleFields, budgetUsed: z.int().nullable() }).meta({ id: "EarnRule" });
export const earnRulePage = pageOf(earnRule);
export type EarnRuleWire = z.input<typeof earnRule>;

const expiryKind = z.enum(["never", "months", "year-end", "fixed-date", "activation"]);
const monthDay = z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, "must be a day of the year, MM-DD");
const program = {
  /** `points` for every `perFen` paid. */
  earn: z.object({ points: z.int().min(0).max(1_000_000), perFen: fen.min(1) }),
  /**
   * months: to the end of the month so many months on; year-end: to the end of the next calendar year; fixed-date: to `expiryDay`, at least
   * so many months away; activation: so many months from when they can be spent.
   */
  expiry: expiryKind,
  expiryMonths: z.int().min(0).max(120).nullable(),
  expiryDay: monthDay.nullable(),
  /** When earned points can be spent: at once, so many days later, or when the order can no longer be returned. */
  pending: z.object({ kind: z.enum(["none", "days", "return-window"]), days: z.int().min(0).max(365) }),
  /** For how long points are good that a return gives back after their end. */
  restoreGraceDays: z.int().min(0).max(365),
  /** `points` are worth `fen`, spent in whole `step`s, for at most `maxPercent` of an order. */
  spend: z.object({ points: z.int().min(1).max(1_000_000), fen: fen.min(1), step: z.int().min(1).max(1_000_000), maxPercent: z.int().min(0).max(100).nullable() }),
  /** What a return does whose points are gone: refuse, go below zero, keep it from what is earned next, or take it from the money. */
  negativePolicy: z.enum(["forbid", "show", "withhold", "claw"]),
  /** What a member may pass on in a day; null: nothing. */
  transferDayLimit: amount,
  combine: z.enum(["multiply", "best", "add"]),
  rounding: z.enum(["half-up", "down"]),
  maxPerOrder: amount,
  /** to one member in a day */
  maxPerDay: amount,
  tierWindowMonths: z.int().min(1).max(36),
};
/** Without `expiry`, months given mean months and null means never. What else is left out stays. */
export const programBody = z.object({
  ...program, spend: program.spend.partial({ step: true, maxPercent: true }),
}).partial().required({ earn: true, spend: true });
export type ProgramBody = z.output<typeof programBody>;
export const programReply = z.object({ ...program, rules: z.array(earnRule), version: z.int() }).meta({ id: "PointsProgram" });

const tierFields = {
  name: text(32),
  /** 0 is the lowest. */
  rank: z.int().min(0).max(99),
  /** Net paid within the program's window; null: does not count. A tier that asks for nothing is everybody's. */
  spendFen: fen.min(1).nullable(),
  visits: z.int().min(1).max(100_000).nullable(),
  growth: z.int().min(1).max(1_000_000_000).nullable(),
  /** any: one of them is enough */
  condition: z.enum(["any", "all"]),
  /** 150 = one and a half times the points */
  pointsPercent: z.int().min(0).max(1_000),
  benefits: z.array(text(100)).max(50),
  color: z.string().regex(/^#[0-9a-f]{6}$/i, "must be a colour, #rrggbb"),
};
export const tierBody = z.object(tierFields).partial().required({ name: true, rank: true });
export const tierPatch = z.object(tierFields).partial();
export type TierPatch = z.output<typeof tierPatch>;
export const tierReply = z.object({ id, ...tierFields, windowMonths: z.int(), members: z.int() }).meta({ id: "Tier" });
export const tierPage = pageOf(tierReply);

/** One line of an amount, by a member of a tier or by nobody in particular, at an instant or now. */
export const tryBody = z.object({
  amountFen: fen, sku: text(64).optional(), category: text(100).optional(), storeId: id.optional(), channel: text(20).optional(), tierId: id.optional(),
  source: z.enum(earnSources).optional(), at: instant.optional(), firstOrder: z.boolean().optional(), birthday: z.boolean().optional(),
  /** with this rule as well, or, where its id is given, in place of the one that is there */
  draft: z.object({ ...earnRuleFields, id: id.optional() }).partial().optional(),
});
export const tryReply = z.object({
  points: z.int(), base: z.int(), rules: z.array(z.object({ id, name: z.string(), points: z.int() })), activeOn: day, expiresOn: day.nullable(),
}).meta({ id: "EarnTrial" });
