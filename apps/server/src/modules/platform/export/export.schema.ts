import { z } from "zod";
import { id, instant, pageOf, reason, text } from "../../../kernel/http/wire.ts";

const FORMATS = ["csv", "xlsx"] as const;

export const listBody = z.object({
  kind: text(40).meta({ description: "members, records, orders, …: which list" }),
  query: z.record(z.string().max(40), z.string().max(4_000)).default({}).meta({ description: "The list's own filters, as in its address" }),
});
export const exportBody = listBody.extend({
  format: z.enum(FORMATS),
  columns: z.array(z.string().max(40)).max(200).optional().meta({ description: "Keys, in the order of the file; all of them without" }),
  language: z.enum(["zh-CN", "en"]).default("zh-CN"),
  whole: z.object({ reason }).optional().meta({ description: "With what the list masks. Needs `members.reveal`, and is audited with the reason" }),
  inBackground: z.boolean().default(false).meta({ description: "Also where it would be short enough to be answered at once" }),
});
export type ExportWish = z.output<typeof exportBody>;

export const exportColumns = z.object({
  items: z.array(z.object({ key: z.string(), name: z.string(), nameEn: z.string() })),
  /** keys of those that a saved view shows, or that the caller took of this list the last time, in order; null: all */
  shown: z.array(z.string()).nullable(),
}).meta({ id: "ExportColumns" });

export const exportView = z.object({
  id, kind: z.string(), format: z.enum(FORMATS), state: z.enum(["running", "done", "failed", "cancelled"]), fileName: z.string(),
  filters: z.record(z.string(), z.string()), isWhole: z.boolean(), reason: z.string().nullable(), rows: z.int(), sizeBytes: z.int(),
  failure: z.string().nullable().meta({ description: "A code: `too-many-rows`, `access-lost`" }),
  by: z.string(), createdAt: instant, endedAt: instant.nullable(),
  /** its file is there, for whoever made it */
  isReady: z.boolean(),
  keptUntil: instant.nullable(),
}).meta({ id: "Export" });
export type ExportView = z.output<typeof exportView>;
export const exportPage = pageOf(exportView);
