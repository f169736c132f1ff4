import { z } from "zod";
import { directRoute, route, type Route } from "../../kernel/http/route.ts";
import { id, instant, text } from "../../kernel/http/wire.ts";
import { forbidden } from "../../kernel/problem.ts";
import { memberOf, type Actor } from "../../kernel/scope.ts";
import { guestOf, joinByPhone, sendPhoneCode } from "./join.ts";
import { streamChanges } from "./live.ts";
import { issueMemberCode } from "./lookup.ts";
import { lease } from "./identity.schema.ts";
import { birthday, memberName, memberPatch, memberProfile, typedPhone } from "./member.schema.ts";
import { getMember } from "./member.view.ts";
import type { CustomersParts } from "./parts.ts";
import { ownPrivacyRoutes, type PrivacyParts } from "./privacy/routes.ts";
import { updateOwnProfile } from "./profile.ts";
import { endMemberSession } from "./session.ts";
import { joinByWechat, signInByWechat } from "./wechat-sign-in.ts";

const brandParams = z.object({ code: z.string().min(1).max(32) });
const phoneCode = z.string().trim().regex(/^\d{6}$/, "six digits");
const details = { name: memberName.optional(), birthday: birthday.optional(), storeId: id.optional(), ...lease };
const joined = z.object({ token: z.string(), memberId: id, created: z.boolean() }).meta({ id: "Joined" });
const wechatReply = z.union([z.object({ token: z.string() }), z.object({ needsPhone: z.literal(true), ticket: z.string() })]);
const codeReply = z.object({ code: z.string(), qr: z.string(), barcode: z.string(), expiresAt: instant }).meta({ id: "MemberCode" });

/** Requests a minute from one address: a whole shopping mall may share one. */
const CODES_A_MINUTE = 30;
const JOINS_A_MINUTE = 60;

export const memberRoutes = (parts: CustomersParts & PrivacyParts): Route[] => [...doorRoutes(parts), ...ownRoutes(parts), ...ownPrivacyRoutes(parts)];

function doorRoutes(parts: CustomersParts): Route[] {
  return [
    directRoute({
      method: "POST", path: "/brands/{code}/phone-codes", can: "public", summary: "Send a code to a phone; a sandbox also answers with it", perMinute: CODES_A_MINUTE,
      params: brandParams, body: z.object({ phone: typedPhone }), reply: z.object({ devCode: z.string() }),
      handle: async (caller, { params, body }, { reply }) => {
        const code = await sendPhoneCode(parts, await guestOf(parts, params.code, caller), body.phone);
        if (parts.config.SHUKE_SANDBOX) return { devCode: code };
        await reply.code(204).send();
        return undefined;
      },
    }),
    directRoute({
      method: "POST", path: "/brands/{code}/join", can: "public", summary: "Join with a phone and the code sent to it; signs in whoever has joined already", perMinute: JOINS_A_MINUTE,
      params: brandParams, body: z.object({ phone: typedPhone, phoneCode, ...details }), reply: joined,
      handle: async (caller, { params, body: { phone, phoneCode: code, ...more } }) =>
        joinByPhone(parts, await guestOf(parts, params.code, caller), { phone, phoneCode: code }, { ...more, via: "h5" }),
    }),
    directRoute({
      method: "POST", path: "/brands/{code}/wechat", can: "public", summary: "Sign in with the code of wx.login; a guest who is no member yet gets a ticket to join with", perMinute: JOINS_A_MINUTE,
      params: brandParams, body: z.object({ code: text(128) }), reply: wechatReply,
      handle: async (caller, { params, body }) => signInByWechat(parts, await guestOf(parts, params.code, caller), body.code),
    }),
    directRoute({
      method: "POST", path: "/brands/{code}/wechat:join", can: "public", summary: "Join with a WeChat ticket and a phone: one of WeChat's button, or one with the code sent to it", perMinute: JOINS_A_MINUTE,
      params: brandParams, body: z.object({ ticket: z.string().max(1_000), phoneCode: text(128), phone: typedPhone.optional(), ...details }), reply: joined,
      handle: async (caller, { params, body }) => joinByWechat(parts, await guestOf(parts, params.code, caller), body),
    }),
  ];
}

function ownRoutes({ access, hub }: CustomersParts): Route[] {
  return [
    route({
      method: "PATCH", path: "/me", can: "signed-in", summary: "Change the own profile; the birthday once a year", body: memberPatch, reply: memberProfile,
      run: async (scope, { body }) => {
        await updateOwnProfile(scope, memberOf(scope), body);
        return getMember(scope, memberOf(scope));
      },
    }),
    route({
      method: "GET", path: "/me/code", can: "signed-in", summary: "A fresh member code: good for a minute and for one scan", reply: codeReply,
      run: async (scope) => {
        const { qr, barcode, expiresAt } = await issueMemberCode(scope, memberOf(scope));
        return { code: barcode, qr, barcode, expiresAt: expiresAt.toISOString() };
      },
    }),
    directRoute({
      method: "GET", path: "/me/live", can: "signed-in", summary: "Server-sent events: `changed` when something of the member's changed",
      handle: async (caller, _input, { reply }) => streamChanges(hub, { tenantId: caller.tenantId, memberId: idOf(caller.actor) }, reply),
    }),
    route({
      method: "POST", path: "/sign-out", can: "signed-in", summary: "End this session",
      run: async (scope) => {
        if (scope.actor.kind !== "member") throw forbidden();
        endMemberSession(scope, scope.actor.sessionId);
        access.forgetAfter(scope);
      },
    }),
  ];
}

function idOf(actor: Actor): string {
  if (actor.kind !== "member") throw forbidden();
  return actor.memberId;
}
