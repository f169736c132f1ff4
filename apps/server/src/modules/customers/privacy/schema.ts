import { z } from "zod";
import { id, instant, text } from "../../../kernel/http/wire.ts";
import { PURPOSES } from "./consent.ts";

const MAX_TEXT = 5_000;
const purpose = z.enum(PURPOSES);
export const policyList = z.object({
  items: z.array(z.object({ purpose, version: z.int(), text: z.string(), textEn: z.string(), publishedAt: instant.nullable() }).meta({ id: "Policy" })),
});
export const publishBody = z.object({ purpose, text: text(MAX_TEXT), textEn: z.string().trim().max(MAX_TEXT).default("") });
export const consentList = z.object({
  items: z.array(z.object({
    purpose, given: z.boolean().nullable(), version: z.int().nullable(), currentVersion: z.int(), text: z.string(), textEn: z.string(), at: instant.nullable(),
  }).meta({ id: "Consent" })),
});
export const consentBody = z.object({ purpose, version: z.int(), given: z.boolean() });

export const copyReply = z.object({ id, readyAt: instant.nullable(), expiresAt: instant }).meta({ id: "DataCopy" });
export const copyList = z.object({ items: z.array(copyReply) });
export const copyFile = z.looseObject({ format: z.string(), writtenAt: instant });

export const deletionReply = z.object({
  id, memberId: id, state: z.enum(["waiting", "undone", "done"]), askedAt: instant, purgeAt: instant, undoneAt: instant.nullable(), doneAt: instant.nullable(),
  blockers: z.array(z.string()), certificate: z.unknown(),
}).meta({ id: "Deletion" });
export const deletionPreview = z.object({
  lost: z.array(z.object({ what: z.string(), amount: z.union([z.number(), z.string()]) }).meta({ id: "Loss" })), blockers: z.array(z.string()),
  standing: deletionReply.nullable(),
}).meta({ id: "DeletionPreview" });
