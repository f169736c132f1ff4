import { route, type Route } from "../../../kernel/http/route.ts";
import { idParams } from "../../../kernel/http/wire.ts";
import { findColleagues } from "./colleague.ts";
import { addComment, changeComment, removeComment, removeOthers } from "./comment.ts";
import { addBody, changeBody, colleagueList, colleagueQuery, commentReply, removeBody, revealBody, revealReply, seenBody, threadPage, threadQuery, versionList } from "./schema.ts";
import { findSubject, type Subjects } from "./subject.ts";
import { listThread, listVersions, revealComment, seeThread, viewComment } from "./view.ts";

/** Each asks for the permission of the subject itself. */
export const commentRoutes = (subjects: Subjects): Route[] => [
  route({
    method: "GET", path: "/comments", can: "signed-in", summary: "The thread of a member, an order, a record: for whoever may see that, latest first", query: threadQuery, reply: threadPage,
    run: (scope, { query }) => listThread(scope, subjects, query),
  }),
  route({
    method: "POST", path: "/comments", can: "signed-in", summary: "Comment or answer; those mentioned are told, and refused by name where they may not see it", status: 201, body: addBody, reply: commentReply,
    run: async (scope, { body }) => viewComment(scope, subjects, await addComment(scope, subjects, body)),
  }),
  route({
    method: "PATCH", path: "/comments/{id}", can: "signed-in", summary: "Change one's own within a day; what it said before is kept", params: idParams, body: changeBody, reply: commentReply,
    run: async (scope, { params, body }) => {
      await changeComment(scope, subjects, params.id, body);
      return viewComment(scope, subjects, params.id);
    },
  }),
  route({
    method: "DELETE", path: "/comments/{id}", can: "signed-in", summary: "Take one's own back within a day", params: idParams, reply: commentReply,
    run: async (scope, { params }) => {
      await removeComment(scope, subjects, params.id);
      return viewComment(scope, subjects, params.id);
    },
  }),
  route({
    method: "POST", path: "/comments/{id}:remove", can: "comments.manage", summary: "Keep a colleague's from view, against a reason; its place stays", params: idParams, body: removeBody, reply: commentReply,
    run: async (scope, { params, body }) => {
      await removeOthers(scope, subjects, params.id, body.reason);
      return viewComment(scope, subjects, params.id);
    },
  }),
  route({
    method: "POST", path: "/comments:seen", can: "signed-in", summary: "The caller has the thread open: their mentions and answers in it are read", status: 204, body: seenBody,
    run: (scope, { body }) => seeThread(scope, subjects, body),
  }),
  route({
    method: "GET", path: "/comments/{id}/versions", can: "signed-in", summary: "What it said, the earliest first: for who wrote it and who may read the audit log", params: idParams, reply: versionList,
    run: async (scope, { params }) => ({ items: await listVersions(scope, subjects, params.id) }),
  }),
  route({
    method: "POST", path: "/comments/{id}:reveal", can: "members.reveal", summary: "With the phone numbers in it, against a reason", params: idParams, body: revealBody, reply: revealReply,
    run: (scope, { params, body }) => revealComment(scope, subjects, params.id, body.reason),
  }),
  route({
    method: "GET", path: "/comment-colleagues", can: "signed-in", summary: "Whom to mention: colleagues who may see the subject, by name, pinyin or initials", query: colleagueQuery, reply: colleagueList,
    run: async (scope, { query }) => ({ items: await findColleagues(scope, await findSubject(scope, subjects, { kind: query.subjectKind, id: query.subjectId }), query.q) }),
  }),
];
