import { approvalWaiting, type Approvals } from "../../../kernel/approval.ts";
import type { Database } from "../../../kernel/db/database.ts";
import { Accepted, directRoute, route, type Route } from "../../../kernel/http/route.ts";
import { sendFile } from "../../../kernel/http/file.ts";
import { idParams, pageQuery } from "../../../kernel/http/wire.ts";
import { chunkParams, chunksView, errorFileQuery, mappingWish, newRun, readWish, rowPage, rowsQuery, runPage, runView, savedMappings, savedQuery, targetList, templateParams, templateQuery, undoPreview } from "./import.schema.ts";
import { CHUNK_BYTES, chunksOf } from "../file.ts";
import { applyOrAsk } from "./import.approval.ts";
import { sendErrors } from "./error-file.ts";
import { getRun } from "./run.row.ts";
import { cancelImport, checkImport, importChunks, mapImport, putImportChunk, readImport, startImport, undoImport } from "./run.ts";
import { getImport, listImports } from "./run.view.ts";
import { listRows } from "./rows.view.ts";
import { dropMapping, listMappings } from "./saved-mapping.ts";
import { previewUndo } from "./undo-preview.ts";
import type { ImportTarget } from "./target.ts";
import { importTemplate } from "./template.ts";
import { describeTargets, visible } from "./targets.ts";
import { may } from "../../../kernel/scope.ts";

const can = "imports.manage";

export function importRoutes({ database, approvals }: { database: Database; approvals: Approvals }, targets: readonly ImportTarget[]): Route[] {
  return [...fileRoutes(targets), templateRoute(database, targets), applyRoute(targets, approvals), ...runRoutes(targets), ...mappingRoutes, directRoute({
    method: "GET", path: "/imports/{id}/error-file", can, summary: "The rows that were not taken, as CSV: the file's own columns, the line, the reason", params: idParams, query: errorFileQuery,
    handle: (caller, { params, query: { language, ...filter } }, { reply }) => sendErrors(database, caller, { targets, runId: params.id, filter, language, reply }),
  })];
}

const fileRoutes = (targets: readonly ImportTarget[]): Route[] => [
  route({
    method: "GET", path: "/import-targets", can, summary: "What files can be imported into, and what their fields are", reply: targetList,
    run: async (scope) => ({ items: (await describeTargets(scope, targets)).filter((one) => may(scope.actor, one.can)).map(({ can: _right, ...one }) => ({ ...one, fields: visible(one.fields).map(({ key, name, nameEn, kind, isRequired, isIdentifier, access }) => ({ key, name, nameEn, kind, isRequired, isIdentifier, isReadOnly: access !== undefined })) })) }),
  }),
  route({
    method: "POST", path: "/imports", can, summary: "Begin an import; the file follows in pieces", status: 201, body: newRun, reply: runView,
    run: async (scope, { body }) => getImport(scope, targets, await startImport(scope, targets, body)),
  }),
  route({
    method: "PUT", path: "/imports/{id}/chunks/{no}", can, summary: "One piece of the file, as application/octet-stream: all of 1 MiB but the last, in any order; a piece may be sent again", params: chunkParams,
    run: (scope, { params }, { request }) => putImportChunk(scope, params.id, params.no, request.rawBody ?? Buffer.alloc(0)),
  }),
  route({
    method: "GET", path: "/imports/{id}/chunks", can, summary: "Which pieces have not come yet: an upload that broke off goes on with those", params: idParams, reply: chunksView,
    run: async (scope, { params }) => ({ total: chunksOf((await getRun(scope, params.id)).size_bytes), bytes: CHUNK_BYTES, missing: await importChunks(scope, params.id) }),
  }),
  route({
    method: "POST", path: "/imports/{id}:read", can, summary: "Look at the uploaded file: encoding, columns, samples, suggestions; again with another encoding, separator or sheet", params: idParams, body: readWish, reply: runView,
    run: async (scope, { params, body }) => {
      await readImport(scope, targets, params.id, body);
      return getImport(scope, targets, params.id);
    },
  }),
];

const templateRoute = (database: Database, targets: readonly ImportTarget[]): Route => directRoute({
  method: "GET", path: "/import-targets/{key}/template", can, summary: "An empty file with the target's columns and a line of hints, which an import leaves out; as it comes its columns map by themselves",
  params: templateParams, query: templateQuery,
  handle: async (caller, { params, query }, { reply }) => {
    await sendFile(reply, await importTemplate(database, caller, targets, { key: params.key, ...query }));
  },
});

const applyRoute = (targets: readonly ImportTarget[], approvals: Approvals): Route => route({
  method: "POST", path: "/imports/{id}:apply", can, summary: "Write what the preview says; 202 while somebody has to agree first", params: idParams, reply: runView, accepted: approvalWaiting,
  run: async (scope, { params }) => {
    const asked = await applyOrAsk(scope, approvals, targets, params.id);
    return asked ? new Accepted(asked.waiting) : getImport(scope, targets, params.id);
  },
});

const runRoutes = (targets: readonly ImportTarget[]): Route[] => [
  route({ method: "GET", path: "/imports", can, summary: "Imports, latest first", query: pageQuery, reply: runPage, run: (scope, { query }) => listImports(scope, targets, query) }),
  route({ method: "GET", path: "/imports/{id}", can, summary: "An import: what it is doing, how far it is, what it found", params: idParams, reply: runView, run: (scope, { params }) => getImport(scope, targets, params.id) }),
  route({
    method: "PUT", path: "/imports/{id}/mapping", can, summary: "Say where columns go and what to do with those who are known; kept for files like this one when it has a name", params: idParams, body: mappingWish, reply: runView,
    run: async (scope, { params, body }) => {
      await mapImport(scope, targets, params.id, body);
      return getImport(scope, targets, params.id);
    },
  }),
  ...([
    ["check", "Judge every row against what is there: the preview", checkImport], ["undo", "Take back what was written and is as it was written", undoImport],
  ] as const).map(([verb, summary, run]) => route({
    method: "POST", path: `/imports/{id}:${verb}`, can, summary, params: idParams, reply: runView,
    run: async (scope, { params }) => {
      await run(scope, targets, params.id);
      return getImport(scope, targets, params.id);
    },
  })),
  route({
    method: "POST", path: "/imports/{id}:cancel", can, summary: "Stop; what was written stays and can be undone", params: idParams, reply: runView,
    run: async (scope, { params }) => {
      await cancelImport(scope, params.id);
      return getImport(scope, targets, params.id);
    },
  }),
  route({
    method: "GET", path: "/imports/{id}/undo-preview", can, summary: "What undoing would take back now, and what would stay and why; nothing is changed", params: idParams, reply: undoPreview,
    run: (scope, { params }) => previewUndo(scope, targets, params.id),
  }),
  route({
    method: "GET", path: "/imports/{id}/rows", can, summary: "Rows of the preview, of what was written, of what was undone; personal data masked", params: idParams, query: rowsQuery, reply: rowPage,
    run: async (scope, { params, query }) => listRows(scope, targets, params.id, query),
  }),
];

const mappingRoutes: readonly Route[] = [
  route({ method: "GET", path: "/import-mappings", can, summary: "Kept mappings, latest first; one whose headers are a file's is taken by itself", query: savedQuery, reply: savedMappings, run: (scope, { query }) => listMappings(scope, query.target) }),
  route({ method: "DELETE", path: "/import-mappings/{id}", can, summary: "Forget a mapping", params: idParams, run: (scope, { params }) => dropMapping(scope, params.id) }),
];
