import { RECORD_DELETED, type RecordDeleted } from "../../../events/objects.ts";
import { fieldProblem } from "../../../kernel/problem.ts";
import { visibleStores, type Scope } from "../../../kernel/scope.ts";
import { audit, reasonFor, rowKey, type Entries, type Entry, type FieldValues, type ImportMapping, type JudgedEntry, type PreparedRow, type Recognised, type RelatedEntries, type RowReason, type SavedEntry, type TargetField, type TypedRow } from "../../platform/index.ts";
import { listOpenStores } from "../../org/index.ts";
import type { Definition, Field } from "../definition.ts";
import { saveRecords } from "../save.ts";
import { holdersOf } from "../unique.ts";
import { comparable } from "../value.ts";
import { valueFrom } from "./columns.ts";
import { judgeNamed, ownReasonOf, plainValues, rowsOf, type LineToJudge } from "./judge.ts";
import { dropCustom } from "./noun.ts";
import type { ReferenceFinder } from "./reference.ts";
import { referredTo } from "./remaining.ts";

/** No field of an object is called so: theirs have small letters only. */
const STORE = "storeId";
export const storeColumn: TargetField = {
  key: STORE, name: "门店", nameEn: "Store", kind: "store", isRequired: false, isIdentifier: false, aliases: ["所属门店", "归属门店", "店铺", "门店编码", "门店名称", "store code", "shop"],
};

/** Which of some records a module has to do with, so that they stay when the import that made them is taken back: codes by ids. */
export type RecordHolder = (scope: Scope, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;

interface Parts {
  mapping: ImportMapping;
  finders: readonly ReferenceFinder[];
  holders: readonly RecordHolder[];
}

interface Opened extends Parts {
  definition: Definition;
  /** By id, code and name. */
  stores: ReadonlyMap<string, string>;
}

/** Rows that may refer to each other are one transaction: this many are written in a second or two. */
const RELATED_ROWS = 10_000;

/** Records of one of the tenant's own objects, as an import takes them. */
export class RecordEntries implements Entries {
  readonly #scope: Pick<Scope, "vault" | "zone">;
  readonly #at: Opened;

  private constructor(scope: Scope, at: Opened) {
    [this.#scope, this.#at] = [{ vault: scope.vault, zone: scope.zone }, at];
  }

  static async open(scope: Scope, definition: Definition, parts: Parts): Promise<RecordEntries> {
    const stores = await listOpenStores(scope);
    return new RecordEntries(scope, { definition, ...parts, stores: new Map(stores.flatMap(({ id, code, name }) => [[name, id], [code, id], [id, id]] as const)) });
  }

  /** Fields by which records refer to others of their object. */
  get #own(): Field[] {
    const { definition: { id, byKey }, mapping } = this.#at;
    return mapping.columns.flatMap(({ field: key }) => byKey.get(key) ?? []).filter((field) => field.kind === "reference" && field.targetId === id);
  }

  get relatedRows(): number | undefined {
    return this.#own.length > 0 ? RELATED_ROWS : undefined;
  }

  prepare(row: TypedRow): PreparedRow {
    const { byKey } = this.#at.definition;
    const values = Object.fromEntries(Object.entries(row.values).map(([key, value]) => {
      const field = byKey.get(key);
      return [key, field ? valueFrom(this.#scope.zone, field, value) : value];
    }));
    return { ...row, values, keys: row.reasons.length > 0 ? [] : this.#unique(values).map(({ field, text }) => rowKey(this.#scope.vault.digest(text, `objects.import:${field.id}`))) };
  }

  /** Values of unique fields as they are compared; what cannot be one is named by the judging. */
  #unique(values: FieldValues): { field: Field; text: string }[] {
    return [...this.#at.definition.byKey.values()].flatMap((field) => {
      const text = field.isUnique && values[field.key] !== undefined ? comparable(this.#scope, field, values[field.key]) : undefined;
      return text === undefined ? [] : [{ field, text }];
    });
  }

  titleOf(values: FieldValues): string {
    const { fields, titleFieldId } = this.#at.definition;
    return String(values[fields.find((field) => field.id === titleFieldId)?.key ?? ""] ?? "");
  }

  async recognise(scope: Scope, rows: readonly PreparedRow[]): Promise<Recognised[]> {
    const found = rows.map((): Recognised => ({ reasons: [] }));
    for (const key of this.#at.mapping.identifyBy) {
      const field = this.#at.definition.byKey.get(key);
      if (!field?.isUnique) continue;
      const texts = rows.map((row) => (row.values[key] === undefined ? undefined : comparable(scope, field, row.values[key])));
      const holders = await holdersOf(scope, field.id, texts.flatMap((text) => text ?? []));
      for (const [at, text] of texts.entries()) {
        const one = found[at];
        if (one && text !== undefined) one.id ??= holders.get(text);
      }
    }
    return found;
  }

  async judge(scope: Scope, entries: readonly Entry[], { others, isAll }: RelatedEntries = { others: [], isAll: true }): Promise<JudgedEntry[]> {
    const { definition, finders } = this.#at;
    const lineOf = ({ id, newId, values: { [STORE]: _store, ...fields } }: Entry): LineToJudge => ({ id, newId, fields });
    const judged = await judgeNamed(scope, definition, finders, entries.map(lineOf), others.map(lineOf));
    const own = new Set(isAll ? [] : this.#own.map((field) => field.key));
    const current = await rowsOf(scope, definition, entries.flatMap((entry) => entry.id ?? []));
    const reach = visibleStores(scope.actor);
    return entries.map(({ id, values }, at) => {
      const { before, after, reasons } = judged[at] ?? { before: {}, after: {}, reasons: [] };
      const was = current.get(id ?? "")?.store_id ?? null;
      const named = values[STORE] === undefined || values[STORE] === null ? values[STORE] : this.#at.stores.get(String(values[STORE])) ?? false;
      const wrong: RowReason[] = named === false ? [reasonFor(STORE, "unknown", String(values[STORE]))] : [];
      const touched = [id === undefined ? named ?? this.#at.mapping.storeId : was, named];
      if (reach && touched.some((store) => typeof store === "string" && !reach.includes(store))) wrong.push(reasonFor(STORE, "out-of-reach"));
      const moves = named !== undefined && named !== false && named !== was;
      return { before: moves ? { ...before, [STORE]: was } : before, after: moves ? { ...after, [STORE]: named } : after, reasons: [...reasons.map((reason) => farOf(own, reason)), ...wrong] };
    });
  }

  async values(scope: Scope, ids: readonly string[]): Promise<Map<string, FieldValues>> {
    const rows = await rowsOf(scope, this.#at.definition, ids);
    return new Map([...rows].map(([id, row]) => [id, { ...plainValues(scope, this.#at.definition, row), ...(row.store_id ? { [STORE]: row.store_id } : {}) }]));
  }

  async lock({ tx, tenantId }: Scope, ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await tx.rows("select 1 from objects.record where tenant_id = $1 and object_id = $2 and id = any($3::uuid[]) order by id for update", [tenantId, this.#at.definition.id, ids]);
  }

  async save(scope: Scope, entries: readonly Entry[]): Promise<SavedEntry[]> {
    const { definition: { key }, mapping, stores } = this.#at;
    const saved = await saveRecords(scope, key, entries.map(({ id, newId, values: { [STORE]: store, ...fields } }) => {
      const storeId = store === undefined ? (id === undefined ? mapping.storeId : undefined) : store as string | null;
      if (storeId && !stores.has(storeId)) throw fieldProblem(STORE, "unknown", "no such store");
      return { id, newId, fields, storeId };
    }));
    return saved.map(({ id, outcome, errors }) => ({ id, outcome, reasons: errors.map(ownReasonOf) }));
  }

  explain = ownReasonOf;

  async staying(scope: Scope, made: ReadonlyMap<string, string>, freed: ReadonlySet<string>): Promise<Map<string, string>> {
    const ids = [...made.keys()];
    if (ids.length === 0) return new Map();
    const rows = await scope.tx.rows<{ id: string; version: number }>("select id, version from objects.record where tenant_id = $1 and object_id = $2 and id = any($3::uuid[])", [scope.tenantId, this.#at.definition.id, ids]);
    const versions = new Map(rows.map((row) => [row.id, row.version]));
    const touched = ids.flatMap((id): [string, string][] => (versions.get(id) === 1 ? [] : [[id, versions.has(id) ? "changed-since" : "gone"]]));
    const held: (readonly [string, string])[] = [];
    for (const holder of this.#at.holders) held.push(...await holder(scope, ids));
    return referredTo(scope, ids, new Map([...held, ...touched]), freed);
  }

  async remove(scope: Scope, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const { definition } = this.#at;
    await dropCustom(scope, ids);
    await scope.tx.rows("delete from objects.record where tenant_id = $1 and id = any($2::uuid[])", [scope.tenantId, ids]);
    await scope.outbox.publishAll(scope, ids.map((id) => ({ type: RECORD_DELETED, subjectId: id, payload: { object: definition.key, recordId: id } satisfies RecordDeleted })));
    audit(scope, { action: "record.batch-delete", subjectKind: definition.key, subjectId: definition.id, after: { records: ids.length } });
  }
}

/** In a part of a file nobody can tell whether the rest of it has what is not there. */
const farOf = (own: ReadonlySet<string>, reason: RowReason): RowReason =>
  (reason.code === "unknown-record" && own.has(reason.field ?? "") ? reasonFor(reason.field, "unknown-record-in-part", reason.value) : reason);
