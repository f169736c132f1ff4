import { route, type Route } from "../../kernel/http/route.ts";
import { upsertMembers } from "./batch.ts";
import { lookupMember } from "./lookup.ts";
import { batchOutcomes, memberBatch, memberLookup, memberProfile, quickRegister, registeredMember } from "./member.schema.ts";
import { getMember } from "./member.view.ts";
import { registerMember } from "./registration.ts";

export function openRoutes(_parts: object): Route[] {
  return [
    route({
      method: "POST", path: "/members:lookup", can: "members:read", summary: "Find exactly one member, by scan, phone, number, card or external id",
      body: memberLookup, reply: memberProfile,
      run: async (scope, { body }) => getMember(scope, await lookupMember(scope, body)),
    }),
    route({
      method: "POST", path: "/members:quick-register", can: "members:write", summary: "Register a guest by phone; a known phone answers with its member",
      body: quickRegister, reply: registeredMember,
      run: async (scope, { body }) => {
        const { memberId, created } = await registerMember(scope, { ...body, via: "till" });
        return { ...(await getMember(scope, memberId)), created };
      },
    }),
    route({
      method: "POST", path: "/members:batch", can: "members:write", summary: "Register or update up to 1,000 members by external id; each line has its own outcome",
      body: memberBatch, reply: batchOutcomes,
      run: async (scope, { body }) => ({ outcomes: await upsertMembers(scope, body.members, "import") }),
    }),
  ];
}
