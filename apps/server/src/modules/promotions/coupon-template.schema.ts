import { z } from "zod";
import { day, fen, id, instant, pageOf, pageQuery, text } from "../../kernel/http/wire.ts";

export const MAX_ISSUE = 1_000;
const MAX_STOCK = 10_000_000;
const MAX_LIST = 500;

export const couponKind = z.enum(["amount-off", "percent-off", "exchange"]);
export const templateState = z.enum(["draft", "live", "ended"]);

/** `days` counts the day of issue: 1 is good until midnight. Fixed days are whole days of the tenant's zone, both included. */
export const validity = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("days"), days: z.int().min(1).max(3_650) }),
  z.object({ kind: z.literal("fixed"), from: day, until: day }),
]);
export type Validity = z.output<typeof validity>;

/** 20 = 20 % off = 八折; at most two decimals. */
export const percent = z.number().gt(0).max(100).refine((value) => Math.abs(value * 100 - Math.round(value * 100)) < 1e-9, "has at most two decimals");

const fields = {
  name: text(64),
  kind: couponKind,
  amountFen: fen.min(1).nullish(),
  percentOff: percent.nullish(),
  capFen: fen.min(1).nullish(),
  thresholdFen: fen.default(0),
  exchange: z.object({ sku: text(64) }).nullish(),
  validity,
  storeIds: z.array(id).max(MAX_LIST).default([]),
  categories: z.array(text(100)).max(MAX_LIST).default([]),
  channels: z.array(text(40)).max(20).default([]),
  stock: z.int().min(1).max(MAX_STOCK).nullish().default(null),
  perMember: z.int().min(1).max(999).nullish().default(null),
  /** Shown in the coupon centre, for members to take. */
  isClaimable: z.boolean().default(true),
  /** Goes together with other coupons in one order. */
  isStackable: z.boolean().default(false),
};

type Shape = z.output<z.ZodObject<typeof fields>>;

const NEEDS = { "amount-off": "amountFen", "percent-off": "percentOff", exchange: "exchange" } as const;

function contradictions(one: Shape, context: z.RefinementCtx): void {
  const wrong = (field: string, message: string) => context.addIssue({ code: "custom", path: field.split("."), message });
  for (const [kind, field] of Object.entries(NEEDS)) {
    const isGiven = one[field as keyof Shape] !== null && one[field as keyof Shape] !== undefined;
    if (kind === one.kind && !isGiven) wrong(field, `a coupon of kind ${kind} needs it`);
    if (kind !== one.kind && isGiven) wrong(field, `is not for kind ${one.kind}`);
  }
  if (one.capFen && one.kind !== "percent-off") wrong("capFen", "is for kind percent-off");
  if (one.validity.kind === "fixed" && one.validity.from > one.validity.until) wrong("validity.until", "is before from");
  if (one.stock && one.perMember && one.perMember > one.stock) wrong("perMember", "is above the stock");
}

/** A whole template, as POST takes it and as a PATCH leaves it. */
export const templateBody = z.object(fields).superRefine(contradictions);
export type TemplateBody = z.output<typeof templateBody>;

/** Any of the fields; what it adds up to is checked like a new template. */
export const templatePatch = z.object({
  name: fields.name, kind: fields.kind, amountFen: fields.amountFen, percentOff: fields.percentOff, capFen: fields.capFen, thresholdFen: fen,
  exchange: fields.exchange, validity, storeIds: z.array(id).max(MAX_LIST), categories: z.array(text(100)).max(MAX_LIST),
  channels: z.array(text(40)).max(20), stock: z.int().min(1).max(MAX_STOCK).nullable(), perMember: z.int().min(1).max(999).nullable(),
  isClaimable: z.boolean(), isStackable: z.boolean(), state: templateState,
}).partial();
export type TemplatePatch = z.output<typeof templatePatch>;

export const warning = z.object({ field: z.string(), code: z.string(), message: z.string() });

/** What a coupon gives: shared by a template and a coupon in hand. */
export const couponTerms = {
  name: z.string(), kind: couponKind, amountFen: fen.nullable(), percentOff: z.number().nullable(), capFen: fen.nullable(), thresholdFen: fen,
  exchange: z.object({ sku: z.string() }).nullable(), storeIds: z.array(z.string()), categories: z.array(z.string()), channels: z.array(z.string()),
  sentence: z.string(), sentenceEn: z.string(),
};

const shown = {
  id, version: z.int(), ...couponTerms, isStackable: z.boolean(), isClaimable: z.boolean(), validity,
  stock: z.int().nullable(), perMember: z.int().nullable(), issued: z.int(), redeemed: z.int(), state: templateState,
};
export const template = z.object({ ...shown, warnings: z.array(warning), createdAt: instant, updatedAt: instant });
export const templatePage = pageOf(template);
export const templateQuery = pageQuery.extend({ state: templateState.optional(), q: z.string().trim().max(64).optional() });

export const reasonWire = z.object({ code: z.string(), message: z.string() });
/** A template in the coupon centre, as one member sees it. */
export const claimableTemplate = z.object({ ...shown, claimed: z.int(), claimable: z.boolean(), reasons: z.array(reasonWire) });
export const claimablePage = pageOf(claimableTemplate);

export const issueBody = z.object({ memberIds: z.array(id).min(1).max(MAX_ISSUE) });
export const issueReply = z.object({
  issued: z.array(z.object({ memberId: id, couponId: id, code: z.string(), validFrom: instant, validUntil: instant })),
  refused: z.array(z.object({ memberId: id, code: z.enum(["unknown-member", "per-member-limit"]), message: z.string() })),
});
export type IssueReply = z.input<typeof issueReply>;
