import { notFound } from "../../../kernel/problem.ts";
import type { Scope } from "../../../kernel/scope.ts";
import type { Benefit } from "./benefits.schema.ts";

const COLUMNS = `b.id, b.name, b.description, b.kind, b.grant_on as "grantOn", b.tier_ids as "tierIds", b.quota, b.coupon_template_id as "couponTemplateId", b.offer_id as "offerId", b.points,
       b.lead_days as "leadDays", b.valid_days as "validDays", b.is_automatic as "isAutomatic", b.position, b.state`;
const SELECT = `select ${COLUMNS},
       (select count(*) from loyalty.benefit_grant g where g.tenant_id = $1 and g.benefit_id = b.id) as granted,
       (select count(*) from loyalty.benefit_use u where u.tenant_id = $1 and u.benefit_id = b.id and u.undone_at is null) as used,
       case when b.kind = 'partner-code' then
         (select count(*) from loyalty.benefit_code c where c.tenant_id = $1 and c.benefit_id = b.id and c.use_id is null and (c.expires_on is null or c.expires_on >= $2::date)) end as "codesLeft"
  from loyalty.benefit b where b.tenant_id = $1`;

export type BenefitTerms = Omit<Benefit, "granted" | "used" | "codesLeft">;

/** Those in force, without what they have come to: that is counted for those who look, not for everybody who is served. */
export const liveBenefits = ({ tx, tenantId }: Scope): Promise<BenefitTerms[]> =>
  tx.rows<BenefitTerms>(`select ${COLUMNS} from loyalty.benefit b where b.tenant_id = $1 and b.state = 'live' order by b.position, b.id`, [tenantId]);

export async function findTerms({ tx, tenantId }: Scope, id: string): Promise<BenefitTerms> {
  const [row] = await tx.rows<BenefitTerms>(`select ${COLUMNS} from loyalty.benefit b where b.tenant_id = $1 and b.id = $2`, [tenantId, id]);
  if (!row) throw notFound({ detail: "No such benefit" });
  return row;
}

/** By position; a tenant has tens. */
export const listBenefits = (scope: Scope, { state }: { state?: string | undefined } = {}): Promise<Benefit[]> =>
  scope.tx.rows<Benefit>(`${SELECT} and ($3::text is null or b.state = $3) order by b.position, b.id`, [scope.tenantId, scope.now, state ?? null]);

export async function getBenefit(scope: Scope, id: string): Promise<Benefit> {
  const [row] = await scope.tx.rows<Benefit>(`${SELECT} and b.id = $3`, [scope.tenantId, scope.now, id]);
  if (!row) throw notFound({ detail: "No such benefit" });
  return row;
}
