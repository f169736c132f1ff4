import { z } from "zod";
import { day, id, instant, orderId, pageOf, pageQuery, points, reason, text } from "../../../kernel/http/wire.ts";

const MAX_LIST = 500;
const MAX_CODES = 1_000;

/** What is nothing to be handed over: it is seen to by staff, or by the till. */
export const rightKinds = ["priority-queue", "free-delivery", "exclusive-price"] as const;
export const rightKind = z.enum(rightKinds);
export interface Right {
  kind: (typeof rightKinds)[number];
  name: string;
}

const kind = z.enum(["coupon", "points", "partner-code", ...rightKinds, "service"]);
const grantOn = z.enum(["birthday", "month", "quarter", "year", "always", "hand"]);
const state = z.enum(["draft", "live", "ended"]);

const fields = {
  name: text(60),
  description: z.string().trim().max(500),
  kind,
  grantOn,
  /** Empty: every tier. */
  tierIds: z.array(id).max(MAX_LIST),
  /** How often in a period; null: without limit. */
  quota: z.int().min(1).max(10_000).nullable(),
  couponTemplateId: id.nullable(),
  /** The offer by which the till applies it: of prices it is chosen, of free delivery made. */
  offerId: id.nullable(),
  points: points.min(1).nullable(),
  leadDays: z.int().min(0).max(31),
  validDays: z.int().min(1).max(366),
  isAutomatic: z.boolean(),
  position: z.int().min(0).max(9_999),
  state,
};
export const benefitBody = z.object({
  ...fields, description: fields.description.default(""), tierIds: fields.tierIds.default([]), quota: fields.quota.default(1), couponTemplateId: fields.couponTemplateId.default(null),
  points: fields.points.default(null), leadDays: fields.leadDays.default(7), validDays: fields.validDays.default(30), isAutomatic: z.boolean().default(false),
  position: fields.position.default(100), state: state.default("draft"), offerId: fields.offerId.default(null),
}).refine(({ kind: of, grantOn: at }) => at === "always" || (of !== "free-delivery" && of !== "exclusive-price"),
  { path: ["grantOn"], message: "what the till does by itself it does always: give so many as coupons" });
export type BenefitBody = z.output<typeof benefitBody>;
export const benefitPatch = z.object(fields).partial().omit({ kind: true, grantOn: true });
export type BenefitPatch = z.output<typeof benefitPatch>;

export const benefitReply = z.object({ id, ...fields, name: z.string(), description: z.string(), granted: z.int(), used: z.int(), codesLeft: z.int().nullable() }).meta({ id: "Benefit" });
export const benefitPage = pageOf(benefitReply);
export const benefitQuery = z.object({ state: state.optional() });
export type Benefit = z.input<typeof benefitReply>;

export const codesBody = z.object({ codes: z.array(text(100)).min(1).max(MAX_CODES), expiresOn: day.nullable().default(null) });
export const codesReply = z.object({ added: z.int(), known: z.int(), left: z.int() });

/** A right of a member's: what it is, until when, and how much of it is left. */
export const grantReply = z.object({
  id, benefitId: id, name: z.string(), description: z.string(), kind, period: z.string(), quota: z.int().nullable(), used: z.int(), left: z.int().nullable(),
  validFrom: instant, validUntil: instant.nullable(),
  /** By the member alone, in the app; the others are used at the counter. */
  isClaimable: z.boolean(), isUsable: z.boolean(),
  /** By the till, with each order: nothing to claim or to use. */
  isApplied: z.boolean(),
}).meta({ id: "BenefitGrant" });
export const grantList = pageOf(grantReply);
export type Grant = z.input<typeof grantReply>;

export const useReply = z.object({
  id, grantId: id, benefitId: id, name: z.string(), kind, at: instant, storeId: id.nullable(), orderId: z.string().nullable(), couponId: id.nullable(), points: z.int().nullable(),
  code: z.string().nullable(), undoneAt: instant.nullable(), undoReason: z.string().nullable(),
}).meta({ id: "BenefitUse" });
export const useList = pageOf(useReply);
export type Use = z.input<typeof useReply>;
export const usesQuery = pageQuery;

export const useParams = z.object({ id, useId: id });
export const handGrantBody = z.object({ benefitId: id, reason });
export const useBody = z.object({ grantId: id, storeId: id, orderId: orderId.optional() });
export const undoBody = z.object({ reason });
