import { z } from "zod";
import { id, instant, pageOf, pageQuery, text } from "../../../kernel/http/wire.ts";

export const MAX_COLUMNS = 512;
const MAX_CHUNKS = 100_000;

/** How a cell becomes a value. */
export const cellKinds = ["text", "phone", "number", "money", "date", "birthday", "instant", "boolean", "choice", "choices", "store"] as const;
export type CellKind = (typeof cellKinds)[number];

const targetField = z.object({
  key: z.string(), name: z.string(), nameEn: z.string(), kind: z.enum(cellKinds), isRequired: z.boolean(),
  /** a row may be recognised by it */
  isIdentifier: z.boolean(),
  /** shown, and not the caller's to write: no column goes there */
  isReadOnly: z.boolean(),
}).meta({ id: "ImportField" });
export const target = z.object({ key: z.string(), name: z.string(), nameEn: z.string(), fields: z.array(targetField) }).meta({ id: "ImportTarget" });
export const templateParams = z.object({ key: z.string().max(64) });
const language = z.enum(["zh-CN", "en"]).default("zh-CN");
export const templateQuery = z.object({ format: z.enum(["csv", "xlsx"]).default("xlsx"), language });
export const targetList = z.object({ items: z.array(target) });

export const states = ["uploading", "uploaded", "mapped", "checking", "checked", "waiting", "applying", "applied", "undoing", "undone", "failed", "cancelled"] as const;
export type ImportState = (typeof states)[number];
export const verdicts = ["new", "changed", "unchanged", "duplicate", "skipped", "error"] as const;
export type Verdict = (typeof verdicts)[number];
/** What applying did. `conflict`: changed by somebody since the check, and left alone. */
export const outcomes = ["created", "updated", "conflict", "refused"] as const;
export type OutcomeKind = (typeof outcomes)[number];
export const undos = ["removed", "restored", "partly", "kept"] as const;
export type UndoKind = (typeof undos)[number];

const column = z.object({
  at: z.int(), header: z.string(),
  /** a few cells; what looks like a phone is masked */
  samples: z.array(z.string()),
  /** another column before it is called the same */
  isRepeated: z.boolean(),
  /** dates that could be read day or month first: `dateOrder` must be chosen */
  isAmbiguousDate: z.boolean(),
  suggestion: z.object({ field: z.string(), because: z.enum(["header", "content", "saved"]) }).nullable(),
}).meta({ id: "ImportColumn" });
export const reading = z.object({
  kind: z.enum(["csv", "xlsx"]), encoding: z.enum(["utf-8", "utf-16le", "utf-16be", "gb18030"]).nullable(), delimiter: z.enum([",", ";", "\t", "|"]).nullable(),
  sheet: z.string().nullable(), sheets: z.array(z.string()), columns: z.array(column),
}).meta({ id: "ImportReading" });
export type Reading = z.output<typeof reading>;

export const mappingBody = z.object({
  /** by column: the target's field; what is not named is not imported */
  columns: z.array(z.object({ at: z.int().min(0).max(MAX_COLUMNS), field: z.string().max(64) })).min(1).max(MAX_COLUMNS),
  /** fields that recognise who is known, the first that finds somebody decides; empty: every row is new */
  identifyBy: z.array(z.string().max(64)).max(4),
  onMatch: z.enum(["update", "fill", "skip"]).default("update"),
  onNew: z.enum(["create", "skip"]).default("create"),
  /** rows that look like somebody who is there, with the same name and birthday */
  onLikely: z.enum(["skip", "create"]).default("skip"),
  dateOrder: z.enum(["day-first", "month-first"]).nullable().default(null),
  /** for rows that name no store */
  storeId: id.nullable().default(null),
}).meta({ id: "ImportMapping" });
export type Mapping = z.output<typeof mappingBody>;
export const mappingWish = mappingBody.extend({ saveAs: text(60).optional() });

const tally = (names: readonly string[]) => z.object(Object.fromEntries(names.map((name) => [name, z.int()])) as Record<string, z.ZodInt>);
export const runView = z.object({
  id, target: z.string(), targetName: z.string(), state: z.enum(states), fileName: z.string(), sizeBytes: z.int(),
  chunks: z.object({ bytes: z.int(), total: z.int() }),
  reading: reading.nullable(), mapping: mappingBody.nullable(),
  progress: z.object({ done: z.int(), total: z.int(), percent: z.int() }).nullable(),
  rows: z.int(), verdicts: tally(verdicts), outcomes: tally(outcomes), undos: tally(undos),
  /** a code, where it failed or had to stop */
  reason: z.string().nullable(), by: z.string(),
  createdAt: instant, checkedAt: instant.nullable(), appliedAt: instant.nullable(), undoneAt: instant.nullable(),
  /** its rows are forgotten after this, and it can no longer be undone */
  keepUntil: instant,
  can: z.array(z.enum(["read", "map", "check", "apply", "undo", "cancel"])),
}).meta({ id: "Import" });
export type RunView = z.output<typeof runView>;
export const runPage = pageOf(runView);

export const undoPreview = z.object({
  /** so many rows were looked at, the file's last first, of those that could be taken back */
  rows: z.int(), total: z.int(), undos: tally(undos),
  /** why rows would stay as they are, in whole or in part */
  reasons: z.array(z.object({ code: z.string(), rows: z.int() })),
}).meta({ id: "ImportUndoPreview" });

export const newRun = z.object({ target: z.string().max(64), fileName: text(200), sizeBytes: z.int().min(1) });
export const chunkParams = z.object({ id, no: z.coerce.number().int().min(0).max(MAX_CHUNKS) });
export const chunksView = z.object({ total: z.int(), bytes: z.int(), missing: z.array(z.int()) }).meta({ id: "ImportChunks" });
export const readWish = z.object({ encoding: z.enum(["utf-8", "utf-16le", "utf-16be", "gb18030"]).optional(), delimiter: z.enum([",", ";", "\t", "|"]).optional(), sheet: z.string().max(100).optional() });

const rowReason = z.object({ column: z.string().nullable(), field: z.string().nullable(), code: z.string(), message: z.string(), value: z.string().nullable() }).meta({ id: "ImportRowReason" });
export type RowReason = z.output<typeof rowReason>;
const rowChange = z.object({ field: z.string(), from: z.unknown(), to: z.unknown() }).meta({ id: "ImportRowChange" });
export const rowView = z.object({
  /** as a spreadsheet counts, the header being line 1 */
  line: z.int(), verdict: z.enum(verdicts), outcome: z.enum(outcomes).nullable(), undo: z.enum(undos).nullable(),
  title: z.string(), subjectId: id.nullable(), changes: z.array(rowChange), reasons: z.array(rowReason),
  /** what those are called whom the changes refer to, by their ids */
  references: z.record(z.string(), z.string()),
}).meta({ id: "ImportRow" });
export type RowView = z.output<typeof rowView>;
export const rowsQuery = pageQuery.extend({ verdict: z.enum(verdicts).optional(), outcome: z.enum(outcomes).optional(), undo: z.enum(undos).optional(), reason: text(40).optional() });
export const errorFileQuery = rowsQuery.pick({ verdict: true, outcome: true, undo: true, reason: true }).extend({ language });
export const rowPage = pageOf(rowView);

export const savedMapping = z.object({ id, target: z.string(), name: z.string(), headers: z.array(z.string()), by: z.string(), at: instant }).meta({ id: "SavedImportMapping" });
export const savedMappings = z.object({ items: z.array(savedMapping) });
export const savedQuery = z.object({ target: z.string().max(64).optional() });
