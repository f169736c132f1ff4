import { z } from "zod";
import { id, instant, reason, text } from "../../kernel/http/wire.ts";
import { identityKinds } from "./identity.priority.ts";
import { birthday, gender, memberName } from "./member.schema.ts";

export const identityKind = z.enum(identityKinds);
const value = text(200);

/** What somebody knows who is the same person as before; or that the number is theirs since lately. */
export const lease = {
  proof: z.object({ name: memberName.optional(), birthday: birthday.optional(), memberNo: z.string().trim().max(20).optional() }).optional(),
  isNewHolder: z.boolean().optional(),
};

const MAX_BROUGHT = 20;
export const identifyBody = z.object({
  identities: z.array(z.object({ kind: identityKind, value, isVerified: z.boolean().optional() })).min(1).max(MAX_BROUGHT),
  traits: z.object({ name: memberName.optional(), gender: gender.optional(), birthday: birthday.optional() }).optional(),
  storeId: id.optional(),
  ...lease, joins: z.boolean().default(true),
});

export const tryBody = identifyBody.pick({ identities: true });

export const identityStep = z.object({
  code: z.enum(["matched", "linked", "unlinked", "released", "lapsed", "waits", "nobody", "blocked", "unreadable", "belongs-to-another", "over-limit"]),
  kind: z.string(), shown: z.string(),
}).meta({ id: "IdentityStep" });
const decision = z.enum(["found", "created", "step-up", "unknown"]);
export const identified = z.object({
  memberId: id.nullable(), decision, steps: z.array(identityStep), ways: z.array(z.string()).optional(),
}).meta({ id: "Identified" });

const memberIdentity = z.object({ id, kind: identityKind, shown: z.string(), isVerified: z.boolean(), since: instant }).meta({ id: "MemberIdentity" });
export const memberIdentities = z.object({ items: z.array(memberIdentity) });
export const linkBody = z.object({ kind: identityKind, value, reason });
export const unlinkBody = z.object({ identityId: id, reason });
export const openLinkBody = linkBody.extend({ memberId: id });

const limits = z.partialRecord(identityKind, z.int().min(1).max(100));
export const rulesBody = z.object({ limits: limits.optional(), leaseDays: z.int().min(30).max(3650).optional() });
const blockedValue = z.object({ kind: identityKind, digest: z.string(), shown: z.string(), reason: z.string(), at: instant }).meta({ id: "BlockedValue" });
export const blockedValues = z.object({ items: z.array(blockedValue) });
export const rulesReply = z.object({ limits: z.record(z.string(), z.int()), leaseDays: z.int() }).meta({ id: "IdentityRules" });
export const blockBody = z.object({ kind: identityKind, value, reason });
/** The value itself, or what the list calls it. */
export const unblockBody = z.object({ kind: identityKind, value: value.optional(), digest: z.string().regex(/^[0-9a-f]{64}$/).optional() }).refine((body) => !body.value !== !body.digest, { message: "the value, or its digest", path: ["value"] });
