import { notFound } from "../../kernel/problem.ts";
import { visibleStores, type Scope } from "../../kernel/scope.ts";
import { audit } from "../platform/index.ts";
import { openPhone } from "./member.row.ts";
import { memberRowInReach, memberRows } from "./member.view.ts";

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
  const stores = visibleStores(scope.actor);
  const rows = await memberRows(scope, ids);
  return new Map(rows.flatMap((row): [string, string][] => {
    const phone = !stores || !row.home_store_id || stores.includes(row.home_store_id) ? openPhone(scope, row) : undefined;
    return phone ? [[row.id, phone]] : [];
  }));
}
