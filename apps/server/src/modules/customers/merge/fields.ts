import type { Scope } from "../../../kernel/scope.ts";
import type { CustomChoices } from "../../objects/index.ts";
import { birthdayColumns, birthdayOf, nameColumns, openPhone, sealPhone, type MemberRow } from "../member.row.ts";
import { tagsOf } from "../member.view.ts";
import { maskPhone } from "../phone.ts";

export const mergeFields = ["name", "gender", "birthday", "phone", "homeStoreId"] as const;
export type MergeField = (typeof mergeFields)[number];
export type Side = "survivor" | "absorbed";
/** Whose value stays, field by field; the survivor's where nothing is said and there is one. */
export type Choices = Partial<Record<MergeField, Side | undefined>> & { custom?: CustomChoices | undefined };

const isEmpty: Readonly<Record<MergeField, (row: MemberRow) => boolean>> = {
  name: (row) => row.name === "", gender: (row) => row.gender === "unknown", birthday: (row) => row.birth_calendar === null,
  phone: (row) => row.phone_sealed === null, homeStoreId: (row) => row.home_store_id === null,
};

export const winnerOf = (field: MergeField, survivor: MemberRow, absorbed: MemberRow, choices: Choices): Side =>
  choices[field] ?? (isEmpty[field](survivor) && !isEmpty[field](absorbed) ? "absorbed" : "survivor");

/** What a field says, as staff may see it. */
export function shownField(scope: Scope, field: MergeField, row: MemberRow): string | null {
  switch (field) {
    case "name": return row.name || null;
    case "gender": return row.gender;
    case "birthday": return birthdayText(row);
    case "phone": { const phone = openPhone(scope, row); return phone ? maskPhone(phone) : null; }
    case "homeStoreId": return row.home_store_id;
  }
}

function birthdayText(row: MemberRow): string | null {
  const birthday = birthdayOf(row);
  if (!birthday) return null;
  const two = (part: number) => String(part).padStart(2, "0");
  return `${birthday.calendar === "lunar" ? "L" : ""}${birthday.year ? `${birthday.year}-` : ""}${two(birthday.month)}-${two(birthday.day)}`;
}

/** Somebody who said no at one of the two has said no. What only one of them says stays said. */
export function stricterPreferences(survivor: Record<string, unknown>, absorbed: Record<string, unknown>): Record<string, unknown> {
  const refused = Object.fromEntries(Object.entries({ ...absorbed, ...survivor }).filter(([key]) => survivor[key] === false || absorbed[key] === false).map(([key]) => [key, false]));
  return { ...absorbed, ...survivor, ...refused };
}

/** The columns that make the survivor what was chosen, and those that were before. */
export async function chosenColumns(scope: Scope, survivor: MemberRow, absorbed: MemberRow, choices: Choices) {
  const from = (field: MergeField): MemberRow => (winnerOf(field, survivor, absorbed, choices) === "absorbed" ? absorbed : survivor);
  const tags = [...(await tagsOf(scope, [survivor.id, absorbed.id])).values()].flat();
  return {
    ...nameColumns(from("name").name, [...new Set(tags)]), gender: from("gender").gender, ...birthdayColumns(birthdayOf(from("birthday"))),
    ...sealPhone(scope, survivor.id, openPhone(scope, from("phone"))), home_store_id: from("homeStoreId").home_store_id,
    birthday_edited_at: [survivor.birthday_edited_at, absorbed.birthday_edited_at].reduce((a, b) => (a && b ? (a > b ? a : b) : a ?? b)),
    joined_at: survivor.joined_at < absorbed.joined_at ? survivor.joined_at : absorbed.joined_at,
    preferences: JSON.stringify(stricterPreferences(survivor.preferences, absorbed.preferences)),
  };
}
