import type { z } from "zod";
import { route, type Permission, type Route } from "../../kernel/http/route.ts";
import { idParams } from "../../kernel/http/wire.ts";
import type { Scope } from "../../kernel/scope.ts";
import { objectParams } from "./object.schema.ts";
import { changeRecord, deleteRecord, revealCustom, revealValue } from "./record.ts";
import { newRecord, recordBatch, recordOutcomes, recordPage, recordPatch, recordsQuery, recordView, relatedQuery, revealBody, revealed } from "./record.schema.ts";
import { getRecord, listRecords, listRelated, viewRecord } from "./record.view.ts";
import { saveRecord, saveRecords } from "./save.ts";
import { refuseNoun } from "./object.ts";
import type { Nouns } from "./reach.ts";
import { summarise } from "./summary.ts";
import { summary, summaryQuery } from "./summary.schema.ts";
import { deleteView, listViews, newView, saveView, viewList } from "./saved-view.ts";

/** Records of own objects: the same for staff and for integrators. */
export const recordRoutes = (can: { read: Permission; write: Permission }): Route[] => [
  route({
    method: "GET", path: "/objects/{key}/records", can: can.read, summary: "Records of an object, filtered and sorted by filterable fields", params: objectParams, query: recordsQuery, reply: recordPage,
    run: (scope, { params, query }) => listRecords(scope, params.key, query),
  }),
  route({
    method: "POST", path: "/objects/{key}/records", can: can.write, summary: "Make a record", status: 201, params: objectParams, body: newRecord, reply: recordView,
    run: async (scope, { params, body }) => {
      refuseNoun(params.key);
      return viewRecord(scope, await saveRecord(scope, params.key, body));
    },
  }),
  route({
    method: "POST", path: "/objects/{key}/records:batch", can: can.write, summary: "Make and change up to 1,000 records, each for itself", params: objectParams, body: recordBatch, reply: recordOutcomes,
    run: async (scope, { params, body }) => {
      refuseNoun(params.key);
      const outcomes = await saveRecords(scope, params.key, body.records);
      return { outcomes: outcomes.map((one, at) => ({ ...one, id: one.outcome === "refused" ? (body.records[at]?.id ?? null) : one.id })) };
    },
  }),
  route({ method: "GET", path: "/records/{id}", can: can.read, summary: "A record", params: idParams, reply: recordView, run: (scope, { params }) => viewRecord(scope, params.id) }),
  route({
    method: "PATCH", path: "/records/{id}", can: can.write, summary: "Change a record; what is left out stays, null empties", params: idParams, body: recordPatch, reply: recordView,
    run: async (scope, { params, body }) => {
      await changeRecord(scope, params.id, { ...body, fields: body.fields ?? {} });
      return viewRecord(scope, params.id);
    },
  }),
  route({ method: "DELETE", path: "/records/{id}", can: can.write, summary: "Delete a record that no other refers to", params: idParams, run: (scope, { params }) => deleteRecord(scope, params.id) }),
  route({
    method: "GET", path: "/records/{id}/related", can: can.read, summary: "Records that refer to this one, by one field or by any, newest first", params: idParams, query: relatedQuery, reply: recordPage,
    run: async (scope, { params, query }) => {
      await getRecord(scope, params.id);
      return listRelated(scope, params.id, query);
    },
  }),
];

/** What the rows of a list come to, for staff and for integrators; `summarise` asks for the permission, or a key's scope, of the object's kind. */
export const summaryRoute = (nouns: Nouns): Route => route({
  method: "GET", path: "/objects/{key}/summary", can: "signed-in", params: objectParams, query: summaryQuery, reply: summary,
  summary: "Records of an object, members, products or orders counted by an own field, and what a number of theirs comes to; a key needs records:read, members:read, products:write or orders:read",
  run: (scope, { params, query }) => summarise(scope, nouns, params.key, query),
});

/** How staff look at lists of records, or of members by their own fields. */
export const viewRoutes = (): Route[] => [
  route({
    method: "GET", path: "/objects/{key}/views", can: "signed-in", summary: "My saved views of a list and those that others share", params: objectParams, reply: viewList,
    run: async (scope, { params }) => ({ items: await listViews(scope, params.key) }),
  }),
  route({
    method: "POST", path: "/objects/{key}/views", can: "signed-in", summary: "Save a view", status: 201, params: objectParams, body: newView, reply: viewList,
    run: async (scope, { params, body }) => {
      await saveView(scope, params.key, body);
      return { items: await listViews(scope, params.key) };
    },
  }),
  route({ method: "DELETE", path: "/views/{id}", can: "signed-in", summary: "Delete a view", params: idParams, run: (scope, { params }) => deleteView(scope, params.id) }),
];

/** For the own fields of a core noun. `inReach` answers the row's id, or throws where whoever asks may not see it. */
export const customRevealRoute = <Params extends z.ZodObject>(noun: string, path: string, params: Params, inReach: (scope: Scope, params: z.output<Params>) => Promise<string>): Route => route({
  method: "POST", path: `${path}/custom:reveal`, can: "members.reveal", summary: "Show a phone or an e-mail of the own fields in full, against a reason that the audit log keeps",
  params, body: revealBody, reply: revealed, run: async (scope, asked) => ({ value: await revealCustom(scope, noun, await inReach(scope, asked.params), asked.body) }),
});

export const revealRoute = (): Route => route({
  method: "POST", path: "/records/{id}:reveal", can: "members.reveal", summary: "Show a phone or an e-mail in full, against a reason that the audit log keeps", params: idParams, body: revealBody,
  reply: revealed, run: async (scope, { params, body }) => ({ value: await revealValue(scope, params.id, body) }),
});
