import { bytes, uuids } from "../../kernel/db/array.ts";
import type { Scope } from "../../kernel/scope.ts";

const context = (memberId: string): string => `customers.member.address:${memberId}`;

/** Where members live, sealed; an empty text forgets it. */
export async function setAddresses(scope: Scope, addresses: readonly { memberId: string; address: string }[]): Promise<void> {
  const [kept, gone] = [addresses.filter((one) => one.address !== ""), addresses.filter((one) => one.address === "")];
  if (gone.length > 0) await scope.tx.rows("delete from customers.member_address where tenant_id = $1 and member_id = any($2::uuid[])", [scope.tenantId, gone.map((one) => one.memberId)]);
  if (kept.length === 0) return;
  await scope.tx.rows(
    `insert into customers.member_address (tenant_id, member_id, sealed, at) select $1, member_id, sealed, $2 from unnest($3::uuid[], $4::bytea[]) as a(member_id, sealed)
     on conflict (tenant_id, member_id) do update set sealed = excluded.sealed, at = excluded.at`,
    [scope.tenantId, scope.now, uuids(kept, (one) => one.memberId), bytes(kept, (one) => scope.vault.seal(one.address, context(one.memberId)))]);
}

export async function addressesOf(scope: Scope, memberIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await scope.tx.rows<{ member_id: string; sealed: Buffer }>(
    "select member_id, sealed from customers.member_address where tenant_id = $1 and member_id = any($2::uuid[])", [scope.tenantId, memberIds]);
  return new Map(rows.map((row) => [row.member_id, scope.vault.open(row.sealed, context(row.member_id))]));
}
