import { z } from "zod";
import { fen, fieldError, id, instant, pageOf, pageQuery, text } from "../../kernel/http/wire.ts";
import { offerShape } from "./offer.definition.ts";
import { percent } from "./percent.ts";

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
  definition: offerShape,
};
export const offerBody = z.object({ ...row, ...form }).partial().required({ name: true });
export type OfferBody = z.output<typeof offerBody>;
export const offerPatch = z.object({ ...row, ...form }).partial();
export type OfferPatch = z.output<typeof offerPatch>;

/** What is being written while the published version is in force. */
export const offerDraft = z.object({
  name: z.string(), priority: z.int(), definition: z.record(z.string(), z.unknown()), sentence: z.string(), sentenceEn: z.string(),
  conflicts: z.array(fieldError), at: instant, by: z.string(),
}).meta({ id: "OfferDraft" });

export const offerReply = z.object({
  version: z.int(), draft: offerDraft.nullable(), conflicts: z.array(fieldError),
  id, name: z.string(), kind: z.string(), priority: z.int(), state: offerState, isActive: z.boolean(),
  definition: z.record(z.string(), z.unknown()), sentence: z.string(), sentenceEn: z.string(), warnings: z.array(fieldError),
  amountFen: fen.nullable(), percentOff: z.number().nullable(), capFen: fen.nullable(), thresholdFen: fen, weekdays: z.array(z.int()),
  tierIds: z.array(z.string()), storeIds: z.array(z.string()), categories: z.array(z.string()), channels: z.array(z.string()),
  from: z.string().nullable(), until: z.string().nullable(), isStackable: z.boolean(), createdAt: instant, updatedAt: instant,
}).meta({ id: "Offer" });
/** `ruleVersion`: the version this change was published as, null when nothing that is in force changed. */
export const offerChanged = offerReply.extend({ ruleVersion: z.int().nullable() }).meta({ id: "ChangedOffer" });
export const offerPage = pageOf(offerReply);
export const offerQuery = pageQuery.extend({ state: offerState.optional() });

export const draftBody = z.object({ name: row.name, priority: row.priority, definition: offerShape });
export type DraftBody = z.output<typeof draftBody>;
export const publishBody = z.object({ note: text(200).nullish() });
export const rollBackBody = z.object({ version: z.int().min(1), note: text(200).nullish() });

/** One published state of an offer or a coupon template; `changes` against the version before, by field of the definition, "name" or another beside it; null where it was not set. */
export const ruleVersion = z.object({
  version: z.int(), name: z.string(), definition: z.record(z.string(), z.unknown()), sentence: z.string(), sentenceEn: z.string(),
  note: z.string().nullable(), at: instant, by: z.string().nullable(), byName: z.string().nullable(),
  changes: z.array(z.object({ field: z.string(), before: z.unknown(), after: z.unknown() })),
}).meta({ id: "RuleVersion" });
export const ruleVersionPage = pageOf(ruleVersion);
export const offerVersion = ruleVersion.extend({ priority: z.int(), state: z.string(), ruleVersion: z.int().nullable() }).meta({ id: "OfferVersion" });
export const offerVersionPage = pageOf(offerVersion);

export const checkBody = z.object({ id: id.nullish(), name: z.string().max(64).nullish(), priority: row.priority.nullish(), definition: z.record(z.string(), z.unknown()) });
export const checkReply = z.object({ conflicts: z.array(fieldError), warnings: z.array(fieldError.extend({ offerId: z.string().nullable(), offerName: z.string().nullable() })), sentence: z.string().nullable(), sentenceEn: z.string().nullable() });
