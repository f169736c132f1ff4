import type { FieldError } from "../../../kernel/problem.ts";
import type { Scope } from "../../../kernel/scope.ts";
import { saveEach, type JudgedEntry, type TargetField } from "../../platform/index.ts";
import { findDefinition, type Definition } from "../definition.ts";
import { titlesOf } from "../record.view.ts";
import { saveRecords, type Outcome } from "../save.ts";
import type { Values } from "../value.ts";
import { columnsOf, valueFrom } from "./columns.ts";
import { judgeLines, judgeNamed, plainValues, rowsOf, type LineToJudge } from "./judge.ts";
import type { ReferenceFinder } from "./reference.ts";

const PREFIX = "custom.";

/** The own fields of a core noun as columns of a file, beside the noun's own: `custom.<key>`. */
export async function customColumns(scope: Scope, key: string): Promise<TargetField[]> {
  const definition = await findDefinition(scope, key);
  return definition ? columnsOf(definition, PREFIX) : [];
}

/** A core noun's own fields in the middle of an import; nothing is asked where none of its columns is imported. */
export class CustomImport {
  readonly #definition: Definition | undefined;
  readonly #zone: string;
  readonly #finders: readonly ReferenceFinder[];

  private constructor(definition: Definition | undefined, zone: string, finders: readonly ReferenceFinder[]) {
    [this.#definition, this.#zone, this.#finders] = [definition, zone, finders];
  }

  static async open(scope: Scope, key: string, fields: readonly string[], finders: readonly ReferenceFinder[]): Promise<CustomImport> {
    return new CustomImport(fields.some((field) => field.startsWith(PREFIX)) ? await findDefinition(scope, key) : undefined, scope.zone, finders);
  }

  /** What is the noun's own of an import's values, by the fields' keys. */
  #own(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
    return Object.fromEntries(Object.entries(values).filter(([key]) => key.startsWith(PREFIX)).map(([key, value]) => {
      const field = this.#definition?.byKey.get(key.slice(PREFIX.length));
      return [key.slice(PREFIX.length), field ? valueFrom(this.#zone, field, value) : value];
    }));
  }

  async judge(scope: Scope, rows: readonly { id: string | undefined; values: Readonly<Record<string, unknown>> }[]): Promise<JudgedEntry[]> {
    const definition = this.#definition;
    if (!definition) return [];
    const judged = await judgeNamed(scope, definition, this.#finders, rows.map(({ id, values }): LineToJudge => ({ id, fields: this.#own(values) })));
    return judged.map(({ before, after, reasons }) => ({ before: prefixed(before), after: prefixed(after), reasons: reasons.map((reason) => ({ ...reason, field: reason.field && PREFIX + reason.field })) }));
  }

  /** As they are, by row. */
  async values(scope: Scope, ids: readonly string[]): Promise<Map<string, Record<string, unknown>>> {
    const definition = this.#definition;
    if (!definition) return new Map();
    const rows = await rowsOf(scope, definition, ids);
    return new Map([...rows].map(([id, row]) => [id, prefixed(plainValues(scope, definition, row))]));
  }

  /** What would be wrong with writing these values, by row; `null` empties. */
  async refusals(scope: Scope, rows: readonly { id: string; values: Readonly<Record<string, unknown>> }[]): Promise<FieldError[][]> {
    const definition = this.#definition;
    if (!definition || rows.every(({ values }) => Object.keys(values).length === 0)) return [];
    const judged = await judgeLines(scope, definition, rows.map(({ id, values }): LineToJudge => ({ id, fields: unprefixed(values) })));
    return judged.map(({ errors }, at) => (Object.keys(rows[at]?.values ?? {}).length === 0 ? [] : errors.map(named)));
  }

  /** Writes what checked rows say; `null` empties. */
  async save(scope: Scope, rows: readonly { id: string; values: Readonly<Record<string, unknown>> }[]): Promise<Outcome[]> {
    const definition = this.#definition;
    const lines = rows.map(({ id, values }) => ({ id, fields: unprefixed(values) }))
      .filter(({ fields }) => Object.keys(fields).length > 0);
    if (!definition) return [];
    return saveEach(scope, lines, (some) => saveRecords(scope, definition.key, some), ({ id }, { code, title, extra }): Outcome => ({ id, outcome: "refused", errors: extra.errors ?? [{ field: "custom", code, message: title }] }));
  }
}

const named = (error: FieldError): FieldError => ({ ...error, field: error.field.replace(/^fields\./, PREFIX) });
const unprefixed = (values: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([key]) => key.startsWith(PREFIX)).map(([key, value]) => [key.slice(PREFIX.length), value]));
const prefixed = (values: Record<string, unknown>): Record<string, unknown> => Object.fromEntries(Object.entries(values).map(([key, value]) => [PREFIX + key, value]));

/** What those are called whom own fields refer to, by their ids. */
export async function referenceTitles(scope: Scope, key: string, values: readonly Readonly<Record<string, unknown>>[]): Promise<Record<string, string>> {
  const definition = values.length > 0 ? await findDefinition(scope, key) : undefined;
  if (!definition) return {};
  const byId = values.map((one): Values => Object.fromEntries(Object.entries(definition.table.isOwn ? one : unprefixed(one)).flatMap(([name, value]) => {
    const field = definition.byKey.get(name);
    return field?.kind === "reference" && value !== null ? [[field.id, value]] : [];
  })));
  const titles = await titlesOf(scope, definition, byId);
  return Object.assign({}, ...byId.map(titles));
}

/** Before rows of a core noun are deleted by their own module: what they claimed and referred to. */
export async function dropCustom({ tx, tenantId }: Scope, ids: readonly string[]): Promise<void> {
  await tx.rows("delete from objects.link where tenant_id = $1 and from_id = any($2::uuid[])", [tenantId, ids]);
  await tx.rows("delete from objects.unique_value where tenant_id = $1 and record_id = any($2::uuid[])", [tenantId, ids]);
}
