import { route, type Route } from "../../kernel/http/route.ts";
import { idParams } from "../../kernel/http/wire.ts";
import { identify, tryIdentities } from "./identify.ts";
import { blockBody, blockedValues, identified, identifyBody, linkBody, memberIdentities, openLinkBody, rulesBody, rulesReply, tryBody, unblockBody, unlinkBody } from "./identity.schema.ts";
import { blockValue, identityRules, listBlocked, setIdentityRules, unblockValue } from "./identity.rules.ts";
import { listIdentities } from "./identity.view.ts";
import { linkIdentity, unlinkIdentity } from "./link.ts";
import { memberRowInReach } from "./member.view.ts";
import { identifyMessage, messageBatch, messageOutcome, messageOutcomes, trackMessage } from "./segment.schema.ts";
import { takeIdentify, takeMessages, takeTrack } from "./segment.ts";

export const identityRoutes: readonly Route[] = [
  route({
    method: "GET", path: "/members/{id}/identities", can: "members.read", summary: "How a member is recognised", params: idParams, reply: memberIdentities,
    run: async (scope, { params }) => {
      await memberRowInReach(scope, params.id);
      return { items: await listIdentities(scope, params.id) };
    },
  }),
  route({
    method: "POST", path: "/members/{id}/identities:link", can: "members.write", summary: "Give a member one more way to be recognised", params: idParams, body: linkBody, reply: memberIdentities,
    run: async (scope, { params, body }) => {
      await linkIdentity(scope, { memberId: params.id, ...body });
      return { items: await listIdentities(scope, params.id) };
    },
  }),
  route({
    method: "POST", path: "/members/{id}/identities:unlink", can: "members.write", summary: "Take a way to be recognised off a member", params: idParams, body: unlinkBody, reply: memberIdentities,
    run: async (scope, { params, body }) => {
      await unlinkIdentity(scope, { memberId: params.id, ...body });
      return { items: await listIdentities(scope, params.id) };
    },
  }),
  route({ method: "GET", path: "/identity-rules", can: "members.merge", summary: "How many identities a member may have, and how long a silent phone is trusted", reply: rulesReply, run: identityRules }),
  route({ method: "PUT", path: "/identity-rules", can: "members.merge", summary: "Change the rules of identities", body: rulesBody, reply: rulesReply, run: (scope, { body }) => setIdentityRules(scope, body) }),
  route({ method: "POST", path: "/identity-rules:try", can: "members.merge", summary: "Who would be recognised by some values now, and what would be made of each; changes nothing", body: tryBody, reply: identified, run: (scope, { body }) => tryIdentities(scope, body.identities) }),
  route({ method: "GET", path: "/blocked-values", can: "members.merge", summary: "Values that many share, and that recognise nobody", reply: blockedValues, run: async (scope) => ({ items: await listBlocked(scope) }) }),
  route({ method: "POST", path: "/blocked-values", can: "members.merge", summary: "Block a value", body: blockBody, reply: blockedValues, run: async (scope, { body }) => ({ items: await blockValue(scope, body) }) }),
  route({ method: "POST", path: "/blocked-values:unblock", can: "members.merge", summary: "Let a value recognise guests again", body: unblockBody, reply: blockedValues, run: async (scope, { body }) => ({ items: await unblockValue(scope, body) }) }),
];

export const openIdentityRoutes: readonly Route[] = [
  route({
    method: "POST", path: "/members:identify", can: "members:write", summary: "Who a guest is by all they came with; a new one joins. Every value's fate is told",
    body: identifyBody, reply: identified, run: (scope, { body }) => identify(scope, { ...body, via: "api" }),
  }),
  route({
    method: "POST", path: "/members:link", can: "members:write", summary: "Give a member one more way to be recognised", body: openLinkBody, reply: memberIdentities,
    run: async (scope, { body }) => {
      await linkIdentity(scope, body);
      return { items: await listIdentities(scope, body.memberId) };
    },
  }),
  route({
    method: "POST", path: "/members:unlink", can: "members:write", summary: "Take a way to be recognised off a member", body: openLinkBody, reply: memberIdentities,
    run: async (scope, { body }) => {
      await unlinkIdentity(scope, body);
      return { items: await listIdentities(scope, body.memberId) };
    },
  }),
  route({ method: "POST", path: "/identify", can: "members:write", summary: "Segment's identify: who somebody is, once for each messageId", body: identifyMessage, reply: messageOutcome, run: (scope, { body }) => takeIdentify(scope, body) }),
  route({ method: "POST", path: "/track", can: "members:write", summary: "Segment's track: what a member did, once for each messageId", body: trackMessage, reply: messageOutcome, run: (scope, { body }) => takeTrack(scope, body) }),
  route({ method: "POST", path: "/batch", can: "members:write", summary: "Segment's batch: up to 1,000 messages, each with its own outcome", body: messageBatch, reply: messageOutcomes, run: async (scope, { body }) => ({ outcomes: await takeMessages(scope, body.batch) }) }),
];
