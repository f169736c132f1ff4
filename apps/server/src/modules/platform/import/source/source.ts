import { problem } from "../../../../kernel/problem.ts";
import type { InScope } from "../../file.ts";

export const unreadableFile = problem("platform/import-unreadable", 422, "This file cannot be read");

/** Excel's own limit: what is longer is no value of a field. */
export const MAX_CELL = 32_767;

/** A row as the file has it. Lines count rows as a spreadsheet does, the header being 1; a quoted line break is no new line. */
export interface SourceRow {
  line: number;
  cells: string[];
  /** Why nothing can be made of it: "unreadable" ends the file. */
  fault?: "unreadable" | "too-large";
}

export interface SourceFile {
  id: string;
  sizeBytes: number;
  inScope: InScope;
}

/** Rows with how many bytes of the file they took so far, as near as that is known. */
export interface Source {
  rows: AsyncIterable<SourceRow>;
  bytesRead(): number;
}
