import type { Offer } from "@shuke/offers";
import { reasonText } from "@shuke/offers";
import type { z } from "zod";
import { dayOf } from "../../kernel/days.ts";
import { decodeCursor, pageFrom } from "../../kernel/http/page.ts";
import { notFound } from "../../kernel/problem.ts";
import type { Scope } from "../../kernel/scope.ts";
import { couponSentence, termsOf } from "./coupon-offer.ts";
import type { claimableTemplate, template, templateQuery, Validity } from "./coupon-template.schema.ts";

type Template = z.input<typeof template>;

interface TemplateRow {
  id: string;
  version: number;
  name: string;
  definition: Offer;
  validity: Validity;
  stock: number | null;
  per_member: number | null;
  issued: number;
  redeemed: number;
  state: Template["state"];
  claimable: boolean;
  created_at: Date;
  updated_at: Date;
}

const COLUMNS = "t.id, t.version, t.name, t.definition, t.validity, t.stock, t.per_member, t.issued, t.redeemed, t.state, t.claimable, t.created_at, t.updated_at";

/** Throws `notFound`. */
export async function getTemplate(scope: Scope, id: string): Promise<Template> {
  const [row] = await scope.tx.rows<TemplateRow>(`select ${COLUMNS} from promotions.coupon_template t where t.tenant_id = $1 and t.id = $2`, [scope.tenantId, id]);
  if (!row) throw notFound({ detail: "No such coupon template" });
  return templateOf(row);
}

/** Newest first. */
export async function listTemplates(scope: Scope, query: z.output<typeof templateQuery>) {
  const after = decodeCursor(query.cursor, 1);
  const rows = await scope.tx.rows<TemplateRow>(
    `select ${COLUMNS} from promotions.coupon_template t
      where t.tenant_id = $1 and ($2::text is null or t.state = $2) and ($3::text is null or t.name ilike '%' || $3 || '%') and ($4::uuid is null or t.id < $4)
      order by t.id desc limit $5`,
    [scope.tenantId, query.state ?? null, query.q ? escapeLike(query.q) : null, after?.[0] ?? null, query.limit + 1]);
  return pageFrom(rows, query.limit, templateOf, (row) => [row.id]);
}

const escapeLike = (text: string): string => text.replaceAll(/[\\%_]/g, "\\$&");

/** What a member could take now, with the reason where there is one against it. */
export async function listClaimable(scope: Scope, memberId: string, query: { limit: number; cursor?: string | undefined }) {
  const after = decodeCursor(query.cursor, 1);
  const rows = await scope.tx.rows<TemplateRow & { taken: number }>(
    `select ${COLUMNS}, coalesce(a.taken, 0) as taken from promotions.coupon_template t
       left join promotions.coupon_allowance a on a.tenant_id = $1 and a.template_id = t.id and a.member_id = $2
      where t.tenant_id = $1 and t.state = 'live' and t.claimable and ($3::uuid is null or t.id < $3)
        and (t.validity->>'until' is null or t.validity->>'until' >= $4)
      order by t.id desc limit $5`,
    [scope.tenantId, memberId, after?.[0] ?? null, dayOf(scope.now, scope.zone), query.limit + 1]);
  return pageFrom(rows, query.limit, claimableOf, (row) => [row.id]);
}

function claimableOf(row: TemplateRow & { taken: number }): z.input<typeof claimableTemplate> {
  const reasons = [
    ...(row.stock !== null && row.issued >= row.stock ? ["used-up" as const] : []),
    ...(row.per_member !== null && row.taken >= row.per_member ? ["used-by-member" as const] : []),
  ].map((code) => ({ code, message: reasonText(code, undefined, "zh-CN") }));
  const { warnings: _, createdAt: __, updatedAt: ___, ...shown } = templateOf(row);
  return { ...shown, claimed: row.taken, claimable: reasons.length === 0, reasons };
}

function templateOf(row: TemplateRow): Template {
  const terms = termsOf(row.definition);
  return {
    id: row.id, version: row.version, name: row.name, ...terms, validity: row.validity, stock: row.stock, perMember: row.per_member,
    issued: row.issued, redeemed: row.redeemed, state: row.state, isClaimable: row.claimable,
    sentence: couponSentence(row.definition, "zh-CN", row.validity), sentenceEn: couponSentence(row.definition, "en", row.validity),
    warnings: terms.kind === "amount-off" && (terms.amountFen ?? 0) > terms.thresholdFen
      ? [{ field: "thresholdFen", code: "below-amount", message: "门槛低于减免金额：小额订单可能全免" }] : [],
    createdAt: row.created_at.toISOString(), updatedAt: row.updated_at.toISOString(),
  };
}
