import { route, type Permission, type Route } from "../../../kernel/http/route.ts";
import { idParams } from "../../../kernel/http/wire.ts";
import { memberRowInReach } from "../member.view.ts";
import { mergeMembers, previewMerge, previewUndo, undoMerge } from "./merge.ts";
import { mergeBody, mergeList, mergePreview, mergeReply, previewBody, undoBody, undoPreview } from "./schema.ts";
import type { MergeStep } from "./step.ts";
import { getMerge, listMerges } from "./view.ts";

export interface MergeParts {
  mergeSteps: readonly MergeStep[];
}

/** The same for staff and for integrators. */
export const mergeRoutes = ({ mergeSteps: steps }: MergeParts, can: { read: Permission; merge: Permission }): Route[] => [
  route({
    method: "POST", path: "/members/{id}:preview-merge", can: can.merge, summary: "What would become of two members as one; changes nothing",
    params: idParams, body: previewBody, reply: mergePreview,
    run: (scope, { params, body }) => previewMerge(scope, steps, { survivorId: params.id, absorbedId: body.otherId, choices: body.choices }),
  }),
  route({
    method: "POST", path: "/members/{id}:merge", can: can.merge, summary: "Make another member part of this one; can be undone for 180 days", idempotent: true,
    params: idParams, body: mergeBody, reply: mergeReply,
    run: async (scope, { params, body }) => getMerge(scope, await mergeMembers(scope, steps, { survivorId: params.id, absorbedId: body.otherId, choices: body.choices, reason: body.reason })),
  }),
  route({
    method: "GET", path: "/members/{id}/merges", can: can.read, summary: "Merges that a member was part of, the newest first", params: idParams, reply: mergeList,
    run: async (scope, { params }) => {
      await memberRowInReach(scope, params.id);
      return { items: await listMerges(scope, params.id) };
    },
  }),
  route({
    method: "GET", path: "/merges/{id}:preview-undo", can: can.merge, summary: "What each would have if a merge were undone; changes nothing", params: idParams, reply: undoPreview,
    run: (scope, { params }) => previewUndo(scope, steps, params.id),
  }),
  route({
    method: "POST", path: "/merges/{id}:undo", can: can.merge, summary: "Make two members of one again, each with what is left of what they brought", idempotent: true,
    params: idParams, body: undoBody, reply: mergeReply,
    run: async (scope, { params, body }) => {
      await undoMerge(scope, steps, params.id, body.reason);
      return getMerge(scope, params.id);
    },
  }),
];
