import { createSecretKey, randomBytes, type KeyObject } from "node:crypto";
import { uuidList, uuids, bytes } from "../db/array.ts";
import type { Scope } from "../scope.ts";
import { seal, unseal } from "./keyring.ts";

/** What a value looks like that a personal key has sealed. */
export interface SealedValue {
  sealed: string;
  /** Whose key it was, where the row that holds it is about something of theirs: an order. */
  of?: string;
}
export const isSealed = (value: unknown): value is SealedValue =>
  typeof value === "object" && value !== null && "sealed" in value && typeof value.sealed === "string";

const wrapping = (subjectId: string): string => `kernel.personal_key:${subjectId}`;

/**
 * A key of one member's own, for what lies in tables that nobody may edit: it is never overwritten, and unreadable once the
 * key is gone. Made when it is first needed, which for most members of a large brand is never.
 */
export class PersonalKey {
  readonly #subjectId: string;
  readonly #key: KeyObject;

  constructor(subjectId: string, key: KeyObject) {
    this.#subjectId = subjectId;
    this.#key = key;
  }

  seal(value: object): SealedValue {
    return { of: this.#subjectId, sealed: seal(this.#key, Buffer.from(JSON.stringify(value)), this.#subjectId).toString("base64") };
  }

  open({ sealed }: SealedValue): unknown {
    return JSON.parse(unseal(this.#key, Buffer.from(sealed, "base64"), this.#subjectId).toString());
  }
}

/** The keys of some members, made where there is none yet. */
export async function personalKeys(scope: Scope, subjectIds: readonly string[]): Promise<Map<string, PersonalKey>> {
  const known = await findPersonalKeys(scope, subjectIds);
  const missing = [...new Set(subjectIds)].filter((id) => !known.has(id)).map((id) => ({ id, wrapped: scope.vault.seal(randomBytes(32).toString("base64"), wrapping(id)) }));
  if (missing.length === 0) return known;
  await scope.tx.rows(
    `insert into kernel.personal_key (tenant_id, subject_id, wrapped, created_at)
     select $1, subject_id, wrapped, $2 from unnest($3::uuid[], $4::bytea[]) as k(subject_id, wrapped) on conflict (tenant_id, subject_id) do nothing`,
    [scope.tenantId, scope.now, uuids(missing, (one) => one.id), bytes(missing, (one) => one.wrapped)]);
  // Read again: another transaction may have made one at the same moment, and the first stays.
  return findPersonalKeys(scope, subjectIds);
}

export async function personalKey(scope: Scope, subjectId: string): Promise<PersonalKey> {
  const key = (await personalKeys(scope, [subjectId])).get(subjectId);
  if (!key) throw new Error("A personal key was destroyed while it was needed");
  return key;
}

export async function findPersonalKeys(scope: Scope, subjectIds: readonly string[]): Promise<Map<string, PersonalKey>> {
  if (subjectIds.length === 0) return new Map();
  const rows = await scope.tx.rows<{ subject_id: string; wrapped: Buffer }>(
    "select subject_id, wrapped from kernel.personal_key where tenant_id = $1 and subject_id = any($2::uuid[])", [scope.tenantId, uuidList(subjectIds)]);
  return new Map(rows.map((row) =>
    [row.subject_id, new PersonalKey(row.subject_id, createSecretKey(Buffer.from(scope.vault.open(row.wrapped, wrapping(row.subject_id)), "base64")))]));
}

/** From here on nobody can read what it sealed. */
export const destroyPersonalKey = (scope: Scope, subjectId: string): Promise<unknown> =>
  scope.tx.rows("delete from kernel.personal_key where tenant_id = $1 and subject_id = $2", [scope.tenantId, subjectId]);
