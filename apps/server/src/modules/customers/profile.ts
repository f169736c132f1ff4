import { MEMBER_UPDATED, type MemberUpdated } from "../../events/customers.ts";
import { personalKey } from "../../kernel/crypto/personal-key.ts";
import { dayOf } from "../../kernel/days.ts";
import { publish } from "../../kernel/events.ts";
import { hint } from "../../kernel/live.ts";
import { invalid, problem } from "../../kernel/problem.ts";
import type { Scope } from "../../kernel/scope.ts";
import { saveRecord } from "../objects/index.ts";
import { audit } from "../platform/index.ts";
import { birthdayEditableOn, birthdayErrors, birthdayLocked, type Birthday } from "./birthday.ts";
import { setAddresses } from "./address.ts";
import { fitPhone } from "./fit-phone.ts";
import { replaceIdentity } from "./identity.ts";
import { birthdayColumns, birthdayOf, nameColumns, openPhone, sealPhone, type Gender, type MemberRow } from "./member.row.ts";
import { differing, pick, shownProfile } from "./change.ts";
import { lockMembers, memberRow, memberRowInReach, tagsOf } from "./member.view.ts";
import { demandStoreExists } from "./store.ts";

export const memberChanged = problem("customers/member-changed", 409, "Somebody has changed this meanwhile");

/** What is left out stays; `null` empties. */
export interface ProfilePatch {
  name?: string | undefined;
  gender?: Gender | null | undefined;
  birthday?: Birthday | null | undefined;
  preferences?: Record<string, unknown> | undefined;
}

export interface ProfilePatchByStaff extends ProfilePatch {
  address?: string | undefined;
  phone?: string | undefined;
  homeStoreId?: string | null | undefined;
  /** own fields of the tenant, by key */
  custom?: Record<string, unknown> | undefined;
  /** what the writer has seen of what is changed */
  seen?: Seen | undefined;
}

interface Seen {
  name?: string | undefined;
  gender?: Gender | undefined;
  birthday?: Birthday | null | undefined;
}

/** A member changes the own profile; the birthday once a year, because there is a gift in it. */
export async function updateOwnProfile(scope: Scope, memberId: string, patch: ProfilePatch): Promise<void> {
  await lockMembers(scope, [memberId]);
  const row = await memberRow(scope, memberId);
  const birthday = birthdayChange(scope, row, patch.birthday);
  // The first one is no change. Taking it out and putting another in would be one, by a detour.
  const editedAt = birthday !== undefined && (birthdayOf(row) || row.birthday_edited_at) ? scope.now : undefined;
  const editableOn = editedAt && birthdayEditableOn(row.birthday_edited_at, scope.now);
  if (editableOn) throw birthdayLocked({ editableOn: dayOf(editableOn, scope.zone) });
  await write(scope, row, patch, editedAt ? { birthday_edited_at: editedAt } : {});
}

export async function updateMember(scope: Scope, memberId: string, { phone, homeStoreId, address, custom, seen, ...patch }: ProfilePatchByStaff): Promise<void> {
  await memberRowInReach(scope, memberId);
  await lockMembers(scope, [memberId]);
  const row = await memberRow(scope, memberId);
  if (seen) demandUnchanged(row, seen);
  if (homeStoreId) await demandStoreExists(scope, homeStoreId, "homeStoreId");
  const changed = phone === undefined ? undefined : await changedPhone(scope, row, phone);
  birthdayChange(scope, row, patch.birthday);
  if (custom) await updateCustom(scope, memberId, custom);
  if (address !== undefined) await setAddresses(scope, [{ memberId, address }]);
  await write(scope, row, patch, {
    ...(changed ? sealPhone(scope, memberId, changed) : {}), ...(homeStoreId === undefined || homeStoreId === row.home_store_id ? {} : { home_store_id: homeStoreId }),
  });
}

/** Of two who change one field at once the later is told, instead of taking back what the other did. */
function demandUnchanged(row: MemberRow, seen: Seen): void {
  const now = { name: row.name, gender: row.gender, birthday: birthdayColumns(birthdayOf(row)) };
  const then = { ...now, ...seen, ...(seen.birthday === undefined ? {} : { birthday: birthdayColumns(seen.birthday) }) };
  const fields = differing(now, then);
  if (fields.length > 0) throw memberChanged({ fields });
}

async function updateCustom(scope: Scope, memberId: string, custom: Record<string, unknown>): Promise<void> {
  await saveRecord(scope, "member", { id: memberId, fields: custom, memberId });
  await publish(scope, MEMBER_UPDATED, memberId, { memberId, fields: Object.keys(custom) } satisfies MemberUpdated);
}

async function changedPhone(scope: Scope, row: MemberRow, typed: string): Promise<string | undefined> {
  const phone = await fitPhone(scope, typed);
  if (phone === openPhone(scope, row)) return undefined;
  await replaceIdentity(scope, row.id, { kind: "phone", value: phone });
  return phone;
}

/** The birthday that a patch sets, `undefined` when it changes none. Throws for one that cannot be. */
function birthdayChange(scope: Scope, row: MemberRow, birthday: Birthday | null | undefined): Birthday | null | undefined {
  if (birthday === undefined) return undefined;
  const errors = birthday ? birthdayErrors(birthday, dayOf(scope.now, scope.zone)) : [];
  if (errors.length > 0) throw invalid({ errors });
  const [before, after] = [birthdayColumns(birthdayOf(row)), birthdayColumns(birthday)];
  return JSON.stringify(before) === JSON.stringify(after) ? undefined : birthday;
}

async function write(scope: Scope, row: MemberRow, patch: ProfilePatch, more: Partial<Columns>): Promise<void> {
  const tags = patch.name === undefined ? [] : ((await tagsOf(scope, [row.id])).get(row.id) ?? []);
  const changes: Partial<Columns> = {
    ...(patch.name === undefined || patch.name === row.name ? {} : nameColumns(patch.name, tags)),
    ...(patch.gender === undefined || (patch.gender ?? "unknown") === row.gender ? {} : { gender: patch.gender ?? "unknown" }),
    ...(birthdayChange(scope, row, patch.birthday) === undefined ? {} : birthdayColumns(patch.birthday)),
    ...(patch.preferences === undefined ? {} : { preferences: JSON.stringify(patch.preferences) }), ...more,
  };
  const fields = FIELDS.filter(([column]) => column in changes).map(([, field]) => field);
  if (fields.length === 0) return;
  await scope.tx.db.updateTable("customers.member").set({ ...changes, updated_at: scope.now }).where("id", "=", row.id).execute();
  audit(scope, {
    action: "member.update", subjectKind: "member", subjectId: row.id, before: pick(shownProfile(scope, row), fields),
    after: pick(shownProfile(scope, await memberRow(scope, row.id)), fields), key: await personalKey(scope, row.id),
  });
  const payload: MemberUpdated = { memberId: row.id, fields };
  await publish(scope, MEMBER_UPDATED, row.id, payload);
  hint(scope, "members", [row.id]);
}

type Columns = ReturnType<typeof nameColumns> & ReturnType<typeof birthdayColumns> & ReturnType<typeof sealPhone>
  & { gender: Gender; preferences: string; home_store_id: string | null; birthday_edited_at: Date };

const FIELDS: readonly (readonly [keyof Columns, string])[] = [
  ["name", "name"], ["gender", "gender"], ["birth_calendar", "birthday"], ["preferences", "preferences"], ["phone_sealed", "phone"], ["home_store_id", "homeStoreId"],
];
