import { z } from "zod";
import { fieldError, id, instant, text } from "../../kernel/http/wire.ts";
import { BATCH_LIMIT, birthday, gender, memberName } from "./member.schema.ts";

const userId = text(128);
const context = z.looseObject({
  device: z.looseObject({ id: text(128).optional() }).optional(),
  externalIds: z.array(z.looseObject({ id: text(128), type: text(40) })).max(20).optional(),
});
const who = { messageId: text(128), userId: userId.nullish(), anonymousId: userId.nullish(), context: context.optional(), timestamp: instant.optional() };
const MAX_PROPERTIES = 100;

/** As Segment's kits send it. Traits that are no part of a profile are left alone. */
export const identifyMessage = z.looseObject({
  ...who, type: z.literal("identify").optional(),
  traits: z.looseObject({ name: memberName.optional(), phone: text(32).optional(), email: text(254).optional(), gender: gender.optional(), birthday: birthday.optional() }).optional(),
});
export const trackMessage = z.looseObject({
  ...who, type: z.literal("track").optional(), event: text(100),
  properties: z.record(z.string().max(100), z.unknown()).refine((value) => Object.keys(value).length <= MAX_PROPERTIES, `at most ${MAX_PROPERTIES} properties`).optional(),
});
export type IdentifyMessage = z.output<typeof identifyMessage>;
export type TrackMessage = z.output<typeof trackMessage>;

/** Each message is read by itself, so that a bad one does not cost the others. */
export const messageBatch = z.looseObject({ batch: z.array(z.looseObject({ type: z.unknown().optional().meta({ description: "identify or track; a message of another type is refused, the others are taken" }) })).min(1).max(BATCH_LIMIT) });
export const messageOutcome = z.object({
  messageId: z.string(), outcome: z.enum(["taken", "repeated", "refused"]), decision: z.string().optional(), memberId: id.nullish(), errors: z.array(fieldError).optional(),
}).meta({ id: "MessageOutcome" });
export const messageOutcomes = z.object({ outcomes: z.array(messageOutcome) });
