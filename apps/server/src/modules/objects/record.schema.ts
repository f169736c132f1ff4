import { z } from "zod";
import { fieldError, id, instant, pageOf, pageQuery, reason } from "../../kernel/http/wire.ts";

/** By key; what a field takes stands in the tenant's own document, `/openapi/tenant.json`. */
export const values = z.record(z.string().max(40), z.unknown());
export const recordView = z.object({
  id, object: z.string(), title: z.string(), fields: values,
  /** what the records that fields refer to are called, by their ids */
  references: z.record(z.string(), z.string()), storeId: id.nullable(), version: z.int(), createdAt: instant, updatedAt: instant,
}).meta({ id: "Record" });
export type RecordView = z.output<typeof recordView>;
export const recordPage = pageOf(recordView);

export const filterText = z.string().max(4_000).optional();
/** a field's key, with a minus for the greatest first */
export const sortText = z.string().max(41).optional();
export const recordsQuery = pageQuery.extend({ filter: filterText, sort: sortText, storeId: id.optional() });
export const newRecord = z.object({ fields: values, storeId: id.nullable().optional() });
export const recordPatch = newRecord.partial({ fields: true }).extend({ version: z.int().optional() });
export const BATCH_LIMIT = 1_000;
export const recordBatch = z.object({ records: z.array(z.object({ id: id.optional(), fields: values, storeId: id.nullable().optional(), version: z.int().optional() })).min(1).max(BATCH_LIMIT) });
export const recordOutcomes = z.object({
  outcomes: z.array(z.object({ id: id.nullable(), outcome: z.enum(["created", "changed", "unchanged", "refused"]), errors: z.array(fieldError) })),
});
export const revealBody = z.object({ field: z.string().max(40), reason }).meta({ id: "FieldReveal" });
export const revealed = z.object({ value: z.string() });
export const relatedQuery = pageQuery.extend({ field: z.string().max(40).optional() });
