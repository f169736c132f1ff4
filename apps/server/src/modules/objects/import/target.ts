import { Problem, type FieldError } from "../../../kernel/problem.ts";
import { visibleStores, type Scope } from "../../../kernel/scope.ts";
import { findStore } from "../../org/index.ts";
import type { AppliedRow, CheckedRow, ImportTarget, ImportWork, OpenTarget, PlacedRow, PreparedRow, RowReason, TypedRow, UndoneRow } from "../../platform/index.ts";
import { getDefinition, listDefinitions, refuseArchived, type Definition, type Field } from "../definition.ts";
import { saveRecords, type Outcome } from "../save.ts";
import { deleteUntouched, touchedOf } from "./delete.ts";
import { digestOf, shapeOf } from "../value.ts";
import { traitsOf } from "../kind.ts";
import { columnsOf, valueFrom } from "./columns.ts";
import { holdersOf, judgeLines, plainValues, rowsOf } from "./judge.ts";

/** Records of the tenant's own objects. */
export const recordTarget: ImportTarget = {
  describe: async (scope) => (await listDefinitions(scope)).filter((one) => one.table.isOwn && !one.isArchived)
    .map((one) => ({ key: one.key, name: one.name, nameEn: one.nameEn || one.name, can: "records.write", fields: columnsOf(one) })),
  open: async (scope, work) => {
    const definition = refuseArchived(await getDefinition(scope, work.key));
    return new RecordImport(scope, definition, work);
  },
};

/** Done, or only looked at. */
interface TakingBack {
  remove: typeof deleteUntouched;
  restore: (lines: { id: string | undefined; fields: Readonly<Record<string, unknown>> }[]) => Promise<readonly { errors: FieldError[] }[]>;
}

const reasonOf = ({ field, code, message }: FieldError): RowReason => ({ column: null, field: field.replace(/^fields\./, ""), code, message, value: null });

class RecordImport implements OpenTarget {
  readonly #scope: Pick<Scope, "vault" | "zone">;
  readonly #definition: Definition;
  readonly #work: ImportWork;

  constructor(scope: Scope, definition: Definition, work: ImportWork) {
    [this.#scope, this.#definition, this.#work] = [{ vault: scope.vault, zone: scope.zone }, definition, work];
  }

  prepare(rows: readonly TypedRow[]): PreparedRow[] {
    return rows.map((row) => {
      const values = Object.fromEntries(Object.entries(row.values).map(([key, value]) => {
        const field = this.#definition.byKey.get(key);
        return [key, field ? valueFrom(this.#scope.zone, field, value) : value];
      }));
      return { ...row, values, keys: row.reasons.length > 0 ? [] : this.#unique(values).map(({ field, text }) => keyOf(this.#scope.vault.digest(text, `objects.import:${field.id}`))) };
    });
  }

  /** Values of unique fields as they are compared; what cannot be one is named by the judging. */
  #unique(values: Readonly<Record<string, unknown>>): { field: Field; text: string }[] {
    return [...this.#definition.byKey.values()].flatMap((field) => {
      const text = field.isUnique && values[field.key] !== undefined ? this.#comparable(field, values[field.key]) : undefined;
      return text === undefined ? [] : [{ field, text }];
    });
  }

  #comparable(field: Field, value: unknown): string | undefined {
    const read = shapeOf(field).safeParse(value);
    if (!read.success) return undefined;
    return traitsOf(field.kind).isSealed ? digestOf(this.#scope, field, String(read.data)) : String(read.data);
  }

  async judge(scope: Scope, rows: readonly PreparedRow[]): Promise<CheckedRow[]> {
    const definition = this.#definition;
    const known = await this.#recognise(scope, rows);
    const judged = await judgeLines(scope, definition, rows.map((row, at) => ({ id: known[at], fields: row.values })));
    const current = await rowsOf(scope, definition, known.flatMap((id) => id ?? []));
    const reach = visibleStores(scope.actor);
    const title = definition.fields.find((field) => field.id === definition.titleFieldId)?.key ?? "";
    return rows.map((row, at): CheckedRow => {
      const [id, line] = [known[at], judged[at]];
      const base = { line: row.line, title: String(row.values[title] ?? ""), ...(id ? { subjectId: id } : {}) };
      const store = id ? current.get(id)?.store_id : this.#work.mapping.storeId;
      const reasons = (line?.errors ?? []).map(reasonOf);
      if (reach && store && !reach.includes(store)) reasons.push({ column: null, field: null, code: "out-of-reach", message: "belongs to a store outside your data scope", value: null });
      const isWanted = (id === undefined ? this.#work.mapping.onNew : this.#work.mapping.onMatch) !== "skip";
      if (reasons.length > 0 && isWanted) return { ...base, verdict: "error", after: {}, reasons };
      return { ...base, ...this.#verdict(id !== undefined, line ?? { before: {}, after: {} }), reasons: [] };
    });
  }

  #verdict(isKnown: boolean, { before, after }: { before: Record<string, unknown>; after: Record<string, unknown> }): Pick<CheckedRow, "verdict" | "before" | "after"> {
    const { onMatch, onNew } = this.#work.mapping;
    if (!isKnown) return onNew === "skip" ? { verdict: "skipped", after: {} } : { verdict: "new", after };
    if (onMatch === "skip") return { verdict: "skipped", after: {} };
    const keys = Object.keys(after).filter((key) => onMatch === "update" || before[key] === null);
    const only = (values: Record<string, unknown>) => Object.fromEntries(keys.map((key) => [key, values[key]]));
    return keys.length === 0 ? { verdict: "unchanged", after: {} } : { verdict: "changed", before: only(before), after: only(after) };
  }

  async #recognise(scope: Scope, rows: readonly PreparedRow[]): Promise<(string | undefined)[]> {
    const found: (string | undefined)[] = rows.map(() => undefined);
    for (const key of this.#work.mapping.identifyBy) {
      const field = this.#definition.byKey.get(key);
      if (!field?.isUnique) continue;
      const texts = rows.map((row) => (row.values[key] === undefined ? undefined : this.#comparable(field, row.values[key])));
      const holders = await holdersOf(scope, field.id, texts.flatMap((text) => text ?? []));
      texts.forEach((text, at) => { found[at] ??= text === undefined ? undefined : holders.get(text); });
    }
    return found;
  }

  async apply(scope: Scope, rows: readonly PlacedRow[]): Promise<AppliedRow[]> {
    const current = await rowsOf(scope, this.#definition, rows.flatMap((row) => row.subjectId ?? []));
    const applied: AppliedRow[] = [];
    const fit = rows.filter((row) => {
      if (row.verdict === "new") return true;
      const now = row.subjectId ? current.get(row.subjectId) : undefined;
      const values = now && plainValues(scope, this.#definition, now);
      if (values && Object.entries(row.before ?? {}).every(([key, value]) => isSame(value, values[key]))) return true;
      applied.push({ at: row.at, outcome: "conflict", ...(row.subjectId ? { subjectId: row.subjectId } : {}), reasons: [changed] });
      return false;
    });
    const outcomes = await this.#save(scope, fit);
    fit.forEach((row, at) => {
      const saved = outcomes[at];
      if (!saved || saved.outcome === "refused") {
        applied.push({ at: row.at, outcome: saved?.errors.some((error) => error.code === "duplicate") ? "conflict" : "refused", reasons: (saved?.errors ?? []).map(reasonOf) });
      } else applied.push({ at: row.at, outcome: saved.outcome === "created" ? "created" : "updated", subjectId: saved.id, ...(row.before ? { before: row.before } : {}), after: row.after });
    });
    return applied;
  }

  /** All at once; where that is refused as a whole, as for a circle of references, each by itself. */
  async #save(scope: Scope, rows: readonly PlacedRow[]): Promise<Outcome[]> {
    const { key } = this.#definition;
    const { storeId } = this.#work.mapping;
    if (storeId && !(await findStore(scope, storeId))) return [];
    const line = (row: PlacedRow) => ({ ...(row.verdict === "changed" ? { id: row.subjectId } : { storeId }), fields: row.after });
    await scope.tx.rows("savepoint import_page", []);
    try {
      return await saveRecords(scope, key, rows.map(line));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      await scope.tx.rows("rollback to savepoint import_page", []);
    }
    const outcomes: Outcome[] = [];
    for (const row of rows) {
      await scope.tx.rows("savepoint import_row", []);
      try {
        outcomes.push(...await saveRecords(scope, key, [line(row)]));
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        await scope.tx.rows("rollback to savepoint import_row", []);
        outcomes.push({ id: "", outcome: "refused", errors: error.extra.errors ?? [{ field: "fields", code: error.code, message: error.title }] });
      }
    }
    return outcomes;
  }

  undo(scope: Scope, rows: readonly AppliedRow[]): Promise<UndoneRow[]> {
    return this.#takeBack(scope, rows, { remove: deleteUntouched, restore: (lines) => saveRecords(scope, this.#definition.key, lines) });
  }

  foresee(scope: Scope, rows: readonly AppliedRow[]): Promise<UndoneRow[]> {
    return this.#takeBack(scope, rows, { remove: touchedOf, restore: (lines) => judgeLines(scope, this.#definition, lines) });
  }

  async #takeBack(scope: Scope, rows: readonly AppliedRow[], { remove, restore }: TakingBack): Promise<UndoneRow[]> {
    const created = rows.filter((row) => row.outcome === "created");
    const stay = await remove(scope, this.#definition, created.flatMap((row) => row.subjectId ?? []));
    const undone = created.map((row): UndoneRow => {
      const why = stay.get(row.subjectId ?? "");
      return why === undefined ? { at: row.at, undo: "removed" } : { at: row.at, undo: "kept", reasons: [{ column: null, field: null, code: why, message: KEPT[why] ?? why, value: null }] };
    });
    return [...undone, ...await this.#restore(scope, rows.filter((row) => row.outcome === "updated"), restore)];
  }

  async #restore(scope: Scope, rows: readonly AppliedRow[], restore: TakingBack["restore"]): Promise<UndoneRow[]> {
    const current = await rowsOf(scope, this.#definition, rows.flatMap((row) => row.subjectId ?? []));
    const plans = rows.map((row) => {
      const now = current.get(row.subjectId ?? "");
      const values: Record<string, unknown> = now ? plainValues(scope, this.#definition, now) : {};
      const keys = Object.keys(row.after ?? {});
      return { row, keys, back: now ? keys.filter((key) => isSame(values[key], row.after?.[key])) : [] };
    });
    const fit = plans.filter((plan) => plan.back.length > 0);
    const saved = await restore(fit.map(({ row, back }) => ({ id: row.subjectId, fields: Object.fromEntries(back.map((key) => [key, row.before?.[key] ?? null])) })));
    const refusals = new Map(fit.map(({ row }, at) => [row, saved[at]?.errors ?? []]));
    return plans.map(({ row, keys, back }) => {
      const refused = refusals.get(row) ?? [];
      const isBack = back.length > 0 && refused.length === 0;
      const moved = keys.filter((key) => !back.includes(key)).map((key): RowReason => ({ column: null, field: key, code: "changed-since", message: KEPT["changed-since"] ?? "", value: null }));
      const left = [...moved, ...refused.map(reasonOf)];
      return { at: row.at, undo: isBack ? (left.length > 0 ? "partly" : "restored") : "kept", ...(left.length > 0 ? { reasons: left } : {}) };
    });
  }
}

const changed: RowReason = { column: null, field: null, code: "changed-since-check", message: "somebody changed this record since the check", value: null };
const KEPT: Readonly<Record<string, string>> = { "changed-since": "was changed since the import", "referred-to": "other records refer to it", gone: "is gone already" };

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
const keyOf = (digest: Buffer): number => digest.readUIntBE(0, 6) * 32 + ((digest[6] ?? 0) >> 3);
