import { notFound } from "../../kernel/problem.ts";
import type { Scope } from "../../kernel/scope.ts";
import { audit } from "../platform/index.ts";
import { openPhone } from "./member.row.ts";
import { memberRowInReach } from "./member.view.ts";

/** The whole phone number, against a reason that is kept: the only way in which a phone leaves this module. */
export async function revealPhone(scope: Scope, memberId: string, reason: string): Promise<string> {
  const row = await memberRowInReach(scope, memberId);
  const phone = openPhone(scope, row);
  if (!phone) throw notFound({ detail: "This member has no phone number" });
  audit(scope, { action: "member.reveal", subjectKind: "member", subjectId: memberId, reason });
  return phone;
}
