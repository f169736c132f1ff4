import { route, type Route } from "../../../kernel/http/route.ts";
import { idParams } from "../../../kernel/http/wire.ts";
import { choose, countUnread, listChoices, listNotifications, markAllRead, markNotification } from "./reading.ts";
import { choiceList, choicesBody, notificationPage, notificationQuery, readAllBody, unreadReply } from "./schema.ts";

export const notificationRoutes = (): Route[] => [
  route({
    method: "GET", path: "/notifications", can: "signed-in", summary: "What the caller was told, latest first", query: notificationQuery, reply: notificationPage,
    run: (scope, { query }) => listNotifications(scope, query),
  }),
  route({ method: "GET", path: "/notification-counts", can: "signed-in", summary: "How many the caller has not read, by kind", reply: unreadReply, run: (scope) => countUnread(scope) }),
  route({
    method: "POST", path: "/notifications/{id}:read", can: "signed-in", summary: "Mark one as read", params: idParams, reply: unreadReply,
    run: (scope, { params }) => markNotification(scope, params.id, true),
  }),
  route({
    method: "POST", path: "/notifications/{id}:unread", can: "signed-in", summary: "Mark one as not read", params: idParams, reply: unreadReply,
    run: (scope, { params }) => markNotification(scope, params.id, false),
  }),
  route({
    method: "POST", path: "/notifications:read-all", can: "signed-in", summary: "Mark all as read, or all of a kind, up to the last one that was seen", body: readAllBody, reply: unreadReply,
    run: (scope, { body }) => markAllRead(scope, body),
  }),
  route({
    method: "GET", path: "/notification-choices", can: "signed-in", summary: "Which kinds the caller wants to hear of", reply: choiceList,
    run: async (scope) => ({ items: await listChoices(scope) }),
  }),
  route({
    method: "PUT", path: "/notification-choices", can: "signed-in", summary: "Choose which kinds to hear of; those left out stay as they are", body: choicesBody, reply: choiceList,
    run: async (scope, { body }) => ({ items: await choose(scope, body.items) }),
  }),
];
