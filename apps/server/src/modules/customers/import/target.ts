import { CustomImport, customColumns, referenceTitles, type ReferenceFinder } from "../../objects/index.ts";
import type { ImportTarget } from "../../platform/index.ts";
import { applyRows } from "./apply.ts";
import { memberFields } from "./fields.ts";
import { judgeNewcomers } from "./judge.ts";
import { newcomerOf, surroundingsOf, type Newcomer } from "./newcomer.ts";
import { foreseeUndo, undoRows, type Traces } from "./undo.ts";

/** Members. `traces`: where other modules note what happened to one, so that whoever has been somebody's guest is not taken back. */
export const memberTarget = (traces: Traces, finders: readonly ReferenceFinder[]): ImportTarget => ({
  describe: async (scope) => [{ key: "member", name: "会员", nameEn: "Member", can: "members.write", fields: [...memberFields, ...await customColumns(scope, "member")] }],
  open: async (scope, work) => {
    const around = await surroundingsOf(scope, work);
    const custom = await CustomImport.open(scope, "member", work.mapping.columns.map((column) => column.field), finders);
    return {
      prepare: (row) => newcomerOf(around, row),
      // What `prepare` made comes back as it was.
      judge: (within, rows) => judgeNewcomers(within, around, custom, rows as readonly Newcomer[]),
      apply: (within, rows) => applyRows(within, around, custom, rows),
      undo: (within, rows) => undoRows(within, { around, custom, traces }, rows),
      foresee: (within, rows) => foreseeUndo(within, { around, custom, traces }, rows),
    };
  },
  titles: referenceTitles,
});
