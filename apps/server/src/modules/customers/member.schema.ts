import { z } from "zod";
import { day, fieldError, id, instant, text } from "../../kernel/http/wire.ts";
import { customValues, filterText, sortText } from "../objects/index.ts";

/** Names are what people call themselves: any script, emoji, quotes. Line breaks and other controls are no part of one. */
export const memberName = text(64).regex(/^[^\p{Cc}]*$/u, "must not hold line breaks or control characters");
export const typedPhone = z.string().trim().min(1).max(32);
export const tag = text(40).regex(/^[^\p{Cc}]*$/u, "must not hold line breaks or control characters");
export const externalId = text(128);
export const cardNumber = z.string().trim().regex(/^[A-Za-z0-9-]{4,40}$/, "4 to 40 letters, digits and dashes");
export const gender = z.enum(["unknown", "female", "male", "other"]);

export const birthday = z.object({
  calendar: z.enum(["solar", "lunar"]),
  year: z.int().nullish().transform((year) => year ?? undefined),
  month: z.int().min(1).max(12),
  day: z.int().min(1).max(31),
  leap: z.boolean().optional(),
});
const shownBirthday = z.object({ calendar: z.enum(["solar", "lunar"]), year: z.int().optional(), month: z.int(), day: z.int(), leap: z.boolean().optional() });

const MAX_PREFERENCES = 50;
const preferenceValue = z.union([z.boolean(), z.number(), z.string().max(200), z.array(z.string().max(100)).max(50)]);
export const preferences = z.record(z.string().min(1).max(40), preferenceValue)
  .refine((value) => Object.keys(value).length <= MAX_PREFERENCES, `at most ${MAX_PREFERENCES} preferences`);

/** Who somebody is; balances, tier and facts are added by the modules that keep them. */
export const memberProfile = z.object({
  id, memberNo: z.string(), name: z.string(), phoneMasked: z.string().nullable(), gender, birthday: shownBirthday.nullable(),
  nextBirthdayOn: day.nullable(), homeStoreId: id.nullable(), joinedAt: instant, joinedVia: z.string(),
  state: z.enum(["active", "frozen", "merged", "closed"]), tags: z.array(z.string()), preferences: z.record(z.string(), z.unknown()),
});
export type MemberProfile = z.output<typeof memberProfile>;

export const quickRegister = z.object({ phone: typedPhone, name: memberName.optional(), gender: gender.optional(), birthday: birthday.optional(), storeId: id.optional() });

export const memberLookup = z.object({
  code: z.string().trim().min(1).max(64).optional(), phone: typedPhone.optional(), memberNo: z.string().trim().max(20).optional(),
  card: z.string().trim().max(64).optional(), externalId: externalId.optional(),
}).refine((by) => Object.values(by).filter((one) => one !== undefined).length === 1, "give exactly one of code, phone, memberNo, card, externalId");

export const memberPatch = z.object({
  name: memberName.optional(), gender: gender.nullable().optional(), birthday: birthday.nullable().optional(), preferences: preferences.optional(),
});
export const address = z.string().trim().max(200);
/** Read loosely: it is compared with what is there, not kept. */
const seen = z.object({ name: z.string().max(64), gender, birthday: shownBirthday.nullable() }).partial()
  .meta({ id: "MemberSeen", description: "The values that whoever changes them has seen; when one is another by now, nothing is changed" });
export const memberPatchByStaff = memberPatch.extend({
  phone: typedPhone.optional(), address: address.optional(), homeStoreId: id.nullable().optional(), custom: customValues.optional(), seen: seen.optional(),
});

export const listMembersQuery = z.object({
  q: z.string().trim().max(64).optional(), tag: z.string().trim().max(40).optional(), storeId: id.optional(), tierId: id.optional(),
  /** over own fields, as for records: `[{"field":"city","op":"eq","value":"上海"}]` */
  filter: filterText, sort: sortText,
});

export const BATCH_LIMIT = 1_000;
export const memberBatch = z.object({
  members: z.array(z.object({
    externalId, phone: typedPhone.optional(), name: memberName.optional(), gender: gender.optional(), birthday: birthday.optional(),
    card: cardNumber.optional(), storeId: id.optional(), storeCode: text(40).optional(), joinedAt: instant.optional(),
    address: address.optional(), tags: z.array(tag).max(20).optional(),
  })).min(1).max(BATCH_LIMIT),
});
export const batchOutcomes = z.object({
  outcomes: z.array(z.object({
    externalId: z.string(), outcome: z.enum(["created", "updated", "unchanged", "refused"]), memberId: id.optional(),
    errors: z.array(fieldError).optional(),
  })),
});
export const timelineEntry = z.looseObject({ id, at: instant, kind: z.string() });
