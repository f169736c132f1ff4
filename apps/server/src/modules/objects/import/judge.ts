import type { FieldError } from "../../../kernel/problem.ts";
import { newId, type Scope } from "../../../kernel/scope.ts";
import { reasonOf, type JudgedEntry, type RowReason } from "../../platform/index.ts";
import type { Definition } from "../definition.ts";
import { foreseeCircles, unknownReferences } from "../reference.ts";
import { draftFor } from "../save.ts";
import { named } from "../table.ts";
import { holdersOf } from "../unique.ts";
import { readReferences, type ReferenceFinder } from "./reference.ts";
import { change, plainOf, sameText, type Values } from "../value.ts";

export interface JudgedLine {
  /** Of what would change, by key. */
  before: Record<string, unknown>;
  after: Record<string, unknown>;
  errors: FieldError[];
}

export interface LineToJudge {
  id: string | undefined;
  /** Under which a new one will be made: others may refer to it. */
  newId?: string | undefined;
  fields: Readonly<Record<string, unknown>>;
}

interface Row {
  id: string;
  name: string;
  ext: Values;
  store_id: string | null;
  version: number;
}

/** Rows as they are, without a lock: what is found now is found again when it is written. */
export async function rowsOf(scope: Scope, { id, table }: Definition, ids: readonly string[]): Promise<Map<string, Row>> {
  if (ids.length === 0) return new Map();
  const rows = await scope.tx.rows<Row>(
    `select r.id, r.${table.key} as name, r.ext, ${table.store ? `r.${table.store}` : "null::uuid"} as store_id, ${table.isOwn ? "r.version" : "0"} as version from ${table.name} r
      where r.tenant_id = $1 and ${table.isOwn ? "r.object_id = $2" : "$2::uuid is not null"} and ${named(table, "$3")}`, [scope.tenantId, id || null, ids]);
  return new Map(rows.map((row) => [row.name, row]));
}

/** Values by key, personal data opened: what undoing compares and puts back. */
export const plainValues = (scope: Scope, definition: Definition, { ext, id }: Pick<Row, "ext" | "id">): Record<string, unknown> =>
  Object.fromEntries([...definition.byKey].flatMap(([key, field]) => (ext[field.id] === undefined ? [] : [[key, plainOf(scope, field, ext[field.id], id)]])));

/** What lines would do, with everything that is wrong with each: the same checks as writing them makes, and nothing is written. */
export async function judgeLines(scope: Scope, definition: Definition, lines: readonly LineToJudge[], promised?: ReadonlySet<string>): Promise<JudgedLine[]> {
  const rows = await rowsOf(scope, definition, lines.flatMap((line) => line.id ?? []));
  const drafts = lines.map((line) => {
    const row = line.id === undefined ? undefined : rows.get(line.id);
    const [id, before] = [row?.id ?? line.newId ?? newId<"record">(scope), row?.ext ?? {}];
    const draft = draftFor(id, { before, ...change(scope, definition, { before, typed: line.fields, recordId: id }) });
    return { ...draft, isNew: !row };
  });
  await unknownReferences(scope, definition, drafts.filter((draft) => draft.errors.length === 0), promised);
  await refuseTaken(scope, definition, drafts);
  await foreseeCircles(scope, definition, drafts);
  return drafts.map(({ id, before, values, changed, errors }) => {
    const shown = (of: Values): Record<string, unknown> =>
      Object.fromEntries(definition.fields.filter((field) => changed.has(field.id)).map((field) => [field.key, plainOf(scope, field, of[field.id], id) ?? null]));
    return { before: shown(before), after: shown(values), errors };
  });
}

/** The same with references by what people write; the fields' own keys in what is wrong. */
export async function judgeNamed(scope: Scope, definition: Definition, finders: readonly ReferenceFinder[], lines: readonly LineToJudge[], others: readonly LineToJudge[] = []): Promise<JudgedEntry[]> {
  const promised = [...lines, ...others].flatMap(({ newId: to, fields }) => (to === undefined ? [] : [{ id: to, fields }]));
  const read = await readReferences(scope, definition, { finders, promised }, lines.map((line) => line.fields));
  const judged = await judgeLines(scope, definition, lines.map((line, at) => ({ ...line, fields: read[at]?.fields ?? {} })), new Set(promised.map(({ id }) => id)));
  return judged.map(({ before, after, errors }, at) => {
    const unread = read[at]?.reasons ?? [];
    const wrong = errors.map(ownReasonOf).filter(({ field }) => !unread.some((one) => one.field === field));
    return { before, after, reasons: [...unread, ...wrong] };
  });
}

/** What is wrong with a whole record has no field. */
export const ownReasonOf = (error: FieldError): RowReason => ({ ...reasonOf(error), field: error.field.includes(".") ? error.field.replace(/^(?:fields|custom)\./, "") : null });

type Judging = ReturnType<typeof draftFor>;

/** Values that another record has already. */
async function refuseTaken(scope: Scope, definition: Definition, drafts: readonly Judging[]): Promise<void> {
  for (const field of definition.fields.filter((one) => one.isUnique && !one.isArchived)) {
    const asked = drafts.filter((draft) => draft.changed.has(field.id) && draft.values[field.id] !== undefined);
    const holders = await holdersOf(scope, field.id, asked.map((draft) => sameText(field, draft.values[field.id])));
    for (const draft of asked) {
      const holder = holders.get(sameText(field, draft.values[field.id]));
      if (holder && holder !== draft.id) draft.errors.push({ field: `${definition.table.wire}.${field.key}`, code: "duplicate", message: "is taken by another record" });
    }
  }
}
