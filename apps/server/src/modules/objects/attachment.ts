import { fieldProblem, notFound } from "../../kernel/problem.ts";
import { boundTo, demand, visibleStores, type Scope } from "../../kernel/scope.ts";
import { dropFile, keepFile, putFile } from "../platform/index.ts";
import { getField, type Definition, type Field } from "./definition.ts";
import { reachOf, type NounReach } from "./reach.ts";
import type { Draft } from "./save.ts";
import { rightsOf } from "./table.ts";

export const MAX_MB = 10;
const MB = 1_048_576;
/** What is in no row by then is forgotten. */
const UNSAVED_MS = 86_400_000;

/** A file as `ext` holds it. */
export interface HeldFile {
  fileId: string;
  name: string;
  mediaType: string;
  sizeBytes: number;
}

const isJpeg = (bytes: Buffer) => bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]));
const isPng = (bytes: Buffer) => bytes.subarray(0, 4).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47]));
const isWebp = (bytes: Buffer) => bytes.subarray(0, 4).toString("latin1") === "RIFF" && bytes.subarray(8, 12).toString("latin1") === "WEBP";
const isZip = (bytes: Buffer) => bytes.subarray(0, 2).toString("latin1") === "PK";
const isText = (bytes: Buffer) => !bytes.includes(0);
const office = (name: string) => `application/vnd.openxmlformats-officedocument.${name}`;

/** By the ending and by what the bytes begin with: pages and programs are no files here, whatever they are called. */
const KINDS: Readonly<Record<string, { mediaType: string; fits: (bytes: Buffer) => boolean }>> = {
  jpg: { mediaType: "image/jpeg", fits: isJpeg }, jpeg: { mediaType: "image/jpeg", fits: isJpeg }, png: { mediaType: "image/png", fits: isPng }, webp: { mediaType: "image/webp", fits: isWebp },
  pdf: { mediaType: "application/pdf", fits: (bytes) => bytes.subarray(0, 5).toString("latin1") === "%PDF-" },
  docx: { mediaType: office("wordprocessingml.document"), fits: isZip }, xlsx: { mediaType: office("spreadsheetml.sheet"), fits: isZip }, pptx: { mediaType: office("presentationml.presentation"), fits: isZip },
  zip: { mediaType: "application/zip", fits: isZip }, txt: { mediaType: "text/plain", fits: isText }, csv: { mediaType: "text/csv", fits: isText },
};
export const isImage = (mediaType: string): boolean => mediaType.startsWith("image/");

/** Takes in a file for a field; it is kept once it is saved with a row. Throws `notFound`, `forbidden`, `invalid`. */
export async function addAttachment(scope: Scope, fieldId: string, name: string, bytes: Buffer): Promise<HeldFile> {
  const { definition, field } = await getField(scope, fieldId);
  demand(scope.actor, rightsOf(definition.key).write);
  if (field.kind !== "file" || definition.byKey.get(field.key) !== field || definition.access.has(field.id)) throw notFound({ detail: "No such field for files" });
  if (bytes.length === 0) throw fieldProblem("body", "empty", "has no bytes");
  const most = field.settings.maxMb ?? MAX_MB;
  if (bytes.length > most * MB) throw fieldProblem("body", "too-large", `is larger than ${most} MB`);
  const kind = KINDS[name.split(".").at(-1)?.toLowerCase() ?? ""];
  if (!kind?.fits(bytes) || (field.settings.onlyImages && !isImage(kind.mediaType))) {
    throw fieldProblem("name", "not-allowed", `is none of ${Object.keys(KINDS).filter((one) => !field.settings.onlyImages || isImage(KINDS[one]?.mediaType ?? "")).join(", ")}, or not what it is called`);
  }
  const id = await putFile(scope, { name, keepUntil: new Date(scope.now.getTime() + UNSAVED_MS) }, bytes);
  await scope.tx.db.insertInto("objects.attachment").values({ file_id: id, field_id: field.id, name, media_type: kind.mediaType, size_bytes: bytes.length }).execute();
  return { fileId: id, name, mediaType: kind.mediaType, sizeBytes: bytes.length };
}

const filesOf = (definition: Definition): Field[] => definition.fields.filter((field) => field.kind === "file");
export const heldIn = (value: unknown): string[] => (Array.isArray(value) ? value.flatMap((one: Partial<HeldFile>) => one.fileId ?? []) : []);

interface Row {
  file_id: string;
  field_id: string;
  record_id: string | null;
  name: string;
  media_type: string;
  size_bytes: number;
}

/** Names what nobody uploaded for this field, or what is another row's; the rest is written with what is known of it. */
export async function unknownFiles(scope: Scope, definition: Definition, drafts: readonly Draft[]): Promise<void> {
  for (const field of filesOf(definition)) {
    const changed = drafts.filter((draft) => draft.changed.has(field.id));
    const wanted = changed.flatMap((draft) => heldIn(draft.values[field.id]));
    if (wanted.length === 0) continue;
    const rows = await scope.tx.rows<Row>("select * from objects.attachment where tenant_id = $1 and file_id = any($2::uuid[]) and field_id = $3 order by file_id for update", [scope.tenantId, wanted, field.id]);
    const known = new Map(rows.map((row) => [row.file_id, row]));
    for (const draft of changed) {
      const mine = (id: string) => { const row = known.get(id); return row && (row.record_id === null || row.record_id === draft.id) ? row : undefined; };
      const values = draft.values[field.id] as Partial<HeldFile>[] | undefined;
      if (values?.some((one) => one.fileId && !mine(one.fileId))) draft.errors.push({ field: `${definition.table.wire}.${field.key}`, code: "unknown-file", message: "was not uploaded for this field, or belongs to another" });
      else if (values) draft.values[field.id] = values.map((one) => { const row = one.fileId ? mine(one.fileId) : undefined; return row ? { fileId: row.file_id, name: row.name, mediaType: row.media_type, sizeBytes: row.size_bytes } : one; });
    }
  }
}

/** What rows hold now is kept with them, and what they hold no longer goes. */
export async function holdFiles(scope: Scope, definition: Definition, drafts: readonly Draft[]): Promise<void> {
  for (const field of filesOf(definition)) {
    for (const draft of drafts.filter((one) => one.changed.has(field.id))) {
      const [before, after] = [heldIn(draft.before[field.id]), heldIn(draft.values[field.id])];
      for (const id of after.filter((one) => !before.includes(one))) {
        await scope.tx.rows("update objects.attachment set record_id = $3 where tenant_id = $1 and file_id = $2", [scope.tenantId, id, draft.id]);
        await keepFile(scope, id);
      }
      for (const id of before.filter((one) => !after.includes(one))) {
        // One that came by a merge is the absorbed member's.
        const [own] = await scope.tx.rows("select 1 from objects.attachment where tenant_id = $1 and file_id = $2 and record_id = $3", [scope.tenantId, id, draft.id]);
        if (own) await dropFile(scope, id);
      }
    }
  }
}

/** With rows, or what they hold in some fields, go their files. */
export async function dropFiles(scope: Scope, recordIds: readonly string[]): Promise<void> {
  const rows = await scope.tx.rows<{ file_id: string }>("select file_id from objects.attachment where tenant_id = $1 and record_id = any($2::uuid[])", [scope.tenantId, recordIds]);
  for (const { file_id } of rows) await dropFile(scope, file_id);
}

/** A file for whoever may see the row that holds it. Throws `notFound`, `forbidden`. */
export async function getAttachment(scope: Scope, reach: NounReach, fileId: string): Promise<HeldFile> {
  const [row] = await scope.tx.rows<Row>("select * from objects.attachment where tenant_id = $1 and file_id = $2", [scope.tenantId, fileId]);
  if (!row) throw notFound({ detail: "No such file" });
  const { definition, field } = await getField(scope, row.field_id);
  const can = rightsOf(definition.key).read;
  demand(scope.actor, can);
  if (definition.byKey.get(field.key) !== field) throw notFound({ detail: "No such file" });
  const [{ table }, bound] = [definition, { ...scope, ...boundTo(scope, can) }];
  const values: unknown[] = [scope.tenantId, row.record_id];
  const bind = (value: unknown) => `$${values.push(value)}`;
  // A member without a store, or a record, is anybody's to look at, though no store's list shows them.
  const isReached = table.store ? `(r.${table.store} is null or ${bind(visibleStores(bound.actor))}::uuid[] is null or r.${table.store} = any($3))` : reachOf(bound, definition, reach)(bind, "r");
  const holders = row.record_id === null ? [row] : await scope.tx.rows(`select 1 from ${table.name} r where r.tenant_id = $1 and r.id = $2 and ${isReached}`, values);
  if (holders.length === 0) throw notFound({ detail: "No such file" });
  return { fileId, name: row.name, mediaType: row.media_type, sizeBytes: row.size_bytes };
}
