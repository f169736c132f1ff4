import { z } from "zod";
import { day, fen, fieldError, id, instant, pageOf, pageQuery, text } from "../../kernel/http/wire.ts";
import { conflictsOf, offerShape } from "./offer.definition.ts";
import { percent } from "./percent.ts";

export const MAX_ISSUE = 1_000;
const MAX_STOCK = 10_000_000;
const MAX_LIST = 500;
const MAX_GRACE_DAYS = 90;

/** The kinds that the short form speaks; a `definition` speaks them all. */
export const couponKind = z.enum(["amount-off", "percent-off", "exchange"]);
export const templateState = z.enum(["draft", "live", "ended"]);

/** `days` counts the day of issue: 1 is good until midnight. Fixed days are whole days of the tenant's zone, both included. */
export const validity = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("days"), days: z.int().min(1).max(3_650) }),
  z.object({ kind: z.literal("fixed"), from: day, until: day }),
]).meta({ id: "CouponValidity" });
export type Validity = z.output<typeof validity>;

/** When an order gives a coupon back: with the lines it discounted, with the whole order only, or never. */
const returnPolicy = z.enum(["lines", "whole", "never"]);

const short = {
  kind: couponKind,
  amountFen: fen.min(1).nullish(),
  percentOff: percent.nullish(),
  capFen: fen.min(1).nullish(),
  thresholdFen: fen,
  exchange: z.object({ sku: text(64) }).nullish(),
  storeIds: z.array(id).max(MAX_LIST),
  categories: z.array(text(100)).max(MAX_LIST),
  channels: z.array(text(40)).max(20),
};

const name = text(64);
const others = {
  validity,
  stock: z.int().min(1).max(MAX_STOCK).nullish(),
  perMember: z.int().min(1).max(999).nullish(),
  /** Limits that begin anew each day, week or month: for one member, and for all together. */
  period: z.enum(["day", "week", "month"]).nullish(),
  perPeriod: z.int().min(1).max(999).nullish(),
  periodStock: z.int().min(1).max(MAX_STOCK).nullish(),
  /** Shown in the coupon centre, for members to take. */
  isClaimable: z.boolean(),
  /** Goes together with other coupons in one order. */
  isStackable: z.boolean(),
  returnPolicy,
  /** Days that a coupon given back is good for at least. */
  graceDays: z.int().min(0).max(MAX_GRACE_DAYS),
  /** Members may give theirs to a friend. */
  isGiftable: z.boolean(),
  /** A text message three days before the end, beside the note in the app. */
  remindsBySms: z.boolean(),
  /** Members may pass it on by a link: so many friends, for so many days. */
  share: z.object({ maxClaims: z.int().min(1).max(1_000), days: z.int().min(1).max(90) }).nullish(),
};

export type CouponForm = z.output<z.ZodObject<typeof short>> & { isStackable: boolean };
export const SHORT_FIELDS = Object.keys(short) as (keyof typeof short)[];

const fields = {
  name, ...short, ...others,
  /** Any rule of the offer engine, in place of kind, amounts and scopes. */
  definition: offerShape.nullish(),
  kind: couponKind.optional(),
  thresholdFen: fen.default(0), storeIds: short.storeIds.default([]), categories: short.categories.default([]), channels: short.channels.default([]),
  stock: others.stock.default(null), perMember: others.perMember.default(null), period: others.period.default(null),
  perPeriod: others.perPeriod.default(null), periodStock: others.periodStock.default(null), share: others.share.default(null),
  isClaimable: others.isClaimable.default(true), isStackable: others.isStackable.default(false), returnPolicy: returnPolicy.default("lines"),
  graceDays: others.graceDays.default(3), isGiftable: others.isGiftable.default(false), remindsBySms: others.remindsBySms.default(false),
};

type Shape = z.output<z.ZodObject<typeof fields>>;
type Wrong = (field: string, message: string) => void;

const NEEDS = { "amount-off": "amountFen", "percent-off": "percentOff", exchange: "exchange" } as const;

function contradictions(one: Shape, context: z.RefinementCtx): void {
  const wrong: Wrong = (field, message) => context.addIssue({ code: "custom", path: field.split("."), message });
  if (one.definition) ofDefinition(one, wrong);
  else ofForm(one, wrong);
  if (one.validity.kind === "fixed" && one.validity.from > one.validity.until) wrong("validity.until", "is before from");
  ofLimits(one, wrong);
}

function ofForm(one: Shape, wrong: Wrong): void {
  if (!one.kind) wrong("kind", "give a kind or a definition");
  for (const [kind, field] of Object.entries(NEEDS)) {
    const isGiven = one[field] !== null && one[field] !== undefined;
    if (kind === one.kind && !isGiven) wrong(field, `a coupon of kind ${kind} needs it`);
    if (one.kind && kind !== one.kind && isGiven) wrong(field, `is not for kind ${one.kind}`);
  }
  if (one.capFen && one.kind !== "percent-off") wrong("capFen", "is for kind percent-off");
}

function ofDefinition({ definition, ...one }: Shape, wrong: Wrong): void {
  for (const { field, message } of conflictsOf(definition)) wrong(field, message);
  if (definition?.kind === "next-order-coupon") wrong("definition.kind", "a coupon gives something itself: make a coupon rule that issues it");
  if (definition?.trigger === "code") wrong("definition.trigger", "a coupon has a code of its own");
  if (definition?.limits?.perMember || definition?.limits?.total) wrong("definition.limits", "use stock and perMember of the template");
  for (const field of ["amountFen", "percentOff", "exchange", "capFen"] as const) {
    if (one[field]) wrong(field, "is said by the definition");
  }
}

function ofLimits({ stock, perMember, period, perPeriod, periodStock }: Shape, wrong: Wrong): void {
  if (stock && perMember && perMember > stock) wrong("perMember", "is above the stock");
  if (stock && periodStock && periodStock > stock) wrong("periodStock", "is above the stock");
  if (perMember && perPeriod && perPeriod > perMember) wrong("perPeriod", "is above perMember");
  if (period && !perPeriod && !periodStock) wrong("period", "needs perPeriod or periodStock");
  if (!period && perPeriod) wrong("period", "perPeriod needs a period");
  if (!period && periodStock) wrong("period", "periodStock needs a period");
}

/** A whole template, as POST takes it and as a PATCH leaves it. */
export const templateBody = z.object(fields).superRefine(contradictions);
export type TemplateBody = z.output<typeof templateBody>;
export type TemplateDraft = z.input<typeof templateBody>;

/** Any of the fields; what it adds up to is checked like a new template. */
export const templatePatch = z.object({
  name, ...short, ...others, definition: offerShape, stock: others.stock.unwrap().nullable(), perMember: others.perMember.unwrap().nullable(), state: templateState,
}).partial();
export type TemplatePatch = z.output<typeof templatePatch>;

/** What a coupon gives: shared by a template and a coupon in hand. `kind` is any of the offer engine's. */
export const couponTerms = {
  name: z.string(), kind: z.string(), amountFen: fen.nullable(), percentOff: z.number().nullable(), capFen: fen.nullable(), thresholdFen: fen,
  exchange: z.object({ sku: z.string() }).nullable(), storeIds: z.array(z.string()), categories: z.array(z.string()), channels: z.array(z.string()),
  sentence: z.string(), sentenceEn: z.string(),
};

const shown = {
  id, version: z.int(), ...couponTerms, isStackable: z.boolean(), isClaimable: z.boolean(), validity,
  stock: z.int().nullable(), perMember: z.int().nullable(), period: z.enum(["day", "week", "month"]).nullable(), perPeriod: z.int().nullable(),
  periodStock: z.int().nullable(), isGiftable: z.boolean(), share: others.share.unwrap().nullable(), issued: z.int(), redeemed: z.int(), state: templateState,
};
export const template = z.object({
  ...shown, definition: z.record(z.string(), z.unknown()), returnPolicy, graceDays: z.int(), remindsBySms: z.boolean(),
  /** What the coupons took off, and the net of the orders they were used in; orders that came back wholly are not in it. */
  costFen: fen, salesFen: fen,
  warnings: z.array(fieldError), createdAt: instant, updatedAt: instant,
}).meta({ id: "CouponTemplate" });
export const templatePage = pageOf(template);
export const templateQuery = pageQuery.extend({ state: templateState.optional(), q: z.string().trim().max(64).optional() });

export const reasonWire = z.object({ code: z.string(), message: z.string() });
/** A template in the coupon centre, as one member sees it. */
export const claimableTemplate = z.object({ ...shown, claimed: z.int(), claimable: z.boolean(), reasons: z.array(reasonWire) }).meta({ id: "ClaimableTemplate" });
export const claimablePage = pageOf(claimableTemplate);

export const issueBody = z.object({ memberIds: z.array(id).min(1).max(MAX_ISSUE) });
export const issueReply = z.object({
  issued: z.array(z.object({ memberId: id, couponId: id, code: z.string(), validFrom: instant, validUntil: instant })),
  refused: z.array(z.object({ memberId: id, code: z.enum(["unknown-member", "per-member-limit"]), message: z.string() })),
});
export type IssueReply = z.input<typeof issueReply>;
