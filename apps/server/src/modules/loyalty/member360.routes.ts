import { route, type Permission, type Route } from "../../kernel/http/route.ts";
import { idParams } from "../../kernel/http/wire.ts";
import { lookupMember, memberLookup, quickRegister, registerMember } from "../customers/index.ts";
import { member360, registeredMember } from "./member360.schema.ts";
import { getMember360 } from "./member360.view.ts";

/** However staff and integrators come upon a member, they are answered everything about them. */
export const wholeMemberRoutes = (can: { read: Permission; write: Permission }): Route[] => [
  route({
    method: "POST", path: "/members:quick-register", can: can.write, summary: "Register a guest by phone; a known phone answers with its member", body: quickRegister, reply: registeredMember,
    run: async (scope, { body }) => {
      const { memberId, created } = await registerMember(scope, { ...body, via: "till" });
      return { ...(await getMember360(scope, memberId)), created };
    },
  }),
  route({
    method: "POST", path: "/members:lookup", can: can.read, summary: "Find exactly one member, by scan, phone, number, card or external id, whatever their home store",
    body: memberLookup, reply: member360, run: async (scope, { body }) => getMember360(scope, await lookupMember(scope, body)),
  }),
  route({ method: "GET", path: "/members/{id}", can: can.read, summary: "Everything about a member", params: idParams, reply: member360, run: (scope, { params }) => getMember360(scope, params.id) }),
];
