import { Readable } from "node:stream";
import type { Database } from "../../../kernel/db/database.ts";
import type { Exporter } from "../../../kernel/exporter.ts";
import { sendFile } from "../../../kernel/http/file.ts";
import { directRoute, route, type Route } from "../../../kernel/http/route.ts";
import { idParams, pageQuery } from "../../../kernel/http/wire.ts";
import { audit } from "../../../kernel/audit.ts";
import { readFile } from "../file.ts";
import { cancelExport, startExport } from "./export.ts";
import { exportBody, exportColumns, exportPage, exportView, listBody } from "./export.schema.ts";
import { getExport, getExportFile, listColumns, listExports } from "./export.view.ts";
import { mediaTypes } from "./sheet-file.ts";

const CAN = "exports.create";
/** Somebody who looks at lists takes a few along; a robot of theirs no more than this. */
const PER_MINUTE = 20;

export const exportRoutes = ({ database }: { database: Database }, exporters: readonly Exporter[]): Route[] => [
  route({ method: "GET", path: "/exports", can: CAN, summary: "What was exported, newest first: one's own, everybody's for whoever reads the audit log", query: pageQuery, reply: exportPage, run: (scope, { query }) => listExports(scope, query) }),
  directRoute({
    method: "POST", path: "/exports", can: CAN, summary: "Take a list along: up to 10,000 rows are answered as the file itself with 200, more are written in the background", status: 202, perMinute: PER_MINUTE,
    body: exportBody, reply: exportView,
    handle: async (caller, { body }, { reply }) => {
      const { run, bytes } = await startExport(database, exporters, caller, body);
      if (bytes) await sendFile(reply, { name: run.fileName, mediaType: mediaTypes[run.format], bytes });
      return run;
    },
  }),
  route({
    method: "POST", path: "/exports:columns", can: CAN, summary: "The columns that a list can be exported with, as far as the caller may see them, and those they took the last time", body: listBody, reply: exportColumns,
    run: (scope, { body }) => listColumns(scope, exporters, body),
  }),
  route({ method: "GET", path: "/exports/{id}", can: CAN, summary: "An export and how far it is", params: idParams, reply: exportView, run: (scope, { params }) => getExport(scope, params.id) }),
  route({ method: "POST", path: "/exports/{id}:cancel", can: CAN, summary: "Stop an export", params: idParams, reply: exportView, run: (scope, { params }) => cancelExport(scope, params.id) }),
  directRoute({
    method: "GET", path: "/exports/{id}/file", can: CAN, summary: "The file of one's own finished export", params: idParams,
    handle: async (caller, { params }, { reply }) => {
      const { fileId, fileName, format, sizeBytes } = await database.inScope(caller, async (scope) => {
        const file = await getExportFile(scope, params.id);
        audit(scope, { action: "export.download", subjectKind: "export", subjectId: params.id });
        return file;
      });
      const bytes = Readable.from(readFile((work) => database.inScope(caller, work), { id: fileId, sizeBytes }));
      await sendFile(reply, { name: fileName, mediaType: mediaTypes[format], bytes });
    },
  }),
];
