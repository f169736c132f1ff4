import { z } from "zod";
import { fen, id, instant, pageOf, pageQuery, text } from "../../kernel/http/wire.ts";
import { percent, warning } from "./coupon-template.schema.ts";
import { offerDefinition } from "./offer.definition.ts";

const MAX_LIST = 500;
export const offerState = z.enum(["draft", "live", "paused", "ended"]);

/** The form for the two kinds that most shops use; the rest is written as a `definition`. */
const form = {
  kind: z.enum(["amount-off", "percent-off"]),
  amountFen: fen.min(1).nullish(),
  percentOff: percent.nullish(),
  capFen: fen.min(1).nullish(),
  thresholdFen: fen,
  weekdays: z.array(z.int().min(1).max(7)).max(7),
  tierIds: z.array(id).max(MAX_LIST),
  storeIds: z.array(id).max(MAX_LIST),
  categories: z.array(text(100)).max(MAX_LIST),
  channels: z.array(text(40)).max(20),
  from: z.string().max(40).nullish(),
  until: z.string().max(40).nullish(),
  isStackable: z.boolean(),
};
export const offerForm = z.object(form).partial();
export type OfferForm = z.output<typeof offerForm>;

const row = {
  name: text(64),
  /** The higher goes first within a level. */
  priority: z.int().min(0).max(999),
  state: offerState,
  /** Short for state: live, or paused (draft while it was never live). */
  isActive: z.boolean(),
  definition: offerDefinition,
};
export const offerBody = z.object({ ...row, ...form }).partial().required({ name: true });
export type OfferBody = z.output<typeof offerBody>;
export const offerPatch = z.object({ ...row, ...form }).partial();
export type OfferPatch = z.output<typeof offerPatch>;

export const offerReply = z.object({
  id, name: z.string(), kind: z.string(), priority: z.int(), state: offerState, isActive: z.boolean(),
  definition: z.record(z.string(), z.unknown()), sentence: z.string(), sentenceEn: z.string(), warnings: z.array(warning),
  amountFen: fen.nullable(), percentOff: z.number().nullable(), capFen: fen.nullable(), thresholdFen: fen, weekdays: z.array(z.int()),
  tierIds: z.array(z.string()), storeIds: z.array(z.string()), categories: z.array(z.string()), channels: z.array(z.string()),
  from: z.string().nullable(), until: z.string().nullable(), isStackable: z.boolean(), createdAt: instant, updatedAt: instant,
});
/** `ruleVersion`: the version this change was published as, null when nothing that is in force changed. */
export const offerChanged = offerReply.extend({ ruleVersion: z.int().nullable() });
export const offerPage = pageOf(offerReply);
export const offerQuery = pageQuery.extend({ state: offerState.optional() });
