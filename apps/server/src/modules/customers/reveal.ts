import { notFound } from "../../kernel/problem.ts";
import { visibleStores, type Scope } from "../../kernel/scope.ts";
import { audit } from "../platform/index.ts";
import { openPhone, type MemberRow } from "./member.row.ts";
import { memberRowInReach } from "./member.view.ts";

/** The whole phone number, against a reason that is kept. A phone leaves this module for somebody to read by this and by `wholePhones` alone. */
export async function revealPhone(scope: Scope, memberId: string, reason: string): Promise<string> {
  const row = await memberRowInReach(scope, memberId);
  const phone = openPhone(scope, row);
  if (!phone) throw notFound({ detail: "This member has no phone number" });
  audit(scope, { action: "member.reveal", subjectKind: "member", subjectId: memberId, reason });
  return phone;
}

/** The whole numbers of those whom the caller may see, for a list that leaves against a reason: whoever asks tells the audit log. */
export async function wholePhones(scope: Scope, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await scope.tx.rows<Pick<MemberRow, "id" | "phone_sealed">>(
    `select m.id, m.phone_sealed from customers.member m
      where m.tenant_id = $1 and m.id = any($2::uuid[]) and m.phone_sealed is not null and ($3::uuid[] is null or m.home_store_id is null or m.home_store_id = any($3))`,
    [scope.tenantId, ids, visibleStores(scope.actor)]);
  return new Map(rows.flatMap((row): [string, string][] => {
    const phone = openPhone(scope, row);
    return phone ? [[row.id, phone]] : [];
  }));
}
