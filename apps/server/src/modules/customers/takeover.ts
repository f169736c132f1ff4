import { MEMBERS_REGISTERED, type JoinedVia, type MembersRegistered } from "../../events/customers.ts";
import { publish } from "../../kernel/events.ts";
import { hint } from "../../kernel/live.ts";
import type { Scope } from "../../kernel/scope.ts";
import { setAddresses } from "./address.ts";
import { insertMembers, updateMembers, type MemberWrite } from "./batch.writes.ts";
import { auditTakenOver } from "./change.ts";
import { addIdentities, type Digested } from "./identity.ts";
import type { MemberRow } from "./member.row.ts";
import { addTags } from "./tag.ts";

export interface NewcomerWrite extends MemberWrite {
  identities: readonly Digested[];
  address?: string | undefined;
}

/** Makes many guests members at once, a few statements whatever their number. Nobody has their identities: throws where somebody took one meanwhile. */
export async function createMembers(scope: Scope, newcomers: readonly NewcomerWrite[], via: JoinedVia, importId: string | null = null): Promise<void> {
  if (newcomers.length === 0) return;
  await insertMembers(scope, newcomers, via, importId);
  await addIdentities(scope, newcomers.flatMap(({ id, identities }) => identities.map((identity) => ({ ...identity, memberId: id }))));
  await addTags(scope, newcomers.flatMap(({ id, tags }) => tags.map((tag) => ({ memberId: id, tag }))));
  await setAddresses(scope, newcomers.flatMap(({ id, address }) => (address ? [{ memberId: id, address }] : [])));
  const registered: MembersRegistered = {
    members: newcomers.map((one) => ({ memberId: one.id, storeId: one.storeId, via, joinedAt: one.joinedAt.toISOString() })),
  };
  await publish(scope, MEMBERS_REGISTERED, null, registered);
  // One hint is enough for a screen that counts; a thousand ids would only be noise.
  hint(scope, "members", newcomers.slice(0, 1).map((one) => one.id));
}

export interface MemberChange {
  row: MemberRow;
  tagsBefore: readonly string[];
  /** Nothing where only identities or the address are new. */
  write: MemberWrite | undefined;
  /** Nobody's yet; a phone takes the place of those there were. */
  identities: readonly Digested[];
  address?: string | undefined;
}

/** Changes many members at once, each told of by itself as if somebody had changed them one by one. They are locked already. */
export async function changeMembers(scope: Scope, changes: readonly MemberChange[]): Promise<void> {
  if (changes.length === 0) return;
  const written = changes.flatMap(({ row, write, tagsBefore }) => (write ? [{ row, write, tagsBefore }] : []));
  await updateMembers(scope, written.map(({ write }) => write));
  await auditTakenOver(scope, written);
  const withPhone = changes.filter(({ identities }) => identities.some((one) => one.kind === "phone")).map(({ row }) => row.id);
  if (withPhone.length > 0) await scope.tx.rows("delete from customers.identity where tenant_id = $1 and kind = 'phone' and member_id = any($2::uuid[])", [scope.tenantId, withPhone]);
  await addIdentities(scope, changes.flatMap(({ row, identities }) => identities.map((identity) => ({ ...identity, memberId: row.id }))));
  await addTags(scope, written.flatMap(({ write, tagsBefore }) => write.tags.filter((tag) => !tagsBefore.includes(tag)).map((tag) => ({ memberId: write.id, tag }))));
  await setAddresses(scope, changes.flatMap(({ row, address }) => (address === undefined ? [] : [{ memberId: row.id, address }])));
}
