import type { Scope } from "../../../kernel/scope.ts";
import type { AppliedRow } from "../../platform/index.ts";
import { digestOf, shownOf } from "../identity.ts";
import { newId } from "../../../kernel/scope.ts";

/** A phone as a member had it: what its text was is not needed to give it back. */
interface HeldPhone {
  id: string;
  memberId: string;
  digest: string;
  shown: string | null;
  verifiedAt: string | null;
  createdAt: string;
}

/** Phones of members whose number the import replaces: the new one takes the place of all of them. */
export async function phonesOf({ tx, tenantId }: Scope, memberIds: readonly string[]): Promise<Map<string, HeldPhone[]>> {
  if (memberIds.length === 0) return new Map();
  const rows = await tx.rows<HeldPhone>(
    `select id, member_id as "memberId", encode(digest, 'hex') as digest, shown, verified_at as "verifiedAt", created_at as "createdAt"
       from customers.identity where tenant_id = $1 and kind = 'phone' and member_id = any($2::uuid[]) order by created_at, id`, [tenantId, memberIds]);
  return Map.groupBy(rows, (row) => row.memberId);
}

/** Gives them back as they were, but for those that somebody else has by now. */
export async function givePhonesBack(scope: Scope, rows: readonly AppliedRow[]): Promise<void> {
  const phones = rows.flatMap((row) => (row.before?.["phones"] as HeldPhone[] | undefined) ?? phoneBefore(scope, row));
  if (phones.length === 0) return;
  await scope.tx.rows(
    `insert into customers.identity (tenant_id, id, member_id, kind, digest, shown, verified_at, created_at)
     select $1, id, "memberId", 'phone', decode(digest, 'hex'), shown, "verifiedAt", "createdAt"
       from json_to_recordset($2::json) as p(id uuid, "memberId" uuid, digest text, shown text, "verifiedAt" timestamptz, "createdAt" timestamptz)
      order by digest on conflict do nothing`, [scope.tenantId, JSON.stringify(phones)]);
}

/** Of rows that were written before their phones were kept. */
function phoneBefore(scope: Scope, { before, subjectId }: AppliedRow): HeldPhone[] {
  const phone = before?.["phone"];
  if (typeof phone !== "string") return [];
  return [{ id: newId(scope), memberId: subjectId ?? "", digest: digestOf(scope, "phone", phone).toString("hex"), shown: shownOf("phone", phone), verifiedAt: null, createdAt: scope.now.toISOString() }];
}
