import { MEMBER_REGISTERED, type JoinedVia, type MemberRegistered } from "../../events/customers.ts";
import { dayOf } from "../../kernel/days.ts";
import { publish } from "../../kernel/events.ts";
import { hint } from "../../kernel/live.ts";
import { invalid } from "../../kernel/problem.ts";
import { newId, type Scope } from "../../kernel/scope.ts";
import { audit } from "../platform/index.ts";
import { birthdayErrors, type Birthday } from "./birthday.ts";
import { fitPhone } from "./fit-phone.ts";
import { addIdentities, findByIdentity, overtaken, type Identity } from "./identity.ts";
import { newMemberNumber } from "./member-number.ts";
import { birthdayColumns, nameColumns, sealPhone, type Gender } from "./member.row.ts";
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
  const memberId = await insertMember(scope, guest, phone);
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

async function insertMember(scope: Scope, guest: NewMember, phone: string | undefined): Promise<string> {
  const id = newId<"member">(scope);
  const [memberNo = ""] = await drawMemberNumbers(scope, 1);
  const added = await scope.tx.db.insertInto("customers.member").values({
    id, member_no: memberNo, gender: guest.gender ?? "unknown", home_store_id: guest.storeId ?? null,
    joined_at: guest.joinedAt ?? scope.now, joined_via: guest.via, updated_at: scope.now,
    ...nameColumns(guest.name ?? ""), ...birthdayColumns(guest.birthday), ...sealPhone(scope, id, phone),
  }).onConflict((on) => on.columns(["tenant_id", "member_no"]).doNothing()).returning("id").executeTakeFirst();
  if (!added) throw overtaken("the same member number");
  return id;
}

const MAX_DRAWS = 10;

/** Numbers that no member has yet. One in eight hundred million is taken by each member, so a second draw is rare. */
export async function drawMemberNumbers(scope: Scope, count: number): Promise<string[]> {
  const drawn = new Set<string>();
  for (let draw = 0; draw < MAX_DRAWS; draw++) {
    const candidates = new Set<string>();
    while (drawn.size + candidates.size < count) {
      const candidate = newMemberNumber(scope.random);
      if (!drawn.has(candidate)) candidates.add(candidate);
    }
    const taken = await scope.tx.rows<{ member_no: string }>(
      "select member_no from customers.member where tenant_id = $1 and member_no = any($2)", [scope.tenantId, [...candidates]]);
    for (const { member_no } of taken) candidates.delete(member_no);
    for (const candidate of candidates) drawn.add(candidate);
    if (drawn.size === count) return [...drawn];
  }
  throw new Error("No free member numbers found");
}
