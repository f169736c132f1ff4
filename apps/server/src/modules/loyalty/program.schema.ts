import { z } from "zod";
import { day, fen, id, pageOf, text } from "../../kernel/http/wire.ts";

const MAX_NAMES = 500;
const MAX_TIERS = 100;

const weekdays = z.array(z.int().min(1).max(7)).max(7);
const timeOfDay = z.string().regex(/^([01]?\d|2[0-3]):[0-5]\d$|^24:00$/, "must be a time of day, HH:MM");
const timeSlots = z.array(z.object({ from: timeOfDay, until: timeOfDay }).refine((slot) => slot.from !== slot.until, "is empty")).max(10);
const namesOf = (most: number) => z.array(text(100)).max(most);

const ruleFields = {
  name: text(64),
  /** 200 = double points, 0 = none. Several rules on one line multiply. */
  multiplierPercent: z.int().min(0).max(10_000),
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

export const earnRuleBody = z.object(ruleFields).partial().required({ name: true, multiplierPercent: true }).superRefine(inOrder);
export const earnRulePatch = z.object(ruleFields).partial();
export type EarnRulePatch = z.output<typeof earnRulePatch>;
export const wholeEarnRule = z.object(ruleFields).superRefine(inOrder);
export const earnRule = z.object({ id, ...ruleFields });
export const earnRulePage = pageOf(earnRule);
export type EarnRuleWire = z.input<typeof earnRule>;

const expiryKind = z.enum(["never", "months", "year-end"]);
const program = {
  /** `points` for every `perFen` paid. */
  earn: z.object({ points: z.int().min(0).max(1_000_000), perFen: fen.min(1) }),
  /** months: to the end of the month so many months on; year-end: to the end of the next calendar year. */
  expiry: expiryKind,
  expiryMonths: z.int().min(1).max(120).nullable(),
  /** `points` are worth `fen`, spent in whole `step`s, for at most `maxPercent` of an order. */
  spend: z.object({ points: z.int().min(1).max(1_000_000), fen: fen.min(1), step: z.int().min(1).max(1_000_000), maxPercent: z.int().min(0).max(100).nullable() }),
  negativePolicy: z.enum(["forbid", "show"]),
  tierWindowMonths: z.int().min(1).max(36),
};
/** Without `expiry`, months given mean months and null means never. What else is left out stays. */
export const programBody = z.object({
  ...program, spend: program.spend.partial({ step: true, maxPercent: true }),
}).partial({ expiry: true, expiryMonths: true, negativePolicy: true, tierWindowMonths: true });
export type ProgramBody = z.output<typeof programBody>;
export const programReply = z.object({ ...program, rules: z.array(earnRule), version: z.int() });

const tierFields = {
  name: text(32),
  /** 0 is the lowest. */
  rank: z.int().min(0).max(99),
  /** Net paid within the program's window; null: does not count. A tier that asks for neither is everybody's. */
  spendFen: fen.min(1).nullable(),
  visits: z.int().min(1).max(100_000).nullable(),
  /** any: one of the two is enough */
  condition: z.enum(["any", "all"]),
  /** 150 = one and a half times the points */
  pointsPercent: z.int().min(0).max(1_000),
  benefits: z.array(text(100)).max(50),
  color: z.string().regex(/^#[0-9a-f]{6}$/i, "must be a colour, #rrggbb"),
};
export const tierBody = z.object(tierFields).partial().required({ name: true, rank: true });
export const tierPatch = z.object(tierFields).partial();
export type TierPatch = z.output<typeof tierPatch>;
export const tierReply = z.object({ id, ...tierFields, windowMonths: z.int(), members: z.int() });
export const tierPage = pageOf(tierReply);
