import { isDeepStrictEqual } from "node:util";
import type { Scope } from "../../../kernel/scope.ts";
import { mergeCustom, partCustom, previewCustom, type KeptCustom } from "../../objects/index.ts";
import { addressesOf, setAddresses } from "../address.ts";
import { birthdayColumns, birthdayOf, nameColumns, openPhone, sealPhone, type MemberRow } from "../member.row.ts";
import { memberRow, tagsOf } from "../member.view.ts";
import { digestOf } from "../identity.ts";
import { addTags } from "../tag.ts";
import { joinConsents, partConsents, type KeptConsent } from "./consents.ts";
import { chosenColumns, mergeFields, shownField, stricterPreferences, winnerOf, type Choices } from "./fields.ts";
import { moveRows, moveRowsBack, type FollowingRows, type MovedRows } from "./rows.ts";
import type { MergePair } from "./step.ts";

/** A session follows: whoever was signed in as the one goes on as the other. */
export const ROWS: readonly FollowingRows[] = [
  { table: "customers.identity", column: "member_id", key: ["id"] },
  { table: "customers.session", column: "member_id", key: ["id"] },
  { table: "customers.message", column: "member_id", key: ["message_id"] },
];

export interface KeptProfile {
  rows: MovedRows;
  tags: string[];
  consents: KeptConsent[];
  /** Own fields; not there of a merge from before they were carried along. */
  custom?: KeptCustom;
  /** Whether the survivor had no address and was given the other's. */
  tookAddress: boolean;
  /** The survivor as it was and as it became, in the fields that a merge decides. */
  before: Snapshot;
  after: Snapshot;
}

type Snapshot = Record<string, unknown>;

/** The phone as its digest: what is kept of a merge is nobody's phone. */
const snapshot = (scope: Scope, row: MemberRow): Snapshot => {
  const phone = openPhone(scope, row);
  return {
    name: row.name, gender: row.gender, birthday: birthdayOf(row), homeStoreId: row.home_store_id, joinedAt: row.joined_at.toISOString(), preferences: row.preferences,
    phone: phone ? digestOf(scope, "phone", phone).toString("hex") : null, phoneSealed: row.phone_sealed?.toString("base64") ?? null,
    birthdayEditedAt: row.birthday_edited_at?.toISOString() ?? null,
  };
};

export async function previewProfile(scope: Scope, survivor: MemberRow, absorbed: MemberRow, choices: Choices) {
  const tags = await tagsOf(scope, [survivor.id, absorbed.id]);
  const [own = [], theirs = []] = [tags.get(survivor.id), tags.get(absorbed.id)];
  const custom = await previewCustom(scope, { survivorId: survivor.id, absorbedId: absorbed.id }, choices.custom ?? {});
  const preferences = [survivor.preferences, absorbed.preferences].map((one) => refusals(one));
  return {
    fields: mergeFields.map((field) => ({
      field, survivor: shownField(scope, field, survivor), absorbed: shownField(scope, field, absorbed), winner: winnerOf(field, survivor, absorbed, choices),
    })),
    custom: custom.fields, customReferences: custom.references,
    lines: [
      ...custom.lines,
      { what: "tags", survivor: own.length, absorbed: theirs.length, after: new Set([...own, ...theirs]).size },
      { what: "refusals", survivor: preferences[0] ?? null, absorbed: preferences[1] ?? null, after: refusals(stricterPreferences(survivor.preferences, absorbed.preferences)) },
    ],
  };
}

/** What a member does not want: the stricter of two wins. */
const refusals = (preferences: Record<string, unknown>): string | null =>
  Object.entries(preferences).filter(([, value]) => value === false).map(([key]) => key).toSorted().join(", ") || null;

export async function mergeProfile(scope: Scope, { survivorId, absorbedId }: MergePair, choices: Choices): Promise<KeptProfile> {
  const [survivor, absorbed] = [await memberRow(scope, survivorId), await memberRow(scope, absorbedId)];
  const rows = await moveRows(scope, ROWS, absorbedId, survivorId);
  const tags = await tagsOf(scope, [survivorId, absorbedId]);
  const added = (tags.get(absorbedId) ?? []).filter((tag) => !(tags.get(survivorId) ?? []).includes(tag));
  const columns = await chosenColumns(scope, survivor, absorbed, choices);
  await addTags(scope, added.map((tag) => ({ memberId: survivorId, tag })));
  await scope.tx.db.updateTable("customers.member").set({ ...columns, updated_at: scope.now }).where("id", "=", survivorId).execute();
  const custom = await mergeCustom(scope, { survivorId, absorbedId }, choices.custom ?? {});
  const consents = await joinConsents(scope, survivorId, absorbedId);
  const addresses = await addressesOf(scope, [survivorId, absorbedId]);
  const address = addresses.has(survivorId) ? undefined : addresses.get(absorbedId);
  if (address !== undefined) await setAddresses(scope, [{ memberId: survivorId, address }]);
  return { rows, tags: added, consents, custom, tookAddress: address !== undefined, before: snapshot(scope, survivor), after: snapshot(scope, await memberRow(scope, survivorId)) };
}

/** What was not changed since goes back to what it was; what was is left alone. */
export async function partProfile(scope: Scope, { survivorId, absorbedId }: MergePair, { rows, tags, consents, custom, tookAddress, before, after }: KeptProfile): Promise<void> {
  await moveRowsBack(scope, ROWS, rows, survivorId, absorbedId);
  await scope.tx.rows("delete from customers.member_tag where tenant_id = $1 and member_id = $2 and tag = any($3::text[])", [scope.tenantId, survivorId, tags]);
  await partConsents(scope, survivorId, consents);
  if (custom) await partCustom(scope, { survivorId, absorbedId }, custom);
  const addresses = await addressesOf(scope, [survivorId, absorbedId]);
  if (tookAddress && addresses.get(survivorId) === addresses.get(absorbedId)) await setAddresses(scope, [{ memberId: survivorId, address: "" }]);
  const survivor = await memberRow(scope, survivorId);
  const now = snapshot(scope, survivor);
  const goesBack = (field: string): boolean => isDeepStrictEqual(now[field], after[field]) && !isDeepStrictEqual(before[field], after[field]);
  const text = (field: string) => before[field] as string | null;
  const left = (await tagsOf(scope, [survivorId])).get(survivorId) ?? [];
  await scope.tx.db.updateTable("customers.member").set({
    ...nameColumns(goesBack("name") ? text("name") ?? "" : survivor.name, left),
    ...(goesBack("gender") ? { gender: text("gender") ?? "unknown" } : {}),
    ...(goesBack("birthday") ? { ...birthdayColumns(before["birthday"] as never), birthday_edited_at: instant(text("birthdayEditedAt")) } : {}),
    ...(goesBack("homeStoreId") ? { home_store_id: text("homeStoreId") } : {}),
    ...(goesBack("joinedAt") ? { joined_at: new Date(text("joinedAt") ?? 0) } : {}),
    ...(goesBack("preferences") ? { preferences: JSON.stringify(before["preferences"]) } : {}),
    ...(goesBack("phone") ? { ...phoneBefore(scope, survivor, text("phoneSealed")) } : {}),
    updated_at: scope.now,
  }).where("id", "=", survivorId).execute();
  await forgetLostPhone(scope, absorbedId);
}

const instant = (kept: string | null): Date | null => (kept === null ? null : new Date(kept));

function phoneBefore(scope: Scope, row: MemberRow, sealed: string | null) {
  if (sealed === null) return sealPhone(scope, row.id, undefined);
  return sealPhone(scope, row.id, openPhone(scope, { ...row, phone_sealed: Buffer.from(sealed, "base64") }));
}

/** A phone that was taken off the survivor meanwhile is not the absorbed member's again. */
async function forgetLostPhone(scope: Scope, memberId: string): Promise<void> {
  const phone = openPhone(scope, await memberRow(scope, memberId));
  if (!phone) return;
  const [held] = await scope.tx.rows("select 1 from customers.identity where tenant_id = $1 and member_id = $2 and digest = $3", [scope.tenantId, memberId, digestOf(scope, "phone", phone)]);
  if (!held) await scope.tx.rows("update customers.member set phone_sealed = null, phone_last4 = null where tenant_id = $1 and id = $2", [scope.tenantId, memberId]);
}
