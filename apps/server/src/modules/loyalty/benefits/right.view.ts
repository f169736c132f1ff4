import type { Scope } from "../../../kernel/scope.ts";
import { rightKinds, type Right } from "./benefits.schema.ts";
import { isForTier } from "./grant.ts";
import { OFFER_HOLDS } from "./grant.view.ts";

interface RightRow extends Right {
  /** null: granted, whatever the tier */
  tierIds: string[] | null;
}

/**
 * What staff, or the till, see to for a member: what a tier brings and is not used up in its period, and grants from elsewhere.
 * Answers once the tier is known.
 */
export async function readRights({ tx, tenantId, now }: Scope, memberId: string): Promise<(tierId: string | undefined) => Right[]> {
  const rows = await tx.rows<RightRow>(
    `select b.kind, b.name, b.position, b.id, b.tier_ids as "tierIds" from loyalty.benefit b
      where b.tenant_id = $1 and b.state = 'live' and b.grant_on in ('always', 'month', 'quarter', 'year') and b.kind = any($4::text[]) and ${OFFER_HOLDS}
        and not exists (select 1 from loyalty.benefit_grant g where g.tenant_id = $1 and g.member_id = $2 and g.benefit_id = b.id
                           and g.used >= g.quota and g.valid_from <= $3 and g.valid_until > $3)
     union
     select b.kind, b.name, b.position, b.id, null from loyalty.benefit_grant g join loyalty.benefit b on b.tenant_id = $1 and b.id = g.benefit_id
      where g.tenant_id = $1 and g.member_id = $2 and b.grant_on in ('hand', 'birthday') and b.kind = any($4::text[])
        and (g.quota is null or g.used < g.quota) and g.valid_from <= $3 and (g.valid_until is null or g.valid_until > $3)
      order by position, id`, [tenantId, memberId, now, [...rightKinds]]);
  return (tierId) => rows.filter(({ tierIds }) => tierIds === null || isForTier({ tierIds }, tierId)).map(({ kind, name }) => ({ kind, name }));
}
