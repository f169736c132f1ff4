import { route, type Route } from "../../../kernel/http/route.ts";
import { idParams } from "../../../kernel/http/wire.ts";
import { memberOf, type Scope } from "../../../kernel/scope.ts";
import { memberRowInReach } from "../member.view.ts";
import { listConsents, listPolicies, publishPolicy, sayConsent } from "./consent.ts";
import { askForCopy, listCopies, openCopy } from "./copy.ts";
import { askForDeletion, findDeletion, previewDeletion, undoDeletion } from "./deletion.ts";
import { consentBody, consentList, copyFile, copyList, deletionPreview, deletionReply, policyList, publishBody } from "./schema.ts";
import type { PrivacyStep } from "./step.ts";

export interface PrivacyParts {
  privacySteps: readonly PrivacyStep[];
}

const preview = async (scope: Scope, steps: readonly PrivacyStep[], memberId: string) =>
  ({ ...await previewDeletion(scope, steps, memberId), standing: await findDeletion(scope, memberId) });

/** For the member's own hands. */
export const ownPrivacyRoutes = ({ privacySteps }: PrivacyParts): Route[] => [
  route({
    method: "GET", path: "/me/consents", can: "signed-in", summary: "What was agreed to, purpose by purpose, with the text in force", reply: consentList,
    run: async (scope) => ({ items: await listConsents(scope, memberOf(scope)) }),
  }),
  route({
    method: "POST", path: "/me/consents", can: "signed-in", summary: "Say yes or no to the text in force for a purpose", body: consentBody, reply: consentList,
    run: async (scope, { body }) => ({ items: await sayConsent(scope, memberOf(scope), body) }),
  }),
  route({
    method: "GET", path: "/me/data-copies", can: "signed-in", summary: "Copies of everything that were asked for", reply: copyList,
    run: async (scope) => ({ items: await listCopies(scope, memberOf(scope)) }),
  }),
  route({
    method: "POST", path: "/me/data-copies", can: "signed-in", summary: "Ask for a copy of everything that is known of the member; it is made in the background", reply: copyList,
    run: async (scope) => {
      await askForCopy(scope, memberOf(scope));
      return { items: await listCopies(scope, memberOf(scope)) };
    },
  }),
  route({
    method: "GET", path: "/me/data-copies/{id}", can: "signed-in", summary: "The copy itself, for a week", params: idParams, reply: copyFile,
    run: async (scope, { params }) => openCopy(scope, memberOf(scope), params.id) as Promise<{ format: string; writtenAt: string }>,
  }),
  route({
    method: "GET", path: "/me/deletion", can: "signed-in", summary: "What would be lost by leaving, what has to be settled first, and whether it was asked for", reply: deletionPreview,
    run: (scope) => preview(scope, privacySteps, memberOf(scope)),
  }),
  route({
    method: "POST", path: "/me/deletion", can: "signed-in", summary: "Delete the account: at once out of use, purged after seven days", reply: deletionReply,
    run: (scope) => askForDeletion(scope, privacySteps, memberOf(scope)),
  }),
  route({
    method: "POST", path: "/me/deletion:undo", can: "signed-in", summary: "Stay after all", reply: deletionReply, run: (scope) => undoDeletion(scope, memberOf(scope)),
  }),
];

/** For staff whom a member asks. */
export const privacyRoutes = ({ privacySteps }: PrivacyParts): Route[] => [
  route({
    method: "GET", path: "/privacy-policies", can: "members.read", summary: "The text in force for each purpose", reply: policyList, run: async (scope) => ({ items: await listPolicies(scope) }),
  }),
  route({
    method: "POST", path: "/privacy-policies", can: "org.manage", summary: "Publish a new text for a purpose: members are asked again", body: publishBody, reply: policyList,
    run: async (scope, { body }) => ({ items: await publishPolicy(scope, body) }),
  }),
  route({
    method: "GET", path: "/members/{id}/consents", can: "members.read", summary: "What a member agreed to", params: idParams, reply: consentList,
    run: async (scope, { params }) => {
      await memberRowInReach(scope, params.id);
      return { items: await listConsents(scope, params.id) };
    },
  }),
  route({
    method: "GET", path: "/members/{id}/deletion", can: "members.read", summary: "What a member would lose by leaving, and whether it was asked for; with the certificate once it is done", params: idParams, reply: deletionPreview,
    run: async (scope, { params }) => {
      await memberRowInReach(scope, params.id);
      return preview(scope, privacySteps, params.id);
    },
  }),
  route({
    method: "POST", path: "/members/{id}/deletion", can: "members.write", summary: "Delete a member's account at the member's wish: at once out of use, purged after seven days", params: idParams, reply: deletionReply,
    run: async (scope, { params }) => {
      await memberRowInReach(scope, params.id);
      return askForDeletion(scope, privacySteps, params.id);
    },
  }),
  route({
    method: "POST", path: "/members/{id}/deletion:undo", can: "members.write", summary: "The member stays after all", params: idParams, reply: deletionReply,
    run: async (scope, { params }) => {
      await memberRowInReach(scope, params.id);
      return undoDeletion(scope, params.id);
    },
  }),
];
