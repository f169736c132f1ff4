import type { JoinedVia } from "../../events/customers.ts";
import { problem } from "../../kernel/problem.ts";
import type { Caller, Scope } from "../../kernel/scope.ts";
import type { Birthday } from "./birthday.ts";
import { fitPhone, readPhone } from "./fit-phone.ts";
import { identify } from "./identify.ts";
import type { Identity } from "./identity.ts";
import { stepUpRequired, type Proof } from "./lease.ts";
import type { CustomersParts } from "./parts.ts";
import { issuePhoneCode, phoneCodeRefusal, spendPhoneCode, tryPhoneCode, withdrawPhoneCode } from "./phone-code.ts";
import { agreeByJoining } from "./privacy/consent.ts";
import { openMemberSession } from "./session.ts";

export const smsUnavailable = problem("customers/sms-unavailable", 503, "The text message could not be sent");

const TEMPLATE = "phone-code";

/** A guest at the member door whose brand is known, and nothing else. */
export interface Guest {
  tenantId: string;
  brand: string;
  caller: Caller;
}

export interface Joined {
  token: string;
  memberId: string;
  created: boolean;
}

export interface JoinDetails {
  name?: string | undefined;
  birthday?: Birthday | undefined;
  storeId?: string | undefined;
  proof?: Proof | undefined;
  isNewHolder?: boolean | undefined;
}

/** Finds the brand by its code; throws `notFound`. */
export async function guestOf({ database }: CustomersParts, brandCode: string, caller: Caller): Promise<Guest> {
  const tenant = await database.tenants.byCode(brandCode);
  return { tenantId: tenant.id, brand: tenant.name, caller: { ...caller, tenantId: tenant.id } };
}

/** Sends a code to a phone, once the scope that made it has committed. Returns it for sandboxes. */
export async function sendPhoneCode({ database, outside, log }: CustomersParts, guest: Guest, typed: string): Promise<string> {
  const { phone, code } = await database.inScope(guest.caller, async (scope) => {
    const fit = await fitPhone(scope, typed);
    return { phone: fit, code: await issuePhoneCode(scope, fit) };
  });
  try {
    await outside.sms.send({ phone: `+86${phone}`, template: TEMPLATE, params: { code } });
  } catch (error) {
    log.warn({ err: error }, "a phone code could not be sent");
    await database.inScope(guest.caller, (scope) => withdrawPhoneCode(scope, phone));
    throw smsUnavailable();
  }
  return code;
}

/** Joins, or signs in whoever has joined already: the code proves the phone. */
export async function joinByPhone(
  parts: CustomersParts, guest: Guest, proof: { phone: string; phoneCode: string }, details: JoinDetails & { via: JoinedVia; identities?: readonly Identity[] },
): Promise<Joined> {
  const phone = readPhone(proof.phone);
  const attempt = await parts.database.inScope(guest.caller, (scope) => tryPhoneCode(scope, phone, proof.phoneCode));
  if (!attempt.isRight) throw phoneCodeRefusal(attempt);
  return parts.database.inScope(guest.caller, async (scope) => {
    await spendPhoneCode(scope, phone, proof.phoneCode);
    return joinVerified(scope, phone, details);
  });
}

/** For a phone that somebody has vouched for: our own code, or WeChat. */
export async function joinVerified(scope: Scope, phone: string, details: JoinDetails & { via: JoinedVia; identities?: readonly Identity[] }): Promise<Joined> {
  const { identities = [], name, birthday, ...rest } = details;
  const { memberId, decision, ways } = await identify(scope, {
    ...rest, traits: { name, birthday }, identities: [{ kind: "phone", value: phone, isVerified: true }, ...identities], joins: true,
  });
  if (memberId === null) throw stepUpRequired({ ways: ways ?? [] });
  // Whoever joins has the text before them, and agrees to it by joining.
  if (decision === "created") await agreeByJoining(scope, memberId);
  return { token: await openMemberSession(scope, memberId), memberId, created: decision === "created" };
}
