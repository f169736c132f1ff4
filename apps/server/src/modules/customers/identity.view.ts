import type { Scope } from "../../kernel/scope.ts";
import type { IdentityKind } from "./identity.ts";
import { priorityOf } from "./identity.priority.ts";
import { openPhone } from "./member.row.ts";
import { memberRow } from "./member.view.ts";
import { maskPhone } from "./phone.ts";

interface Row {
  id: string;
  kind: IdentityKind;
  shown: string | null;
  verified_at: Date | null;
  created_at: Date;
}

/** How a member is recognised, the most telling first. Nothing in full that is personal. */
export async function listIdentities(scope: Scope, memberId: string) {
  const [row, identities] = [await memberRow(scope, memberId), await scope.tx.rows<Row>(
    "select id, kind, shown, verified_at, created_at from customers.identity where tenant_id = $1 and member_id = $2 order by created_at, id", [scope.tenantId, memberId])];
  const phone = openPhone(scope, row);
  // Phones that were linked before a look at them was kept: there could be one only, the profile's.
  return identities.map((one) => ({
    id: one.id, kind: one.kind, shown: one.shown ?? (one.kind === "phone" && phone ? maskPhone(phone) : "…"), isVerified: one.verified_at !== null, since: one.created_at.toISOString(),
  })).toSorted((a, b) => priorityOf(a) - priorityOf(b));
}
