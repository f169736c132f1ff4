import { audit } from "../../../kernel/audit.ts";
import { invalid, problem } from "../../../kernel/problem.ts";
import { newId, type Scope } from "../../../kernel/scope.ts";
import { findTerms, getBenefit } from "./benefit.view.ts";

export const codesUsedUp = problem("loyalty/codes-used-up", 409, "The partner's codes are used up");

/** Takes over codes of a partner; those that are there already are left alone, so that a list may be sent twice. */
export async function addCodes(scope: Scope, benefitId: string, { codes, expiresOn }: { codes: readonly string[]; expiresOn: string | null }) {
  const { kind } = await findTerms(scope, benefitId);
  if (kind !== "partner-code") throw invalid({ detail: "Only partner codes have a pool" });
  const distinct = [...new Set(codes)];
  const added = await scope.tx.rows(
    `insert into loyalty.benefit_code (tenant_id, id, benefit_id, code, expires_on, added_at)
     select $1, v.id, $2, v.code, $3, $4 from unnest($5::uuid[], $6::text[]) as v(id, code) order by v.code
     on conflict (tenant_id, benefit_id, code) do nothing returning 1`,
    [scope.tenantId, benefitId, expiresOn, scope.now, distinct.map(() => newId(scope)), distinct]);
  const after = await getBenefit(scope, benefitId);
  audit(scope, { action: "benefit.codes", subjectKind: "benefit", subjectId: benefitId, after: { added: added.length, expiresOn } });
  return { added: added.length, known: codes.length - added.length, left: after.codesLeft ?? 0 };
}

/** Hands one code out. Those who ask at once skip each other's: each code goes to one of them, and nobody waits. */
export async function handCode({ tx, tenantId, now }: Scope, benefitId: string, useId: string): Promise<string> {
  const [row] = await tx.rows<{ code: string }>(
    `update loyalty.benefit_code set use_id = $3, handed_at = $4
      where tenant_id = $1 and id = (select id from loyalty.benefit_code where tenant_id = $1 and benefit_id = $2 and use_id is null and (expires_on is null or expires_on >= $4::date)
                                      order by expires_on nulls last, id limit 1 for update skip locked)
      returning code`, [tenantId, benefitId, useId, now]);
  if (!row) throw codesUsedUp();
  return row.code;
}
