import { z } from "zod";
import { route, type Permission, type Route } from "../../kernel/http/route.ts";
import { getDefinition, listDefinitions } from "./definition.ts";
import { tenantDocument, tenantTypes } from "./document.ts";
import { addField, archiveField, changeField, deleteField } from "./field.ts";
import { viewDefinitions } from "./field.view.ts";
import { archiveObject, changeObject, createObject, deleteObject, restoreObject } from "./object.ts";
import { fieldParams, fieldPatch, newField, newObject, objectList, objectParams, objectPatch, objectView, reasonBody } from "./object.schema.ts";
import { listLayouts, setLayout } from "./layout.ts";
import { layout, layoutList, layoutParams } from "./layout.schema.ts";
import { demoteField, promoteField } from "./slot.ts";
import type { Scope } from "../../kernel/scope.ts";
import { getField } from "./definition.ts";

const MANAGE = "objects.manage";

async function show(scope: Scope, key: string) {
  const all = await listDefinitions(scope);
  const { id } = await getDefinition(scope, key);
  const [view] = await viewDefinitions(scope, [...all.filter((one) => one.key === key || (id !== "" && one.id === id)), ...all]);
  if (!view) throw new Error("An object went away");
  return view;
}

const showField = async (scope: Scope, id: string) => show(scope, (await getField(scope, id)).definition.key);

/** What a tenant's objects are. */
export const definitionRoutes = (can: { read: Permission }): Route[] => [
  route({
    method: "GET", path: "/objects", can: can.read, summary: "Own objects and the built-in ones that take own fields", reply: objectList,
    run: async (scope) => ({ items: await viewDefinitions(scope, await listDefinitions(scope)) }),
  }),
  route({ method: "GET", path: "/objects/{key}", can: can.read, summary: "An object with its fields", params: objectParams, reply: objectView, run: (scope, { params }) => show(scope, params.key) }),
];

/** What integrators generate their clients from. */
export const documentRoutes = (can: { read: Permission }): Route[] => [
  route({ method: "GET", path: "/objects:document", can: can.read, summary: "The OpenAPI document of this tenant's own objects", reply: z.record(z.string(), z.unknown()), run: (scope) => tenantDocument(scope) }),
  route({ method: "GET", path: "/objects:types", can: can.read, summary: "The same as TypeScript", reply: z.object({ text: z.string() }), run: async (scope) => ({ text: await tenantTypes(scope) }) }),
];

export const designRoutes = (): Route[] => [
  route({
    method: "POST", path: "/objects", can: MANAGE, summary: "Make an object", status: 201, body: newObject, reply: objectView,
    run: async (scope, { body }) => show(scope, await createObject(scope, body)),
  }),
  route({
    method: "PATCH", path: "/objects/{key}", can: MANAGE, summary: "Change an object's names, title, stages and rules", params: objectParams, body: objectPatch, reply: objectView,
    run: async (scope, { params, body }) => {
      await changeObject(scope, params.key, body);
      return show(scope, params.key);
    },
  }),
  route({ method: "DELETE", path: "/objects/{key}", can: MANAGE, summary: "Delete an object that has no records", params: objectParams, run: (scope, { params }) => deleteObject(scope, params.key) }),
  route({
    method: "POST", path: "/objects/{key}:archive", can: MANAGE, summary: "Keep an object's records and let nobody change them", params: objectParams, body: reasonBody,
    run: (scope, { params, body }) => archiveObject(scope, params.key, body.reason),
  }),
  route({ method: "POST", path: "/objects/{key}:restore", can: MANAGE, summary: "Use an archived object again", params: objectParams, run: (scope, { params }) => restoreObject(scope, params.key) }),
  route({ method: "GET", path: "/objects/{key}/layouts", can: MANAGE, summary: "How an object is laid out for all, and for each role", params: objectParams, reply: layoutList, run: (scope, { params }) => listLayouts(scope, params.key) }),
  route({
    method: "PUT", path: "/objects/{key}/layouts/{role}", can: MANAGE, summary: "Lay an object out for a role, or for `all` that have none of their own", params: layoutParams, body: layout, reply: layoutList,
    run: async (scope, { params, body }) => {
      await setLayout(scope, params.key, roleOf(params.role), body);
      return listLayouts(scope, params.key);
    },
  }),
  route({
    method: "DELETE", path: "/objects/{key}/layouts/{role}", can: MANAGE, summary: "Take a layout back", params: layoutParams, reply: layoutList,
    run: async (scope, { params }) => {
      await setLayout(scope, params.key, roleOf(params.role), null);
      return listLayouts(scope, params.key);
    },
  }),
  route({
    method: "POST", path: "/objects/{key}/fields", can: MANAGE, summary: "Add a field", status: 201, params: objectParams, body: newField, reply: objectView,
    run: async (scope, { params, body }) => {
      await addField(scope, params.key, body);
      return show(scope, params.key);
    },
  }),
  route({
    method: "PATCH", path: "/fields/{id}", can: MANAGE, summary: "Rename a field or change what it asks for", params: fieldParams, body: fieldPatch, reply: objectView,
    run: async (scope, { params, body }) => {
      await changeField(scope, params.id, body);
      return showField(scope, params.id);
    },
  }),
  route({ method: "DELETE", path: "/fields/{id}", can: MANAGE, summary: "Delete a field that no record has a value in", params: fieldParams, run: (scope, { params }) => deleteField(scope, params.id) }),
  ...(["promote", "demote", "archive", "restore"] as const).map((verb) => route({
    method: "POST", path: `/fields/{id}:${verb}`, can: MANAGE, summary: SUMMARIES[verb], params: fieldParams, reply: objectView,
    run: async (scope, { params }) => {
      await VERBS[verb](scope, params.id);
      return showField(scope, params.id);
    },
  })),
];

const roleOf = (role: string): string | null => (role === "all" ? null : role);

const SUMMARIES = {
  promote: "Make a field filterable: fills its slot for the records there are while work goes on", demote: "Give a field's slot back",
  archive: "Hide a field and keep its values", restore: "Use an archived field again",
} as const;
const VERBS = {
  promote: promoteField, demote: demoteField, archive: (scope: Scope, id: string) => archiveField(scope, id, true), restore: (scope: Scope, id: string) => archiveField(scope, id, false),
} as const;
