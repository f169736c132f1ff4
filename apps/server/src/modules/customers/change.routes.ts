import { dayOf } from "../../kernel/days.ts";
import { route, type Route } from "../../kernel/http/route.ts";
import { idParams, pageQuery } from "../../kernel/http/wire.ts";
import { memberChanges, pastProfile, pastProfileQuery } from "./change.schema.ts";
import { listChanges, profileOn } from "./change.view.ts";
import { memberRowInReach } from "./member.view.ts";

export const changeRoutes: readonly Route[] = [
  route({
    method: "GET", path: "/members/{id}/changes", can: "members.read", summary: "What changed in a member's profile, field by field, latest first",
    params: idParams, query: pageQuery, reply: memberChanges,
    run: async (scope, { params, query }) => {
      await memberRowInReach(scope, params.id);
      return listChanges(scope, params.id, query);
    },
  }),
  route({
    method: "GET", path: "/members/{id}/past-profile", can: "members.read", summary: "A member's profile as it was at the end of a day",
    params: idParams, query: pastProfileQuery, reply: pastProfile,
    run: async (scope, { params, query }) => {
      await memberRowInReach(scope, params.id);
      return profileOn(scope, params.id, query.on ?? dayOf(scope.now, scope.zone));
    },
  }),
];
