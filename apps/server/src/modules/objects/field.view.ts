import type { z } from "zod";
import type { Scope } from "../../kernel/scope.ts";
import type { Definition, Field } from "./definition.ts";
import { shownExpression } from "./formula.ts";
import { isOnlyListed, isSortable, traitsOf } from "./kind.ts";
import type { fieldView, objectView } from "./object.schema.ts";
import { nouns } from "./table.ts";

/** Whether any record has a value in a field. */
export async function fieldUses(scope: Scope, { id, table }: Definition, fieldId: string): Promise<boolean> {
  const rows = await scope.tx.rows(
    `select 1 from ${table.name} r where r.tenant_id = $1 and ${table.isOwn ? "r.object_id = $2" : "$2::uuid is not null"} and r.ext ? $3::text limit 1`, [scope.tenantId, id, fieldId]);
  return rows.length > 0;
}

interface FillRow {
  field_id: string;
  purpose: "slot" | "unique" | "terms";
  state: "running" | "failed";
  looked: number;
  failure: { duplicates?: string[] } | null;
}

/** Definitions as designers and lists need them: by keys, with what is going on in them. */
export async function viewDefinitions(scope: Scope, definitions: readonly Definition[]): Promise<z.input<typeof objectView>[]> {
  const fills = await scope.tx.rows<FillRow>(
    `select distinct on (field_id, purpose) field_id, purpose, state, looked, failure from objects.fill
      where tenant_id = $1 order by field_id, purpose, created_at desc, id desc`, [scope.tenantId]);
  const keys = new Map(definitions.map((one) => [one.id, one.key]));
  const open = Map.groupBy(fills.filter((fill) => fill.state === "running" || fill.state === "failed"), (fill) => fill.field_id);
  return definitions.map((definition) => {
    const fields = definition.fields.filter((field) => definition.access.get(field.id) !== "hidden");
    const keyOf = (id: string | null | undefined) => fields.find((field) => field.id === id)?.key ?? null;
    const isKept = (expression: string) => definition.fields.some((field) => !fields.includes(field) && expression.includes(field.id));
    return {
      key: definition.key, name: definition.name, nameEn: definition.nameEn, isBuiltIn: nouns[definition.key] !== undefined, isArchived: definition.isArchived, archiveReason: definition.archiveReason,
      titleField: keyOf(definition.titleFieldId), stageField: keyOf(definition.stageFieldId),
      sections: definition.sections.map(({ name, nameEn, fieldIds }) => ({ name, nameEn, fields: fieldIds.flatMap((id) => keyOf(id) ?? []) })),
      rules: definition.rules.filter((rule) => !isKept(rule.expression)).map(({ expression, message, fieldId }) => {
        const field = keyOf(fieldId);
        return { expression: shownExpression(expression, definition.fields), message, ...(field ? { field } : {}) };
      }),
      fields: fields.map((field) => viewField(field, definition, keys, open.get(field.id) ?? [])),
    };
  });
}

function viewField(field: Field, definition: Definition, keys: ReadonlyMap<string, string>, fills: readonly FillRow[]): z.input<typeof fieldView> {
  const { expression, options, ...settings } = field.settings;
  const target = field.targetId ? keys.get(field.targetId) : undefined;
  const { slot, ops = [], termOps = [] } = traitsOf(field.kind);
  const isListedOnly = isOnlyListed(field.kind);
  const [isPromoted, isReady] = isListedOnly ? [field.isListed, field.isListReady] : [field.slot !== null, field.isSlotReady];
  const filterable = (slot === undefined && !isListedOnly) || field.settings.isMany ? "never" : !isPromoted ? "no" : isReady ? "yes" : "filling";
  return {
    id: field.id, key: field.key, kind: field.kind, name: field.name, nameEn: field.nameEn, hint: field.hint, isRequired: field.isRequired, requiredFrom: field.requiredFrom,
    access: definition.access.get(field.id) === "read" ? "read" : "write", isUnique: field.isUnique, isSearchable: field.isListed && !isListedOnly, isArchived: field.isArchived, filterable, isSortable: filterable === "yes" && isSortable(field.kind), operators: [...(filterable === "yes" ? ops : []), ...(field.isListReady ? termOps : [])],
    settings: { ...settings, ...(options ? { options: [...options] } : {}), ...(target ? { target } : {}), ...(expression && !definition.fields.some((other) => definition.access.get(other.id) === "hidden" && expression.includes(other.id)) ? { expression: shownExpression(expression, definition.fields) } : {}) },
    fills: Object.fromEntries(fills.map((fill) => [fill.purpose, { state: fill.state, looked: fill.looked, duplicates: fill.failure?.duplicates ?? [] }])),
  };
}
