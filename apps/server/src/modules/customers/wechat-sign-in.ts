import { problem } from "../../kernel/problem.ts";
import type { Scope } from "../../kernel/scope.ts";
import { addIdentities, findByIdentity, type Identity } from "./identity.ts";
import { joinByPhone, joinVerified, type Guest, type JoinDetails, type Joined } from "./join.ts";
import { readPhone } from "./fit-phone.ts";
import type { CustomersParts } from "./parts.ts";
import { openMemberSession } from "./session.ts";
import { WechatError, type WechatIdentity } from "./wechat/index.ts";

export const wechatRefused = problem("customers/wechat-refused", 422, "WeChat did not vouch for this guest");
export const wechatUnavailable = problem("customers/wechat-unavailable", 503, "WeChat cannot be reached");
export const ticketInvalid = problem("customers/ticket-invalid", 422, "The ticket is no longer good: sign in with WeChat again");

const TICKET_CONTEXT = "customers.wechat-ticket";
/** As long as it takes to type a phone number and wait for its code. */
const TICKET_LIFE_MS = 10 * 60_000;

export type WechatSignIn = { token: string } | { needsPhone: true; ticket: string };

/** Signs in whoever WeChat names. A guest it names who is no member yet gets a ticket, to join with a phone. */
export async function signInByWechat({ database, outside }: CustomersParts, guest: Guest, code: string): Promise<WechatSignIn> {
  const who = await vouched(() => outside.wechat.exchangeCode(code), "code");
  return database.inScope(guest.caller, async (scope) => {
    const memberId = await recognise(scope, who);
    if (memberId) return { token: await openMemberSession(scope, memberId) };
    return { needsPhone: true, ticket: ticketOf(scope, who) };
  });
}

/** By the unionid first: it is the same guest in all apps of the brand. An openid that is new is kept with it. */
async function recognise(scope: Scope, { openid, unionid }: WechatIdentity): Promise<string | undefined> {
  const byOpenid = await findByIdentity(scope, "wechat-openid", openid);
  const byUnionid = unionid ? await findByIdentity(scope, "wechat-unionid", unionid) : undefined;
  const memberId = byUnionid ?? byOpenid;
  if (!memberId) return undefined;
  const missing: Identity[] = [
    ...(byOpenid ? [] : [{ kind: "wechat-openid" as const, value: openid }]),
    ...(unionid && !byUnionid ? [{ kind: "wechat-unionid" as const, value: unionid }] : []),
  ];
  await addIdentities(scope, missing.map((one) => ({ ...one, memberId, isVerified: true })));
  return memberId;
}

export interface WechatJoin extends JoinDetails {
  ticket: string;
  /** With `phone`: the code we sent to it. Without: the code of WeChat's own phone button. */
  phoneCode: string;
  phone?: string | undefined;
}

export async function joinByWechat(parts: CustomersParts, guest: Guest, { ticket, phoneCode, phone, ...details }: WechatJoin): Promise<Joined> {
  const who = await parts.database.inScope(guest.caller, async (scope) => readTicket(scope, ticket));
  const identities: Identity[] = [
    ...(who.unionid ? [{ kind: "wechat-unionid" as const, value: who.unionid, isVerified: true }] : []),
    { kind: "wechat-openid", value: who.openid, isVerified: true },
  ];
  if (phone !== undefined) return joinByPhone(parts, guest, { phone, phoneCode }, { ...details, via: "mini-program", identities });
  const vouchedFor = readPhone(await vouched(() => parts.outside.wechat.exchangePhoneCode(phoneCode), "phoneCode"), "phoneCode");
  return parts.database.inScope(guest.caller, (scope) => joinVerified(scope, vouchedFor, { ...details, via: "mini-program", identities }));
}

/** Sealed rather than signed: whom WeChat named is nobody else's to read. */
function ticketOf(scope: Scope, { openid, unionid }: WechatIdentity): string {
  const until = scope.now.getTime() + TICKET_LIFE_MS;
  return scope.vault.seal(JSON.stringify({ openid, unionid, until }), TICKET_CONTEXT).toString("base64url");
}

function readTicket(scope: Scope, ticket: string): WechatIdentity {
  const held = openTicket(scope, ticket);
  if (held.until < scope.now.getTime()) throw ticketInvalid();
  return held;
}

function openTicket(scope: Scope, ticket: string): WechatIdentity & { until: number } {
  try {
    return JSON.parse(scope.vault.open(Buffer.from(ticket, "base64url"), TICKET_CONTEXT)) as WechatIdentity & { until: number };
  } catch {
    // Cut, changed or another tenant's: the seal does not open, and the reason is none of the caller's business.
    throw ticketInvalid();
  }
}

async function vouched<T>(ask: () => Promise<T>, field: string): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof WechatError)) throw error;
    if (error.retryable) throw wechatUnavailable({ detail: error.message });
    throw wechatRefused({ detail: error.message, errors: [{ field, code: error.code, message: error.message }] });
  }
}
