import { z } from "zod";
import { id, instant, reason } from "../../../kernel/http/wire.ts";
import { mergeFields, type MergeField } from "./fields.ts";

const side = z.enum(["survivor", "absorbed"]);
const choices = z.object({ ...Object.fromEntries(mergeFields.map((field) => [field, side.optional()])) as Record<MergeField, z.ZodOptional<typeof side>>, custom: z.record(z.string().max(40), side).optional() });
export const previewBody = z.object({ otherId: id, choices: choices.default({}) });
export const mergeBody = previewBody.extend({ reason });

const value = z.union([z.number(), z.string()]).nullable();
const mergeLine = z.object({ what: z.string(), survivor: value, absorbed: value, after: value }).meta({ id: "MergeLine" });
export const mergePreview = z.object({
  survivorId: id, absorbedId: id, lines: z.array(mergeLine), blockers: z.array(z.string()),
  fields: z.array(z.object({ field: z.enum(mergeFields), survivor: z.string().nullable(), absorbed: z.string().nullable(), winner: side })),
  /** own fields of the tenant that are not the same at both, and what those that they refer to are called */
  custom: z.array(z.object({ field: z.string(), survivor: z.unknown(), absorbed: z.unknown(), winner: side })), customReferences: z.record(z.string(), z.string()),
}).meta({ id: "MergePreview" });
export const undoPreview = z.object({ mergeId: id, survivorId: id, absorbedId: id, lines: z.array(mergeLine), blockers: z.array(z.string()) }).meta({ id: "UndoPreview" });

const party = z.object({ id, memberNo: z.string(), name: z.string() });
export const mergeReply = z.object({
  id, survivor: party, absorbed: party, state: z.enum(["done", "undone"]), reason: z.string(), by: z.string(), at: instant, undoUntil: instant,
  undoneAt: instant.nullable(), undoReason: z.string().nullable(),
}).meta({ id: "Merge" });
export const mergeList = z.object({ items: z.array(mergeReply) });
export const undoBody = z.object({ reason });
