import type { Database } from "../../kernel/db/database.ts";
import type { Approvals } from "../../kernel/approval.ts";
import type { Route } from "../../kernel/http/route.ts";
import { definitionRoutes, designRoutes, documentRoutes } from "./console.routes.ts";
import { attachmentRoutes } from "./attachment.routes.ts";
import { packRoutes } from "./pack/pack.routes.ts";
import { recordRoutes, revealRoute, viewRoutes } from "./record.routes.ts";

export { schedules, tasks } from "./fill.ts";
export { hiddenKeys } from "./layout.ts";
export { customFilter, customOf, customWhere, type Custom } from "./noun.ts";
export { CustomImport, customColumns, dropCustom } from "./import/noun.ts";
export { recordTarget } from "./import/target.ts";
export { filterText, values as customValues } from "./record.schema.ts";
export { mergeCustom, partCustom, previewCustom, type CustomChoices, type KeptCustom } from "./merge.ts";
export { applyPack } from "./pack/apply.ts";
export { packApproval } from "./pack/pack.approval.ts";
export type { Step } from "./pack/pack.schema.ts";
export { rollBackPack } from "./pack/rollback.ts";
export { listRuns, planFile } from "./pack/run.view.ts";
export { shippedPacks } from "./pack/shipped.ts";
export { forgetTelling, privacyStep } from "./privacy.ts";
export { recordSubject } from "./comment-subject.ts";
export { customSheet, recordExporter } from "./exporter.ts";
export { recordSearcher } from "./searcher.ts";
export { saveRecord, saveRecords } from "./save.ts";

export const consoleRoutes = (parts: { approvals: Approvals; database: Database }): Route[] => [...packRoutes(parts), ...attachmentRoutes(parts), ...definitionRoutes({ read: "signed-in" }), ...documentRoutes({ read: "objects.manage" }), ...designRoutes(), ...recordRoutes({ read: "records.read", write: "records.write" }), revealRoute(), ...viewRoutes()];
export const openRoutes = (): Route[] => [...definitionRoutes({ read: "records:read" }), ...documentRoutes({ read: "records:read" }), ...recordRoutes({ read: "records:read", write: "records:write" })];
