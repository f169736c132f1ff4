import { z } from "zod";
import { id, instant, pageOf, pageQuery, reason } from "../../../kernel/http/wire.ts";
import { memberProfile } from "../member.schema.ts";
import { previewBody } from "../merge/schema.ts";

const score = z.int().min(0).max(100);
const state = z.enum(["open", "later", "different", "merged"]);
export const duplicatesQuery = pageQuery.extend({ state: state.default("open"), minScore: z.coerce.number().int().min(0).max(100).default(0) });

const side = memberProfile.extend({ address: z.string().nullable() }).meta({ id: "DuplicateMember" });
export const duplicate = z.object({
  id, score, state, foundAt: instant, members: z.array(side),
  reasons: z.array(z.object({ field: z.enum(["name", "birthday", "phone", "address", "gender", "identity"]), agreement: z.enum(["same", "near", "partly", "different"]), weight: z.int() })),
}).meta({ id: "Duplicate" });
export const duplicatePage = pageOf(duplicate);
export const decideBody = z.object({ state: z.enum(["open", "later", "different"]) });
export const mergeDuplicateBody = z.object({ survivorId: id, choices: previewBody.shape.choices, reason });
export const mergeAllBody = z.object({ minScore: z.int().min(50).max(100) });
const run = z.object({
  id, kind: z.enum(["find", "merge"]), state: z.enum(["running", "done", "cancelled"]), percent: z.int(), found: z.int(), total: z.int(), minScore: score.nullable(), by: z.string(),
  startedAt: instant, endedAt: instant.nullable(),
}).meta({ id: "DuplicateRun" });
export const runList = z.object({ items: z.array(run) });
