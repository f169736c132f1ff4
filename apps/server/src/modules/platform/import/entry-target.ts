import type { FieldError } from "../../../kernel/problem.ts";
import { newId, type Scope } from "../../../kernel/scope.ts";
import { saveEach } from "./each.ts";
import type { RowReason } from "./import.schema.ts";
import { reasonFor } from "./reason.ts";
import { idsIn, linkOf, parentsFirst, refuseOrphans } from "./related.ts";
import type { AppliedRow, CheckedRow, FieldValues, ImportWork, OpenTarget, PlacedRow, PreparedRow, TypedRow, UndoneRow } from "./target.ts";

/** Values by field, of one that is there or of one to be made. */
export interface Entry {
  id: string | undefined;
  values: FieldValues;
  /** Under which one is made that others refer to already. */
  newId?: string | undefined;
}

/** Where entries may refer to each other: those that are refused already, and whether there are no more than these. */
export interface RelatedEntries {
  others: readonly Entry[];
  isAll: boolean;
}

/** Which entry a row is of those that are there, or why nobody can tell. */
export interface Recognised {
  id?: string | undefined;
  reasons: readonly RowReason[];
}

/** Of what would change as it is and as it would be, with everything that is wrong with it. */
export interface JudgedEntry {
  before: FieldValues;
  after: FieldValues;
  reasons: readonly RowReason[];
}

export interface SavedEntry {
  id: string;
  outcome: "created" | "changed" | "unchanged" | "refused";
  reasons: readonly RowReason[];
}

/** What a module knows of its own rows. What an import makes of that is the same for all of them. */
export interface Entries {
  /** So many of them are judged and written at once, because they may refer to each other. */
  readonly relatedRows?: number | undefined;
  prepare(row: TypedRow): PreparedRow;
  titleOf(values: FieldValues): string;
  recognise(scope: Scope, rows: readonly PreparedRow[]): Promise<readonly Recognised[]>;
  /** The same checks as saving makes, and what was called by name is looked up; nothing is written. */
  judge(scope: Scope, entries: readonly Entry[], related?: RelatedEntries): Promise<readonly JudgedEntry[]>;
  values(scope: Scope, ids: readonly string[]): Promise<ReadonlyMap<string, FieldValues>>;
  lock(scope: Scope, ids: readonly string[]): Promise<void>;
  /** Writes each by itself, or throws a Problem for all of them; `null` empties. */
  save(scope: Scope, entries: readonly Entry[]): Promise<readonly SavedEntry[]>;
  /** What such a Problem names, by the fields of the target. */
  explain(error: FieldError): RowReason;
  /** Of those that an import made, by id with the moment, the ones that have to stay, and the code why. `freed`: links that are still there and will be gone. */
  staying(scope: Scope, made: ReadonlyMap<string, string>, freed: ReadonlySet<string>): Promise<ReadonlyMap<string, string>>;
  remove(scope: Scope, ids: readonly string[]): Promise<void>;
}

/** 53 bits of what identifies a row, to find it again further down the file. */
export const rowKey = (digest: Buffer): number => digest.readUIntBE(0, 6) * 32 + ((digest[6] ?? 0) >> 3);
const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

const changed = reasonFor(null, "changed-since-check");

/** An import into anything that is values by field under an id. */
export class EntryTarget implements OpenTarget {
  readonly #entries: Entries;
  readonly #work: ImportWork;

  constructor(entries: Entries, work: ImportWork) {
    [this.#entries, this.#work] = [entries, work];
  }

  get relatedRows(): number | undefined {
    return this.#entries.relatedRows;
  }

  prepare(row: TypedRow): PreparedRow {
    return this.#entries.prepare(row);
  }

  async judge(scope: Scope, rows: readonly PreparedRow[], { others, isAll }: { others: readonly PreparedRow[]; isAll: boolean }): Promise<CheckedRow[]> {
    const recognised = await this.#entries.recognise(scope, rows);
    const known = rows.map(({ values }, at): Entry => ({ id: recognised[at]?.id, values }));
    if (this.relatedRows === undefined) return this.#verdicts(rows, recognised, await this.#entries.judge(scope, known));
    const promised = (entry: Entry): Entry => (entry.id === undefined ? { ...entry, newId: newId<"record">(scope) } : entry);
    const [entries, refused] = [known.map(promised), others.map(({ values }) => promised({ id: undefined, values }))];
    const checked = this.#verdicts(rows, recognised, await this.#entries.judge(scope, entries, { others: refused, isAll }))
      .map((row, at): CheckedRow => (row.verdict === "new" ? { ...row, newId: entries[at]?.newId ?? "" } : row));
    const placeOf = (entry: Entry | undefined, line: number, title: string) => (entry?.newId ? [[entry.newId, { line, title }] as const] : []);
    return refuseOrphans(checked, new Map([
      ...others.flatMap((row, at) => placeOf(refused[at], row.line, this.#titleOf(row))), ...checked.flatMap((row, at) => (row.verdict === "new" ? [] : placeOf(entries[at], row.line, row.title))),
    ]));
  }

  #titleOf({ values }: PreparedRow): string {
    return this.#entries.titleOf(values).slice(0, 200);
  }

  #verdicts(rows: readonly PreparedRow[], recognised: readonly Recognised[], judged: readonly JudgedEntry[]): CheckedRow[] {
    const { onNew, onMatch } = this.#work.mapping;
    return rows.map((row, at): CheckedRow => {
      const { id, reasons: unclear = [] } = recognised[at] ?? {};
      const { before, after, reasons: wrong } = judged[at] ?? { before: {}, after: {}, reasons: [] };
      const base = { line: row.line, title: this.#titleOf(row), ...(id === undefined ? {} : { subjectId: id }) };
      if ((id === undefined ? onNew : onMatch) === "skip") return { ...base, verdict: "skipped", after: {}, reasons: [] };
      const reasons = [...unclear, ...wrong];
      if (reasons.length > 0) return { ...base, verdict: "error", after: {}, reasons };
      if (id === undefined) return { ...base, verdict: "new", after, reasons };
      const keys = Object.keys(after).filter((key) => onMatch === "update" || before[key] === null);
      return keys.length === 0 ? { ...base, verdict: "unchanged", after: {}, reasons } : { ...base, verdict: "changed", before: only(before, keys), after: only(after, keys), reasons };
    });
  }

  async apply(scope: Scope, rows: readonly PlacedRow[]): Promise<AppliedRow[]> {
    const ids = rows.flatMap((row) => row.subjectId ?? []);
    await this.#entries.lock(scope, ids);
    const current = await this.#entries.values(scope, ids);
    const isAsChecked = ({ verdict, subjectId, before }: PlacedRow): boolean => {
      const now = current.get(subjectId ?? "");
      return verdict === "new" || (now !== undefined && Object.entries(before ?? {}).every(([key, value]) => isSame(value, now[key])));
    };
    const [fit, moved] = [parentsFirst(rows.filter(isAsChecked)), rows.filter((row) => !isAsChecked(row))];
    const saved = await this.#save(scope, fit.map(({ verdict, subjectId, after, newId: id }) => ({ id: verdict === "new" ? undefined : subjectId, values: after, newId: id })));
    return [
      ...moved.map(({ at, subjectId }): AppliedRow => ({ at, outcome: "conflict", subjectId, reasons: [changed] })),
      ...fit.map((row, at) => appliedAs(row, saved[at], scope.now)),
    ];
  }

  #save(scope: Scope, entries: readonly Entry[]): Promise<SavedEntry[]> {
    return saveEach(scope, entries, (some) => this.#entries.save(scope, some), (_entry, { code, title, extra }): SavedEntry =>
      ({ id: "", outcome: "refused", reasons: extra.errors?.map((one) => this.#entries.explain(one)) ?? [reasonFor(null, code, null, title)] }));
  }

  async undo(scope: Scope, rows: readonly AppliedRow[]): Promise<UndoneRow[]> {
    await this.#entries.lock(scope, rows.flatMap((row) => row.subjectId ?? []));
    const gone = await this.#takeBack(scope, rows, (entries) => this.#save(scope, entries));
    await this.#entries.remove(scope, rows.filter((row, at) => row.outcome === "created" && gone[at]?.undo === "removed").flatMap((row) => row.subjectId ?? []));
    return gone;
  }

  foresee(scope: Scope, rows: readonly AppliedRow[]): Promise<UndoneRow[]> {
    return this.#takeBack(scope, rows, (entries) => this.#entries.judge(scope, entries), freedBy);
  }

  /** Updates first: what they no longer refer to may go. */
  async #takeBack(scope: Scope, rows: readonly AppliedRow[], restore: (entries: readonly Entry[]) => Promise<readonly { reasons: readonly RowReason[] }[]>, freed = (_restored: ReadonlyMap<AppliedRow, UndoneRow>): string[] => []): Promise<UndoneRow[]> {
    const restored = await this.#restore(scope, rows.filter((row) => row.outcome === "updated"), restore);
    const made = rows.filter((row) => row.outcome === "created");
    const staying = await this.#entries.staying(scope, new Map(made.map((row) => [row.subjectId ?? "", String(row.after?.["stamp"])])), new Set(freed(restored)));
    return rows.map((row): UndoneRow => {
      const why = staying.get(row.subjectId ?? "");
      return restored.get(row) ?? { at: row.at, ...(why === undefined ? { undo: "removed" } : { undo: "kept", reasons: [reasonFor(null, why)] }) };
    });
  }

  /** Field by field what is still as the import wrote it. */
  async #restore(scope: Scope, rows: readonly AppliedRow[], restore: (entries: readonly Entry[]) => Promise<readonly { reasons: readonly RowReason[] }[]>): Promise<Map<AppliedRow, UndoneRow>> {
    const current = await this.#entries.values(scope, rows.flatMap((row) => row.subjectId ?? []));
    const plans = rows.map((row) => {
      const [now, keys] = [current.get(row.subjectId ?? ""), Object.keys(row.after ?? {})];
      return { row, keys, back: now ? keys.filter((key) => isSame(now[key], row.after?.[key])) : [] };
    });
    const fit = plans.filter((plan) => plan.back.length > 0);
    const saved = fit.length === 0 ? [] : await restore(fit.map(({ row, back }) => ({ id: row.subjectId, values: Object.fromEntries(back.map((key) => [key, row.before?.[key] ?? null])) })));
    const refusals = new Map(fit.map(({ row }, at) => [row, saved[at]?.reasons ?? []]));
    return new Map(plans.map(({ row, keys, back }): [AppliedRow, UndoneRow] => {
      const refused = refusals.get(row) ?? [];
      const left = [...keys.filter((key) => !back.includes(key)).map((key) => reasonFor(key, "changed-since")), ...refused];
      const isBack = back.length > 0 && refused.length === 0;
      return [row, { at: row.at, undo: isBack ? (left.length > 0 ? "partly" : "restored") : "kept", ...(left.length > 0 ? { reasons: left } : {}) }];
    }));
  }
}

/** What rows will no longer refer to once their fields are as they were. */
const freedBy = (restored: ReadonlyMap<AppliedRow, UndoneRow>): string[] => [...restored].flatMap(([{ subjectId = "", after = {} }, { undo, reasons = [] }]) =>
  (undo === "kept" ? [] : idsIn(after).filter(([key]) => !reasons.some((reason) => reason.field === key)).map(([, id]) => linkOf(subjectId, id))));

const only = (values: FieldValues, keys: readonly string[]): FieldValues => Object.fromEntries(keys.map((key) => [key, values[key]]));

function appliedAs(row: PlacedRow, saved: SavedEntry | undefined, now: Date): AppliedRow {
  if (!saved || saved.outcome === "refused") {
    const reasons = [...saved?.reasons ?? []];
    return { at: row.at, outcome: reasons.some(({ code }) => code === "duplicate") ? "conflict" : "refused", reasons };
  }
  if (saved.outcome === "created") return { at: row.at, outcome: "created", subjectId: saved.id, after: { stamp: now.toISOString() } };
  return { at: row.at, outcome: "updated", subjectId: saved.id, ...(row.before ? { before: row.before } : {}), after: row.after };
}
