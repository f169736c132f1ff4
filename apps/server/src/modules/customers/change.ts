import { personalKeys } from "../../kernel/crypto/personal-key.ts";
import type { Scope } from "../../kernel/scope.ts";
import { auditAll, type AuditEntry } from "../platform/index.ts";
import type { MemberWrite } from "./batch.writes.ts";
import { birthdayOf, openPhone, type MemberRow } from "./member.row.ts";
import { maskPhone } from "./phone.ts";

/** What of a profile is told in histories, as it may be shown: the phone only masked. */
export function shownProfile(scope: Scope, row: MemberRow) {
  const phone = openPhone(scope, row);
  return {
    name: row.name, gender: row.gender, birthday: birthdayOf(row), preferences: row.preferences, homeStoreId: row.home_store_id,
    phone: phone ? maskPhone(phone) : null,
  };
}

/** The fields of two states that differ. */
export function differing(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((field) => JSON.stringify(before[field] ?? null) !== JSON.stringify(after[field] ?? null));
}

/** Tells of members whom a batch changed, each for itself, as if somebody had changed them one by one. */
export async function auditTakenOver(scope: Scope, changes: readonly { row: MemberRow; write: MemberWrite; tagsBefore: readonly string[] }[]): Promise<void> {
  const keys = await personalKeys(scope, changes.map(({ row }) => row.id));
  auditAll(scope, changes.flatMap(({ row, write, tagsBefore }): AuditEntry[] => {
    const entry = { subjectKind: "member", subjectId: row.id, key: keys.get(row.id) };
    const before = shownProfile(scope, row);
    const after = { ...before, name: write.name, gender: write.gender, birthday: write.birthday, homeStoreId: write.storeId, phone: write.phone ? maskPhone(write.phone) : null };
    const fields = differing(before, after);
    return [
      ...(fields.length > 0 ? [{ ...entry, action: "member.update", before: pick(before, fields), after: pick(after, fields) }] : []),
      ...write.tags.filter((tag) => !tagsBefore.includes(tag)).map((tag) => ({ ...entry, action: "member.tag", after: { tag } })),
    ];
  }));
}

export const pick = (profile: object, fields: readonly string[]) => Object.fromEntries(Object.entries(profile).filter(([field]) => fields.includes(field)));
