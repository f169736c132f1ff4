import type { ImportTarget } from "../../platform/index.ts";
import { EntryTarget } from "../../platform/index.ts";
import { getDefinition, listDefinitions, refuseArchived } from "../definition.ts";
import { columnsOf } from "./columns.ts";
import { RecordEntries, storeColumn, type RecordHolder } from "./entries.ts";
import { referenceTitles } from "./noun.ts";
import type { ReferenceFinder } from "./reference.ts";

/** Records of the tenant's own objects. `holders` say which of them other modules have a hold on. */
export const recordTarget = (finders: readonly ReferenceFinder[], holders: readonly RecordHolder[]): ImportTarget => ({
  describe: async (scope) => (await listDefinitions(scope)).filter((one) => one.table.isOwn && !one.isArchived)
    .map((one) => ({ key: one.key, name: one.name, nameEn: one.nameEn || one.name, can: "records.write", fields: [storeColumn, ...columnsOf(one)] })),
  open: async (scope, work) => new EntryTarget(await RecordEntries.open(scope, refuseArchived(await getDefinition(scope, work.key)), { mapping: work.mapping, finders, holders }), work),
  titles: referenceTitles,
});
