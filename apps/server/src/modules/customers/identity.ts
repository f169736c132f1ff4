import { booleans, bytes, texts, uuids } from "../../kernel/db/array.ts";
import { sqlState } from "../../kernel/db/database.ts";
import { newId, type Scope } from "../../kernel/scope.ts";
import { problem } from "../../kernel/problem.ts";
import { openPhone, type MemberRow } from "./member.row.ts";
import { maskPhone } from "./phone.ts";

export const identityTaken = problem("customers/identity-taken", 409, "This belongs to another member");

/** Ways to recognise a guest; external ids are the caller's. `identity.priority.ts` says how much each is worth. */
export type IdentityKind = "wechat-unionid" | "alipay" | "phone" | "wechat-openid" | "email" | "card" | "device" | "external";

export interface Identity {
  kind: IdentityKind;
  value: string;
  isVerified?: boolean;
}

const OPENING = 4;
const UNIQUE_VIOLATION = "23505";

/** What staff see of a value. Card numbers and external ids are not personal data by themselves; of the others a digest is kept, and so much of the text as tells two apart. */
export function shownOf(kind: IdentityKind, value: string): string {
  if (kind === "card" || kind === "external") return value;
  if (kind === "phone") return maskPhone(value);
  if (kind === "email") return `${value.charAt(0)}***${value.slice(value.lastIndexOf("@"))}`;
  return value.length > 2 * OPENING ? `${value.slice(0, OPENING)}…${value.slice(-OPENING)}` : "…";
}

export const digestOf = (scope: Pick<Scope, "vault">, kind: IdentityKind, value: string): Buffer => scope.vault.digest(value, `customers.identity.${kind}`);

/** Whose identity it is. */
export async function findByIdentity(scope: Scope, kind: IdentityKind, value: string): Promise<string | undefined> {
  const [row] = await scope.tx.rows<{ member_id: string }>(
    "select member_id from customers.identity where tenant_id = $1 and kind = $2 and digest = $3", [scope.tenantId, kind, digestOf(scope, kind, value)]);
  return row?.member_id;
}

/** With what it is found by: a digest takes as long as writing a row, so a batch that looks for a value and then writes it works it out once. */
export interface Digested extends Identity {
  digest: Buffer;
}

export const digested = (scope: Pick<Scope, "vault">, { kind, value }: Identity): Digested => ({ kind, value, digest: digestOf(scope, kind, value) });

/** Whose each of these is, in their order; one statement for a whole batch. */
export async function holdersOf(scope: Scope, identities: readonly Digested[]): Promise<(string | undefined)[]> {
  if (identities.length === 0) return [];
  const rows = await scope.tx.rows<{ place: number; member_id: string }>(
    `select s.place, i.member_id from unnest($2::text[], $3::bytea[]) with ordinality as s(kind, digest, place)
       join customers.identity i on i.tenant_id = $1 and i.kind = s.kind and i.digest = s.digest`,
    [scope.tenantId, texts(identities, (one) => one.kind), bytes(identities, (one) => one.digest)]);
  const holders = new Map(rows.map((row) => [row.place - 1, row.member_id]));
  return identities.map((_, at) => holders.get(at));
}

/** Which members have which of these values. */
export async function findByIdentities(scope: Scope, kind: IdentityKind, values: readonly string[]): Promise<Map<string, string>> {
  const holders = await holdersOf(scope, values.map((value) => digested(scope, { kind, value })));
  return new Map(values.flatMap((value, at): [string, string][] => (holders[at] ? [[value, holders[at]]] : [])));
}

export interface NewIdentity extends Identity {
  memberId: string;
  digest?: Buffer;
}

/**
 * Gives identities to members. Somebody who registered the same value at this moment wins: then this transaction is run
 * again, and finds it.
 */
export async function addIdentities(scope: Scope, identities: readonly NewIdentity[]): Promise<void> {
  if (identities.length === 0) return;
  // Sorted, so that two batches with the same values wait for each other instead of deadlocking.
  const rows = identities.map((one) => ({ ...one, digest: one.digest ?? digestOf(scope, one.kind, one.value) }))
    .toSorted((a, b) => (a.kind === b.kind ? Buffer.compare(a.digest, b.digest) : a.kind < b.kind ? -1 : 1));
  // Without "on conflict", which would look each of them up once more and write it as something tentative that it confirms afterwards.
  await scope.tx.rows(
    `insert into customers.identity (tenant_id, id, member_id, kind, digest, shown, verified_at, created_at)
     select $1, id, member_id, kind, digest, shown, case when verified then $2::timestamptz end, $2::timestamptz
       from unnest($3::uuid[], $4::uuid[], $5::text[], $6::bytea[], $7::text[], $8::boolean[]) as i(id, member_id, kind, digest, shown, verified)`,
    [scope.tenantId, scope.now, uuids(rows, () => newId(scope)), uuids(rows, (row) => row.memberId), texts(rows, (row) => row.kind), bytes(rows, (row) => row.digest),
      texts(rows, (row) => shownOf(row.kind, row.value)), booleans(rows, (row) => row.isVerified ?? false)]).catch((error: unknown) => {
    throw sqlState(error) === UNIQUE_VIOLATION ? overtaken("the same identity") : error;
  });
}

/** Carries the state of a serialization failure, on which `inScope` runs the transaction again. */
export const overtaken = (what: string): Error => Object.assign(new Error(`Somebody took ${what} at the same moment`), { code: "40001" });

/** Replaces a member's identity of a kind, as when a guest has a new number. */
export async function replaceIdentity(scope: Scope, memberId: string, identity: Identity): Promise<void> {
  const holder = await findByIdentity(scope, identity.kind, identity.value);
  if (holder === memberId) return;
  if (holder) throw identityTaken({ kind: identity.kind });
  await scope.tx.rows("delete from customers.identity where tenant_id = $1 and member_id = $2 and kind = $3", [scope.tenantId, memberId, identity.kind]);
  await addIdentities(scope, [{ ...identity, memberId }]);
}

/** Takes identities off a member; the phone also out of the profile, where it is the one shown there. */
export async function dropIdentities(scope: Scope, row: Pick<MemberRow, "id" | "phone_sealed">, digests: readonly Buffer[]): Promise<void> {
  await scope.tx.rows("delete from customers.identity where tenant_id = $1 and member_id = $2 and digest = any($3::bytea[])", [scope.tenantId, row.id, digests]);
  const phone = openPhone(scope, row);
  if (!phone || !digests.some((digest) => digest.equals(digestOf(scope, "phone", phone)))) return;
  await scope.tx.rows("update customers.member set phone_sealed = null, phone_last4 = null, updated_at = $3 where tenant_id = $1 and id = $2",
    [scope.tenantId, row.id, scope.now]);
}
