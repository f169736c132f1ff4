import { readFile } from "node:fs/promises";
import pg from "pg";
import { newId, type Scope } from "../../apps/server/src/kernel/scope.ts";
import { addApiKey } from "../../apps/server/src/modules/org/index.ts";
import { publishRules } from "../../apps/server/src/modules/promotions/index.ts";
import type { RunningPostgres } from "../../apps/server/src/postgres/launcher.ts";
import { foundBrand } from "../brand.ts";

export interface BenchTenant {
  tenantId: string;
  storeId: string;
  token: string;
  /** An order's texts of the usual length, for the baseline's inserts. */
  sample: { proof: string; body: string; payload: string };
}

/** Founds one tenant with a program, three tiers, five offers and a coupon template, and loads its members. */
export async function foundBench(postgres: RunningPostgres, members: number, couponsEach: number): Promise<BenchTenant> {
  const { tenantId, headquartersId, inScope, admin, close } = await foundBrand(postgres);
  const made = await inScope((scope) => rules(scope, headquartersId));
  await admin.query(UUIDV7);
  for (const statement of (await readFile(new URL("members.sql", import.meta.url), "utf8")).split(/;\s*\n/).filter((text) => text.trim())) {
    const used = [tenantId, made.storeId, members, made.templateId, couponsEach];
    await admin.query(bind(statement, used));
  }
  await admin.query("update promotions.coupon_template set issued = $2 where tenant_id = $1", [tenantId, members * couponsEach]);
  await admin.query("vacuum analyze");
  await close();
  const text = (length: number) => JSON.stringify({ filler: "毛肚鸭血".repeat(Math.ceil(length / 12)).slice(0, Math.floor(length / 3)) });
  return { tenantId, storeId: made.storeId, token: made.token, sample: { proof: text(1_100), body: text(1_500), payload: text(330) } };
}

/** Postgres has it from 18 on, and the baseline asks for it by this name. */
const UUIDV7 = `do $do$ begin
  if to_regprocedure('uuidv7()') is null then
    create function uuidv7() returns uuid language sql volatile as $$
      select overlay(gen_random_uuid()::text placing substr(t, 1, 8) || '-' || substr(t, 9) || '-7' from 1 for 15)::uuid
        from lpad(to_hex((extract(epoch from clock_timestamp()) * 1000)::bigint), 12, '0') as t $$;
  end if;
end $do$`;

/** Simple values only: a statement may leave some of them out, which a prepared statement would not allow. */
const bind = (statement: string, values: readonly (string | number)[]): string =>
  statement.replaceAll(/\$(\d)/g, (_, n: string) => {
    const value = values[Number(n) - 1] ?? "";
    return typeof value === "number" ? String(value) : pg.escapeLiteral(value);
  });

async function rules(scope: Scope, headquartersId: string) {
  const { db } = scope.tx;
  const storeId = newId(scope);
  await db.insertInto("org.unit").values({
    id: storeId, parent_id: headquartersId, kind: "store", code: "B1", name: "Bench store", path: `${headquartersId}/${storeId}/`, created_at: scope.now,
  }).execute();
  await db.insertInto("loyalty.program").values({ tenant_id: scope.tenantId, earn_points: 1, earn_per_fen: 100, spend_points: 100, spend_fen: 100, updated_at: scope.now }).execute();
  for (const [rank, name, spend] of [[0, "普卡", 0], [1, "银卡", 100_000], [2, "金卡", 1_000_000]] as const) {
    await db.insertInto("loyalty.tier").values({ id: newId(scope), rank, name, min_spend_fen: spend, earn_percent: 100 + rank * 10 }).execute();
  }
  const offers = ["饮品", "主食", "凉菜", "甜品", "酒水"].map((category) => ({
    kind: "percent-off", trigger: "auto", level: "line", percentOff: 10, scope: { categories: [`${category}促销`] },
  }));
  for (const definition of offers) {
    await db.insertInto("promotions.offer").values({
      id: newId(scope), name: `${definition.scope.categories[0]}九折`, definition: JSON.stringify(definition), state: "live", created_at: scope.now, updated_at: scope.now,
    }).execute();
  }
  await publishRules(scope);
  const templateId = newId(scope);
  const definition = JSON.stringify({ id: templateId, name: "满80减10", kind: "amount-off", trigger: "coupon", level: "order", amountFen: 1_000, threshold: { amountFen: 8_000 } });
  await db.insertInto("promotions.coupon_template").values({
    id: templateId, name: "满80减10", kind: "amount-off", definition, validity: JSON.stringify({ kind: "days", days: 90 }), state: "live",
    created_at: scope.now, updated_at: scope.now,
  }).execute();
  await db.insertInto("promotions.coupon_template_version").values({ template_id: templateId, version: 1, name: "满80减10", definition, at: scope.now }).execute();
  const key = await addApiKey(scope, { name: "bench", scopes: ["orders:write", "orders:read"], requestsPerMinute: 100_000_000 });
  return { storeId, templateId, token: key.secret };
}
