import type { NameOf, Offer } from "@shuke/offers";
import { reasonText } from "@shuke/offers";
import type { z } from "zod";
import { dayOf } from "../../kernel/days.ts";
import { decodeCursor, pageFrom } from "../../kernel/http/page.ts";
import { notFound } from "../../kernel/problem.ts";
import type { Scope } from "../../kernel/scope.ts";
import { namesFor } from "./coupon-names.ts";
import { couponSentence, definitionOf, termsOf } from "./coupon-offer.ts";
import { policyOf, type CouponPolicy } from "./coupon-policy.ts";
import { periodStart } from "./coupon-period.ts";
import type { claimableTemplate, template, templateQuery, Validity } from "./coupon-template.schema.ts";

type Template = z.input<typeof template>;

interface TemplateRow {
  id: string;
  version: number;
  name: string;
  definition: Offer;
  policy: Partial<CouponPolicy>;
  validity: Validity;
  stock: number | null;
  per_member: number | null;
  period: Template["period"];
  per_period: number | null;
  period_stock: number | null;
  period_from: string | null;
  period_issued: number;
  share: Template["share"];
  cost_fen: number;
  sales_fen: number;
  issued: number;
  redeemed: number;
  state: Template["state"];
  claimable: boolean;
  created_at: Date;
  updated_at: Date;
}

const COLUMNS = `t.id, t.version, t.name, t.definition, t.policy, t.validity, t.stock, t.per_member, t.period, t.per_period, t.period_stock, t.period_from,
  t.period_issued, t.share, t.cost_fen, t.sales_fen, t.issued, t.redeemed, t.state, t.claimable, t.created_at, t.updated_at`;

/** Throws `notFound`. */
export async function getTemplate(scope: Scope, id: string): Promise<Template> {
  const [row] = await scope.tx.rows<TemplateRow>(`select ${COLUMNS} from promotions.coupon_template t where t.tenant_id = $1 and t.id = $2`, [scope.tenantId, id]);
  if (!row) throw notFound({ detail: "No such coupon template" });
  return templateOf(row, await namesFor(scope, [row.definition]));
}

/** Newest first. */
export async function listTemplates(scope: Scope, query: z.output<typeof templateQuery>) {
  const after = decodeCursor(query.cursor, 1);
  const rows = await scope.tx.rows<TemplateRow>(
    `select ${COLUMNS} from promotions.coupon_template t
      where t.tenant_id = $1 and ($2::text is null or t.state = $2) and ($3::text is null or t.name ilike '%' || $3 || '%') and ($4::uuid is null or t.id < $4)
      order by t.id desc limit $5`,
    [scope.tenantId, query.state ?? null, query.q ? escapeLike(query.q) : null, after?.[0] ?? null, query.limit + 1]);
  const nameOf = await namesFor(scope, rows.map((row) => row.definition));
  return pageFrom(rows, query.limit, (row) => templateOf(row, nameOf), (row) => [row.id]);
}

/** Those that have not ended, by name. */
export async function templatesInUse(scope: Scope): Promise<Template[]> {
  const rows = await scope.tx.rows<TemplateRow>(`select ${COLUMNS} from promotions.coupon_template t where t.tenant_id = $1 and t.state <> 'ended' order by t.id`, [scope.tenantId]);
  const nameOf = await namesFor(scope, rows.map((row) => row.definition));
  return rows.map((row) => templateOf(row, nameOf));
}

const escapeLike = (text: string): string => text.replaceAll(/[\\%_]/g, "\\$&");

/** What a member could take now, with the reason where there is one against it. */
export async function listClaimable(scope: Scope, memberId: string, query: { limit: number; cursor?: string | undefined }) {
  const after = decodeCursor(query.cursor, 1);
  const rows = await scope.tx.rows<ClaimableRow>(
    `select ${COLUMNS}, coalesce(a.taken, 0) as taken, a.period_from as taken_from, coalesce(a.period_taken, 0) as period_taken from promotions.coupon_template t
       left join promotions.coupon_allowance a on a.tenant_id = $1 and a.template_id = t.id and a.member_id = $2
      where t.tenant_id = $1 and t.state = 'live' and t.claimable and ($3::uuid is null or t.id < $3)
        and (t.validity->>'until' is null or t.validity->>'until' >= $4)
      order by t.id desc limit $5`,
    [scope.tenantId, memberId, after?.[0] ?? null, dayOf(scope.now, scope.zone), query.limit + 1]);
  const nameOf = await namesFor(scope, rows.map((row) => row.definition));
  return pageFrom(rows, query.limit, (row) => claimableOf(row, periodStart(row.period, scope), nameOf), (row) => [row.id]);
}

interface ClaimableRow extends TemplateRow {
  taken: number;
  taken_from: string | null;
  period_taken: number;
}

const PERIOD_WORDS = { day: "今天", week: "本周", month: "本月" } as const;

function claimableOf(row: ClaimableRow, start: string | null, nameOf: NameOf): z.input<typeof claimableTemplate> {
  const inPeriod = { issued: row.period_from === start ? row.period_issued : 0, taken: row.taken_from === start ? row.period_taken : 0 };
  const when = row.period ? PERIOD_WORDS[row.period] : "";
  const reasons = [
    ...(row.stock !== null && row.issued >= row.stock ? [plain("used-up")] : []),
    ...(row.per_member !== null && row.taken >= row.per_member ? [plain("used-by-member")] : []),
    ...(row.period_stock !== null && inPeriod.issued >= row.period_stock ? [{ code: "used-up-in-period", message: `${when}已领完` }] : []),
    ...(row.per_period !== null && inPeriod.taken >= row.per_period ? [{ code: "taken-in-period", message: `${when}已领取` }] : []),
  ];
  return { ...shownOf(row, nameOf), claimed: row.taken, claimable: reasons.length === 0, reasons };
}

const plain = (code: "used-up" | "used-by-member") => ({ code, message: reasonText(code, undefined, "zh-CN") });

/** What members may see of it, too. */
function shownOf(row: TemplateRow, nameOf: NameOf) {
  return {
    id: row.id, version: row.version, name: row.name, ...termsOf(row.definition), validity: row.validity, stock: row.stock, perMember: row.per_member,
    period: row.period, perPeriod: row.per_period, periodStock: row.period_stock, share: row.share, isGiftable: policyOf(row.policy).isGiftable,
    issued: row.issued, redeemed: row.redeemed, state: row.state, isClaimable: row.claimable,
    sentence: couponSentence(row.definition, "zh-CN", nameOf, row.validity), sentenceEn: couponSentence(row.definition, "en", nameOf, row.validity),
  };
}

function templateOf(row: TemplateRow, nameOf: NameOf): Template {
  const { returns, graceDays, remindsBySms } = policyOf(row.policy);
  const { definition } = row;
  return {
    ...shownOf(row, nameOf), definition: definitionOf(definition), returnPolicy: returns, graceDays, remindsBySms, costFen: row.cost_fen, salesFen: row.sales_fen,
    warnings: definition.kind === "amount-off" && definition.amountFen > (definition.threshold?.amountFen ?? 0)
      ? [{ field: "thresholdFen", code: "below-amount", message: "门槛低于减免金额：小额订单可能全免" }] : [],
    createdAt: row.created_at.toISOString(), updatedAt: row.updated_at.toISOString(),
  };
}
