import { Problem } from "../../../kernel/problem.ts";
import type { Scope } from "../../../kernel/scope.ts";

/** Saves all at once; where that is refused as a whole, as for a circle of references, each by itself. */
export async function saveEach<Line, Saved>(scope: Scope, lines: readonly Line[], save: (lines: readonly Line[]) => Promise<readonly Saved[]>, refused: (line: Line, problem: Problem) => Saved): Promise<Saved[]> {
  if (lines.length === 0) return [];
  await scope.tx.rows("savepoint import_page", []);
  try {
    return [...await save(lines)];
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    await scope.tx.rows("rollback to savepoint import_page", []);
  }
  const saved: Saved[] = [];
  for (const line of lines) {
    await scope.tx.rows("savepoint import_row", []);
    try {
      saved.push(...await save([line]));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      await scope.tx.rows("rollback to savepoint import_row", []);
      saved.push(refused(line, error));
    }
  }
  return saved;
}
