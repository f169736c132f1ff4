import { z } from "zod";
import type { Cell, Exporter, Language, SheetColumn } from "../../kernel/exporter.ts";
import { fieldProblem } from "../../kernel/problem.ts";
import { visibleStores, type Scope } from "../../kernel/scope.ts";
import { storesById } from "../org/index.ts";
import { findDefinition, getDefinition, optionsOf, type Definition, type Field } from "./definition.ts";
import { traitsOf } from "./kind.ts";
import { listRecords } from "./record.view.ts";
import { recordsQuery, type RecordView } from "./record.schema.ts";
import { listViews } from "./saved-view.ts";
import { named } from "./table.ts";
import { plainOf, type Values } from "./value.ts";

interface Held {
  values: Readonly<Record<string, unknown>>;
  references: Readonly<Record<string, string>>;
}

interface Place {
  lng: number;
  lat: number;
  address?: string;
}

/** A value as people read it, whatever its kind: what a cell of a file holds. */
function cellOf(field: Field, { values, references }: Held, language: Language): Cell {
  const value = values[field.key];
  if (value === null || value === undefined) return null;
  const optionName = (key: unknown): string => {
    const option = optionsOf(field).find((one) => one.key === key);
    return (language === "en" && option?.nameEn ? option.nameEn : option?.name) ?? String(key);
  };
  const separator = language === "en" ? ", " : "、";
  switch (field.kind) {
    case "money": return { fen: Number(value) };
    case "number": return Number(value);
    case "time": return { at: String(value) };
    case "boolean": return value === true;
    case "choice": return optionName(value);
    case "choices": return (value as unknown[]).map(optionName).join(separator);
    case "reference": return [value].flat().map((id) => references[String(id)] || String(id)).join(separator);
    case "location": return placeText(value as Place);
    case "file": return (value as { url: string }[]).map((one) => one.url).join("\n");
    case "formula": return typeof value === "number" || typeof value === "boolean" ? value : String(value);
    default: return String(value);
  }
}

const placeText = ({ lng, lat, address }: Place): string => (address ? `${address} (${lat}, ${lng})` : `${lat}, ${lng}`);

const columnsOf = <Item>(definition: Definition, prefix: string, heldOf: (item: Item) => Held): SheetColumn<Item>[] => [...definition.byKey.values()].map((field) => ({
  key: prefix + field.key, zh: field.name, en: field.nameEn || field.name, cell: (item, language) => cellOf(field, heldOf(item), language),
}));

/** What the lists mask of some rows, in full, by the key of the column; those of stores that the caller does not reach are left out. */
async function wholeOf(scope: Scope, definition: Definition, ids: readonly string[], prefix: string): Promise<ReadonlyMap<string, Record<string, string>>> {
  const sealed = [...definition.byKey.values()].filter((field) => traitsOf(field.kind).isSealed);
  if (sealed.length === 0 || ids.length === 0) return new Map();
  const { table } = definition;
  const rows = await scope.tx.rows<{ id: string; named: string; ext: Values }>(
    `select r.id, r.${table.key} as named, r.ext from ${table.name} r where r.tenant_id = $1 and ${named(table, "$2")}
        and ${table.store ? `($3::uuid[] is null or r.${table.store} is null or r.${table.store} = any($3))` : "($3::uuid[] is null or true)"}`, [scope.tenantId, ids, visibleStores(scope.actor)]);
  return new Map(rows.map(({ id, named: name, ext }) => [name, Object.fromEntries(sealed.flatMap((field): [string, string][] => {
    const plain = plainOf(scope, field, ext[field.id], id);
    return plain === undefined ? [] : [[prefix + field.key, String(plain)]];
  }))]));
}

export interface CustomSheet<Item> {
  columns: SheetColumn<Item>[];
  whole(scope: Scope, ids: readonly string[]): Promise<ReadonlyMap<string, Record<string, string>>>;
}

interface WithCustom {
  custom?: Record<string, unknown> | undefined;
  customReferences?: Record<string, string> | undefined;
}

const PREFIX = "custom.";

/** The own fields of a core noun as columns beside its own. */
export async function customSheet<Item extends WithCustom>(scope: Scope, key: string): Promise<CustomSheet<Item>> {
  const definition = await findDefinition(scope, key);
  if (!definition) return { columns: [], whole: async () => new Map() };
  return {
    columns: columnsOf<Item>(definition, PREFIX, (item) => ({ values: item.custom ?? {}, references: item.customReferences ?? {} })),
    whole: (at, ids) => wholeOf(at, definition, ids, PREFIX),
  };
}

const query = recordsQuery.omit({ limit: true, cursor: true }).extend({
  object: z.string().max(40),
  /** a saved view: its columns, where it names any */
  view: z.string().max(40).optional(),
});

/** Records of an own object: as the list shows them, or as a saved view does. */
export const recordExporter: Exporter<z.output<typeof query>> = {
  kind: "records", zh: "业务记录", en: "Records", can: "records.read", query,
  open: async (scope, { object, view, ...asked }) => {
    const definition = await getDefinition(scope, object);
    if (!definition.table.isOwn) throw fieldProblem("query.object", "not-here", "has a list of its own");
    const stores = await storesById(scope);
    const all: SheetColumn<RecordView>[] = [
      ...columnsOf<RecordView>(definition, "", (record) => ({ values: record.fields, references: record.references })),
      { key: "store$", zh: "门店", en: "Store", cell: (record) => stores.get(record.storeId ?? "")?.name },
      { key: "created$", zh: "创建时间", en: "Created", cell: (record) => ({ at: record.createdAt }) },
      { key: "id$", zh: "记录编号", en: "Record id", cell: (record) => record.id },
    ];
    return {
      columns: all, shown: view ? (await listViews(scope, object)).find((one) => one.id === view)?.columns : undefined,
      page: (at, page) => listRecords(at, object, { ...asked, ...page }),
      whole: async (at, records: readonly RecordView[]) => {
        const found = await wholeOf(at, definition, records.map((record) => record.id), "");
        return records.map((record) => found.get(record.id) ?? {});
      },
    };
  },
};
