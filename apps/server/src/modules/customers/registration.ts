import { MEMBER_REGISTERED, type JoinedVia, type MemberRegistered } from "../../events/customers.ts";
import { dayOf } from "../../kernel/days.ts";
import { publish } from "../../kernel/events.ts";
import { hint } from "../../kernel/live.ts";
import { invalid } from "../../kernel/problem.ts";
import { newId, type Scope } from "../../kernel/scope.ts";
import { audit } from "../platform/index.ts";
import { insertMembers } from "./batch.writes.ts";
import { birthdayErrors, type Birthday } from "./birthday.ts";
import { fitPhone } from "./fit-phone.ts";
import { addIdentities, findByIdentity, type Identity } from "./identity.ts";
import type { Gender } from "./member.row.ts";
import { demandStoreExists } from "./store.ts";

export interface NewMember {
  /** As typed; normalised here. */
  phone?: string | undefined;
  isPhoneVerified?: boolean;
  name?: string | undefined;
  gender?: Gender | undefined;
  birthday?: Birthday | undefined;
  storeId?: string | undefined;
  via: JoinedVia;
  joinedAt?: Date | undefined;
  /** Further ways to recognise the guest. */
  identities?: readonly Identity[];
}

export interface Registration {
  memberId: string;
  created: boolean;
}

/**
 * Makes a guest a member. A guest who is one already, by phone or by any other identity given, is found instead and keeps
 * what is known of them; identities that are new are added.
 */
export async function registerMember(scope: Scope, guest: NewMember): Promise<Registration> {
  const phone = guest.phone === undefined ? undefined : await fitPhone(scope, guest.phone);
  const errors = guest.birthday ? birthdayErrors(guest.birthday, dayOf(scope.now, scope.zone)) : [];
  if (errors.length > 0) throw invalid({ errors });
  const identities: Identity[] = [
    ...(phone ? [{ kind: "phone" as const, value: phone, isVerified: guest.isPhoneVerified ?? false }] : []), ...(guest.identities ?? []),
  ];
  const known = await recognise(scope, identities);
  if (known) return { memberId: known, created: false };
  if (guest.storeId) await demandStoreExists(scope, guest.storeId);
  const memberId = newId<"member">(scope);
  await insertMembers(scope, [{
    id: memberId, name: guest.name ?? "", gender: guest.gender ?? "unknown", birthday: guest.birthday ?? null, phone,
    storeId: guest.storeId ?? null, joinedAt: guest.joinedAt ?? scope.now, tags: [],
  }], guest.via);
  await addIdentities(scope, identities.map((one) => ({ ...one, memberId })));
  const joined: MemberRegistered = {
    memberId, storeId: guest.storeId ?? null, via: guest.via, joinedAt: (guest.joinedAt ?? scope.now).toISOString(),
  };
  await publish(scope, MEMBER_REGISTERED, memberId, joined);
  audit(scope, { action: "member.register", subjectKind: "member", subjectId: memberId, after: { via: guest.via, storeId: joined.storeId } });
  hint(scope, "members", [memberId]);
  return { memberId, created: true };
}

/** The member whom the first identity that is known names; the others, where they are nobody's, become that member's too. */
async function recognise(scope: Scope, identities: readonly Identity[]): Promise<string | undefined> {
  const holders = [];
  for (const identity of identities) holders.push({ identity, memberId: await findByIdentity(scope, identity.kind, identity.value) });
  const known = holders.find((holder) => holder.memberId)?.memberId;
  if (!known) return undefined;
  await addIdentities(scope, holders.filter((holder) => !holder.memberId && holder.identity.kind !== "phone")
    .map((holder) => ({ ...holder.identity, memberId: known })));
  return known;
}
