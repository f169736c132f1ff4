import type { Scope } from "../../kernel/scope.ts";
import type { Birthday } from "./birthday.ts";
import { lastFour } from "./phone.ts";
import { gramsOf, gramsOfSyllables } from "./grams.ts";
import { spellingOf } from "../../kernel/pinyin.ts";

/** A member as the table holds it. */
export interface MemberRow {
  id: string;
  member_no: string;
  name: string;
  gender: Gender;
  birth_calendar: "solar" | "lunar" | null;
  birth_year: number | null;
  birth_month: number | null;
  birth_day: number | null;
  birth_leap: boolean;
  birthday_edited_at: Date | null;
  phone_sealed: Buffer | null;
  home_store_id: string | null;
  joined_at: Date;
  joined_via: string;
  preferences: Record<string, unknown>;
  state: "active" | "frozen" | "merged" | "closed";
}

export type Gender = "unknown" | "female" | "male" | "other";

export const MEMBER_COLUMNS = [
  "id", "member_no", "name", "gender", "birth_calendar", "birth_year", "birth_month", "birth_day", "birth_leap", "birthday_edited_at",
  "phone_sealed", "home_store_id", "joined_at", "joined_via", "preferences", "state",
].map((column) => `m.${column}`).join(", ");

/** Bound to the member: a sealed phone moved to another row does not open. */
const phoneContext = (memberId: string): string => `customers.member.phone:${memberId}`;

export interface PhoneColumns {
  phone_sealed: Buffer | null;
  phone_last4: string | null;
}

export const sealPhone = (scope: Scope, memberId: string, phone: string | undefined): PhoneColumns =>
  phone === undefined
    ? { phone_sealed: null, phone_last4: null }
    : { phone_sealed: scope.vault.seal(phone, phoneContext(memberId)), phone_last4: lastFour(phone) };

export const openPhone = (scope: Scope, row: Pick<MemberRow, "id" | "phone_sealed">): string | undefined =>
  row.phone_sealed ? scope.vault.open(row.phone_sealed, phoneContext(row.id)) : undefined;

export interface NameColumns {
  name: string;
  name_pinyin: string;
  name_initials: string;
  grams: string[];
}

/** A name with everything that finds it. */
export function nameColumns(name: string, tags: readonly string[] = []): NameColumns {
  const { pinyin, initials, syllables } = spellingOf(name);
  return { name, name_pinyin: pinyin, name_initials: initials, grams: [...new Set([...gramsOf([name, ...tags]), ...gramsOfSyllables(syllables)])] };
}

export interface BirthdayColumns {
  birth_calendar: "solar" | "lunar" | null;
  birth_year: number | null;
  birth_month: number | null;
  birth_day: number | null;
  birth_leap: boolean;
}

export const birthdayColumns = (birthday: Birthday | null | undefined): BirthdayColumns => ({
  birth_calendar: birthday?.calendar ?? null, birth_year: birthday?.year ?? null, birth_month: birthday?.month ?? null,
  birth_day: birthday?.day ?? null, birth_leap: birthday?.leap ?? false,
});

export function birthdayOf(row: BirthdayColumns): Birthday | null {
  if (!row.birth_calendar || !row.birth_month || !row.birth_day) return null;
  return {
    calendar: row.birth_calendar, month: row.birth_month, day: row.birth_day,
    ...(row.birth_year ? { year: row.birth_year } : {}), ...(row.birth_leap ? { leap: true } : {}),
  };
}
