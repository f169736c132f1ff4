import { notFound, problem } from "../../kernel/problem.ts";
import { newId, actorRef, type Scope } from "../../kernel/scope.ts";
import { accessBy, layoutsColumn, type Access, type Layout, type Section } from "./access.ts";
import type { Kind } from "./kind.ts";
import { nouns, tableOf, type Table } from "./table.ts";

export const objectArchived = problem("objects/archived", 409, "This object is archived; its records are kept and no longer changed");

export interface Option {
  key: string;
  name: string;
  nameEn?: string | undefined;
  color?: string | undefined;
  /** kept by those that have it, no longer chosen */
  isRetired?: boolean | undefined;
}

/** What a kind needs to know; which of them counts is the kind's matter. */
export interface Settings {
  maxLength?: number | undefined;
  min?: number | undefined;
  max?: number | undefined;
  decimals?: number | undefined;
  options?: readonly Option[] | undefined;
  isMany?: boolean | undefined;
  /** names fields by their ids */
  expression?: string | undefined;
  result?: "text" | "number" | "boolean" | undefined;
  prefix?: string | undefined;
  digits?: number | undefined;
  /** of files */
  maxMb?: number | undefined;
  onlyImages?: boolean | undefined;
}

export interface Field {
  id: string;
  objectId: string;
  key: string;
  kind: Kind;
  name: string;
  nameEn: string;
  hint: string;
  settings: Settings;
  targetId: string | null;
  isRequired: boolean;
  requiredFrom: string | null;
  isUnique: boolean;
  slot: string | null;
  isSlotReady: boolean;
  /** Its terms are written, and complete. */
  isListed: boolean;
  isListReady: boolean;
  position: number;
  isArchived: boolean;
}

export interface Rule {
  /** names fields by their ids */
  expression: string;
  message: string;
  fieldId?: string | undefined;
}

export interface Definition {
  id: string;
  key: string;
  name: string;
  nameEn: string;
  titleFieldId: string | null;
  stageFieldId: string | null;
  rules: readonly Rule[];
  isArchived: boolean;
  archiveReason: string | null;
  table: Table;
  /** In their order; the archived ones too, and those that are kept from the caller. */
  fields: readonly Field[];
  /** What the caller may do with them, and how they are laid out for them. */
  access: Access;
  sections: readonly Section[];
  /** Those in use that the caller may see, by key. */
  byKey: ReadonlyMap<string, Field>;
}

interface ObjectRow {
  id: string;
  key: string;
  name: string;
  name_en: string;
  title_field_id: string | null;
  stage_field_id: string | null;
  rules: readonly Rule[];
  archived_at: Date | null;
  archive_reason: string | null;
  layouts: readonly (Layout | null)[];
}

const COLUMNS = `o.id, o.key, o.name, o.name_en, o.title_field_id, o.stage_field_id, o.rules, o.archived_at, o.archive_reason, ${layoutsColumn("$2")}`;
const UNMADE = { id: "", title_field_id: null, stage_field_id: null, rules: [], archived_at: null, archive_reason: null, layouts: [] };

export type Lock = "none" | "values" | "definition";
/** Whoever writes values holds the definition still; whoever changes it waits for them, and lets none begin. */
const LOCKS: Record<Lock, string> = { none: "", values: "for key share", definition: "for update" };

/** An object as it is now, by key or id. A core noun exists always: nobody has given it fields yet where there is no row. */
export async function findDefinition(scope: Scope, key: string, lock: Lock = "none"): Promise<Definition | undefined> {
  const [row] = await scope.tx.rows<ObjectRow>(
    `select ${COLUMNS} from objects.object o where o.tenant_id = $1 and (o.key = $3 or o.id::text = $3) ${LOCKS[lock]}`, [scope.tenantId, staffOf(scope), key]);
  if (row) return definitionOf(scope, row, await fieldsOf(scope, [row.id]));
  const noun = nouns[key];
  return noun && definitionOf(scope, { ...noun, ...UNMADE, key }, []);
}

/** Throws `notFound`. */
export async function getDefinition(scope: Scope, key: string, lock: Lock = "none"): Promise<Definition> {
  const found = await findDefinition(scope, key, lock);
  if (!found) throw notFound({ detail: `No object ${key}` });
  return found;
}

/** For changes of the definition: a core noun gets its row, and nobody writes values meanwhile. Throws `objectArchived`. */
export async function lockDefinition(scope: Scope, key: string): Promise<Definition> {
  const noun = nouns[key];
  if (noun) {
    await scope.tx.rows(
      `insert into objects.object (tenant_id, id, key, name, name_en, created_at, created_by) values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (tenant_id, key) do nothing`, [scope.tenantId, newId(scope), key, noun.name, noun.name_en, scope.now, actorRef(scope.actor)]);
  }
  return refuseArchived(await getDefinition(scope, key, "definition"));
}

export function refuseArchived(definition: Definition): Definition {
  if (definition.isArchived) throw objectArchived(definition.archiveReason ? { detail: definition.archiveReason } : {});
  return definition;
}

export async function listDefinitions(scope: Scope): Promise<Definition[]> {
  const rows = await scope.tx.rows<ObjectRow>(
    `select ${COLUMNS} from objects.object o where o.tenant_id = $1 order by o.created_at, o.id`, [scope.tenantId, staffOf(scope)]);
  const fields = await fieldsOf(scope, rows.map((row) => row.id));
  const missing = Object.entries(nouns).filter(([key]) => !rows.some((row) => row.key === key));
  return [
    ...missing.map(([key, noun]) => definitionOf(scope, { ...noun, ...UNMADE, key }, [])),
    ...rows.map((row) => definitionOf(scope, row, fields.filter((field) => field.objectId === row.id))),
  ];
}

const staffOf = ({ actor }: Scope): string | null => (actor.kind === "staff" ? actor.staffId : null);

function definitionOf(scope: Scope, row: ObjectRow, fields: readonly Field[]): Definition {
  const access = accessBy(scope, row.layouts);
  return {
    id: row.id, key: row.key, name: row.name, nameEn: row.name_en, titleFieldId: row.title_field_id, stageFieldId: row.stage_field_id, rules: row.rules,
    isArchived: row.archived_at !== null, archiveReason: row.archive_reason, table: tableOf(row.key), fields, access, sections: row.layouts.find((layout) => layout !== null)?.sections ?? [],
    byKey: new Map(fields.filter((field) => !field.isArchived && access.get(field.id) !== "hidden").map((field) => [field.key, field])),
  };
}

async function fieldsOf(scope: Scope, objectIds: readonly string[]): Promise<Field[]> {
  if (objectIds.length === 0) return [];
  return scope.tx.rows<Field>(
    `select id, object_id as "objectId", key, kind, name, name_en as "nameEn", hint, settings, target_id as "targetId", is_required as "isRequired",
            required_from as "requiredFrom", is_unique as "isUnique", slot, is_slot_ready as "isSlotReady", is_listed as "isListed", is_list_ready as "isListReady", position, archived_at is not null as "isArchived"
       from objects.field where tenant_id = $1 and object_id = any($2::uuid[]) order by position, id`, [scope.tenantId, objectIds]);
}

/** A field in use, with its object, by its id. Throws `notFound`. */
export async function getField(scope: Scope, id: string, lock: Lock = "none"): Promise<{ definition: Definition; field: Field }> {
  const [row] = await scope.tx.rows<{ object_id: string }>("select object_id from objects.field where tenant_id = $1 and id = $2", [scope.tenantId, id]);
  const definition = row && await findDefinition(scope, row.object_id, lock);
  const field = definition?.fields.find((one) => one.id === id);
  if (!definition || !field) throw notFound({ detail: `No field ${id}` });
  return { definition, field };
}

/** The options that may be chosen, or are only kept. */
export const optionsOf = (field: Field): readonly Option[] => field.settings.options ?? [];
