import { route, type Route } from "../../../kernel/http/route.ts";
import { idParams } from "../../../kernel/http/wire.ts";
import type { Scope } from "../../../kernel/scope.ts";
import { addAnnouncement, changeAnnouncement, publishAnnouncement, withdrawAnnouncement } from "./announcement.ts";
import { listBulletins, readBulletin } from "./reading.ts";
import { announcementPage, announcementQuery, announcementReply, bulletinPage, bulletinQuery, draftBody, readingPage, readingQuery } from "./schema.ts";
import { getAnnouncement, listAnnouncements, listReadings } from "./view.ts";

const can = "announcements.manage";
const afterwards = (change: (scope: Scope, id: string) => Promise<void>) => async (scope: Scope, { params }: { params: { id: string } }) => {
  await change(scope, params.id);
  return getAnnouncement(scope, params.id);
};

export const announcementRoutes = (): Route[] => [
  route({ method: "GET", path: "/announcements", can, summary: "All announcements, the latest first, with how many have read them", query: announcementQuery, reply: announcementPage, run: (scope, { query }) => listAnnouncements(scope, query) }),
  route({ method: "GET", path: "/announcements/{id}", can, summary: "An announcement with its counts", params: idParams, reply: announcementReply, run: (scope, { params }) => getAnnouncement(scope, params.id) }),
  route({
    method: "POST", path: "/announcements", can, summary: "Write one; nobody sees it before it is published", status: 201, body: draftBody, reply: announcementReply,
    run: async (scope, { body }) => getAnnouncement(scope, await addAnnouncement(scope, body)),
  }),
  route({
    method: "PUT", path: "/announcements/{id}", can, summary: "Write a draft or a withdrawn one anew; it is a draft then, and nobody has read it", params: idParams, body: draftBody, reply: announcementReply,
    run: async (scope, { params, body }) => {
      await changeAnnouncement(scope, params.id, body);
      return getAnnouncement(scope, params.id);
    },
  }),
  route({
    method: "POST", path: "/announcements/{id}:publish", can, summary: "Show it from its first moment on; also one that was withdrawn", params: idParams, reply: announcementReply,
    run: afterwards(publishAnnouncement),
  }),
  route({ method: "POST", path: "/announcements/{id}:withdraw", can, summary: "Show it to nobody any more", params: idParams, reply: announcementReply, run: afterwards(withdrawAnnouncement) }),
  route({
    method: "GET", path: "/announcements/{id}/readings", can, summary: "Who of the audience has read and confirmed it", params: idParams, query: readingQuery, reply: readingPage,
    run: (scope, { params, query }) => listReadings(scope, params.id, query),
  }),
  route({ method: "GET", path: "/bulletins", can: "signed-in", summary: "The announcements that are for the caller, the latest first", query: bulletinQuery, reply: bulletinPage, run: (scope, { query }) => listBulletins(scope, query) }),
  route({ method: "POST", path: "/bulletins/{id}:read", can: "signed-in", summary: "Note that the caller has read one", params: idParams, run: (scope, { params }) => readBulletin(scope, params.id, false) }),
  route({ method: "POST", path: "/bulletins/{id}:confirm", can: "signed-in", summary: "Note that the caller has read and understood one", params: idParams, run: (scope, { params }) => readBulletin(scope, params.id, true) }),
];
