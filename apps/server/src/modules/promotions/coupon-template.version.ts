import { sentence, type Offer } from "@shuke/offers";
import type { z } from "zod";
import { decodeCursor, pageFrom } from "../../kernel/http/page.ts";
import type { Scope } from "../../kernel/scope.ts";
import { staffNames } from "../org/index.ts";
import { definitionOf } from "./coupon-offer.ts";
import { policyOf, type CouponPolicy } from "./coupon-policy.ts";
import { getTemplate } from "./coupon-template.view.ts";
import type { ruleVersion } from "./offer.schema.ts";
import { changesBetween, type Stated } from "./version-change.ts";

interface Row {
  version: number;
  name: string;
  definition: Offer;
  policy: Partial<CouponPolicy>;
  at: Date;
  by_actor: string | null;
}

/** What a template has been since it went live, the latest first: coupons keep the version they were issued in. Throws `notFound`. */
export async function listTemplateVersions(scope: Scope, templateId: string, query: { limit: number; cursor?: string | undefined }) {
  const before = decodeCursor(query.cursor, 1);
  await getTemplate(scope, templateId);
  // One more than a page says whether there is another, and is what the page's last one is compared with.
  const rows = await scope.tx.rows<Row>(
    `select version, name, definition, policy, at, by_actor from promotions.coupon_template_version
      where tenant_id = $1 and template_id = $2 and ($3::int is null or version < $3) order by version desc limit $4`,
    [scope.tenantId, templateId, before?.[0] ?? null, query.limit + 1]);
  const names = await staffNames(scope, rows.map((row) => row.by_actor));
  return pageFrom(rows, query.limit, (row) => view(row, rows[rows.indexOf(row) + 1], names), (row) => [row.version]);
}

function view(row: Row, before: Row | undefined, names: ReadonlyMap<string, string>): z.input<typeof ruleVersion> {
  return {
    version: row.version, name: row.name, definition: definitionOf(row.definition), sentence: sentence(row.definition, "zh-CN"), sentenceEn: sentence(row.definition, "en"),
    note: null, at: row.at.toISOString(), by: row.by_actor, byName: names.get(row.by_actor ?? "") ?? null, changes: changesBetween(before && stated(before), stated(row)),
  };
}

const stated = ({ name, definition, policy }: Row): Stated => ({ definition, beside: { name, ...policyOf(policy) } });
