import { z } from "zod";
import { route, type Route } from "../../kernel/http/route.ts";
import { idParams, pageOf, pageQuery, reason } from "../../kernel/http/wire.ts";
import { duplicateRoutes } from "./duplicate/routes.ts";
import { identityRoutes } from "./identity.routes.ts";
import { mergeRoutes, type MergeParts } from "./merge/routes.ts";
import { changeRoutes } from "./change.routes.ts";
import { memberPatchByStaff, memberProfile, tag, timelineEntry } from "./member.schema.ts";
import { getMember, memberRowInReach } from "./member.view.ts";
import { customRevealRoute } from "../objects/index.ts";
import { privacyRoutes, type PrivacyParts } from "./privacy/routes.ts";
import { updateMember } from "./profile.ts";
import { revealPhone } from "./reveal.ts";
import { tagMember, untagMember } from "./tag.ts";
import { listTimeline } from "./timeline.ts";

const tags = z.object({ tags: z.array(z.string()) });
const tagParams = idParams.extend({ tag });

export function consoleRoutes(parts: MergeParts & PrivacyParts): Route[] {
  return [
    ...changeRoutes, ...privacyRoutes(parts), ...identityRoutes, ...mergeRoutes(parts, { read: "members.read", merge: "members.merge" }), ...duplicateRoutes(parts),
    route({
      method: "PATCH", path: "/members/{id}", can: "members.write", summary: "Change a member's profile",
      params: idParams, body: memberPatchByStaff, reply: memberProfile,
      run: async (scope, { params, body }) => {
        await updateMember(scope, params.id, body);
        return getMember(scope, params.id);
      },
    }),
    route({
      method: "POST", path: "/members/{id}:reveal", can: "members.reveal", summary: "Show the whole phone number, against a reason that the audit log keeps",
      params: idParams, body: z.object({ reason }), reply: z.object({ phone: z.string() }),
      run: async (scope, { params, body }) => ({ phone: await revealPhone(scope, params.id, body.reason) }),
    }),
    customRevealRoute("member", "/members/{id}", idParams, async (scope, { id }) => (await memberRowInReach(scope, id)).id),
    route({
      method: "POST", path: "/members/{id}/tags", can: "members.write", summary: "Tag a member", params: idParams, body: z.object({ tag }), reply: tags,
      run: async (scope, { params, body }) => ({ tags: await tagMember(scope, params.id, body.tag) }),
    }),
    route({
      method: "DELETE", path: "/members/{id}/tags/{tag}", can: "members.write", summary: "Take a tag off a member", params: tagParams, reply: tags,
      run: async (scope, { params }) => ({ tags: await untagMember(scope, params.id, params.tag) }),
    }),
    route({
      method: "GET", path: "/members/{id}/timeline", can: "members.read", summary: "What happened to a member, newest first",
      params: idParams, query: pageQuery, reply: pageOf(timelineEntry),
      run: async (scope, { params, query }) => {
        await memberRowInReach(scope, params.id);
        return listTimeline(scope, params.id, query);
      },
    }),
  ];
}
