import type { Scope } from "../../../kernel/scope.ts";
import type { CellKind, Mapping, OutcomeKind, RowReason, UndoKind, Verdict } from "./import.schema.ts";

/** A field of a target, and how its column is recognised. */
export interface TargetField {
  key: string;
  name: string;
  nameEn: string;
  kind: CellKind;
  isRequired: boolean;
  isIdentifier: boolean;
  /** Other headers that people write over such a column. */
  aliases?: readonly string[];
  /** What may stand in it, by key; cells say the key or either name. */
  options?: readonly { key: string; name: string; nameEn?: string | undefined }[];
  /** Shown masked in previews. */
  isPersonal?: boolean;
  /** Its cells name rows of something. */
  isReference?: boolean;
  /** Kept from the caller, who writes the others. */
  access?: "read" | "hidden";
}

export interface TargetDescription {
  key: string;
  name: string;
  nameEn: string;
  /** Who may write it by hand. */
  can: string;
  fields: readonly TargetField[];
}

export type FieldValues = Readonly<Record<string, unknown>>;

/** A row of the file, its cells read as what their fields are. Empty cells are left out. */
export interface TypedRow {
  line: number;
  values: FieldValues;
  reasons: RowReason[];
  /** Kept for the error file where a row is refused. */
  cells: readonly string[];
}

/** The same with what the target knows without asking the database. */
export interface PreparedRow extends TypedRow {
  /** What identifies it, hashed: 53 bits. */
  keys: readonly number[];
}

/** What the check found, and what applying goes by. */
export interface CheckedRow {
  line: number;
  verdict: Verdict;
  title: string;
  subjectId?: string | undefined;
  /** Fields that would change, as they are and as they would be; for a new row all that it brings. */
  before?: FieldValues;
  after: FieldValues;
  reasons: RowReason[];
  cells?: readonly string[];
  /** What the target worked out for its row and would have to work out again to apply it; never shown. */
  kept?: readonly string[];
  /** Under which a new row will be made, where other rows of its page refer to it. */
  newId?: string;
}

/** With its place in its page. */
export type PlacedRow = CheckedRow & { at: number };

/** What applying did to a row: what undoing goes by. */
export interface AppliedRow {
  at: number;
  outcome: OutcomeKind;
  subjectId?: string | undefined;
  before?: FieldValues;
  after?: FieldValues;
  reasons?: RowReason[];
}

export interface UndoneRow {
  at: number;
  undo: UndoKind;
  reasons?: RowReason[];
}

/** What stays the same for all rows of a run. */
export interface ImportWork {
  runId: string;
  key: string;
  mapping: Mapping;
}

/** A target in the middle of a run, with what it looked up once. */
export interface OpenTarget {
  /** Everything that needs no database: it runs while the database works on the page before. */
  prepare(row: TypedRow): PreparedRow;
  /** Its rows may refer to each other: they are judged and written this many at a time, in one page. */
  readonly relatedRows?: number | undefined;
  /** `others` of the page are refused already; rows may refer to them. `isAll`: the page is the whole file. */
  judge(scope: Scope, rows: readonly PreparedRow[], page: { others: readonly PreparedRow[]; isAll: boolean }): Promise<CheckedRow[]>;
  /** Writes new and changed rows as they were checked; what is another way since is a conflict. */
  apply(scope: Scope, rows: readonly PlacedRow[]): Promise<AppliedRow[]>;
  undo(scope: Scope, rows: readonly AppliedRow[]): Promise<UndoneRow[]>;
  /** What undoing would do as things are now; nothing is written. */
  foresee(scope: Scope, rows: readonly AppliedRow[]): Promise<UndoneRow[]>;
}

/** Something that files can be imported into. `app.ts` lists them, so that a module joins without this one knowing it. */
export interface ImportTarget {
  describe(scope: Scope): Promise<readonly TargetDescription[]>;
  open(scope: Scope, work: ImportWork): Promise<OpenTarget>;
  /** What those are called whom such values refer to, by their ids. */
  titles(scope: Scope, key: string, values: readonly FieldValues[]): Promise<Readonly<Record<string, string>>>;
}
