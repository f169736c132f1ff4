import { Readable } from "node:stream";
import { z } from "zod";
import type { Database } from "../../kernel/db/database.ts";
import { sendFile } from "../../kernel/http/file.ts";
import { directRoute, route, type Route } from "../../kernel/http/route.ts";
import { id, idParams, text } from "../../kernel/http/wire.ts";
import { readFile } from "../platform/index.ts";
import { addAttachment, getAttachment, MAX_MB } from "./attachment.ts";
import { fieldParams } from "./object.schema.ts";
import type { Nouns } from "./reach.ts";

const heldFile = z.object({ fileId: id, name: z.string(), mediaType: z.string(), sizeBytes: z.int() }).meta({ id: "HeldFile" });

/** Files of fields: who may is asked of the field's noun, by the operations. */
export const attachmentRoutes = ({ database, nouns }: { database: Database; nouns: Nouns }): Route[] => [
  route({
    method: "POST", path: "/fields/{id}/files", can: "signed-in", summary: "Upload a file for a field, as application/octet-stream; it is kept once a row is saved with it", status: 201,
    params: fieldParams, query: z.object({ name: text(200).optional() }), reply: heldFile, maxBodyBytes: MAX_MB * 1_048_576,
    run: (scope, { params, query }, { request }) => addAttachment(scope, params.id, query.name ?? "", request.rawBody ?? Buffer.alloc(0)),
  }),
  directRoute({
    method: "GET", path: "/files/{id}", can: "signed-in", summary: "A file of a row that the caller may see", params: idParams,
    handle: async (caller, { params }, { reply }) => {
      const { fileId, name, mediaType, sizeBytes } = await database.inScope(caller, (scope) => getAttachment(scope, nouns.reach, params.id));
      await sendFile(reply, { name, mediaType, bytes: Readable.from(readFile((work) => database.inScope(caller, work), { id: fileId, sizeBytes })) });
    },
  }),
];
