import { randomUUID } from "node:crypto";
import type { Scope } from "../src/kernel/scope.ts";
import { newId } from "../src/kernel/scope.ts";
import { Journal } from "../src/modules/ledger/index.ts";
import { lockMembers } from "../src/modules/customers/index.ts";
import type { Client } from "./client.ts";
import { nextPhone } from "./member.ts";
import { freshTenant, type TestTenant } from "./tenant.ts";

/** A tenant whose till is open: a program, three tiers, a guest with points and stored value, an integrator's till. */
export interface TillTenant extends TestTenant {
  till: Client;
  memberId: string;
  silverId: string;
  goldId: string;
  /** Issues a coupon 满100减20 to the guest. */
  coupon(overrides?: object): Promise<string>;
  balances(): Promise<{ points: number; principal: number; bonus: number }>;
  /** A member with points, principal and bonus. */
  guest(points?: number, principal?: number, bonus?: number): Promise<string>;
}

export const cart = (tenant: TestTenant, memberId?: string) => ({
  storeId: tenant.storeId, channel: "pos", ...(memberId ? { memberId } : {}),
  lines: [
    { lineId: "a", sku: "S1", name: "毛肚", category: "荤菜", quantity: 1, unitPriceFen: 5_000 },
    { lineId: "b", sku: "S2", name: "鸭血", category: "荤菜", quantity: 2, unitPriceFen: 1_500 },
    { lineId: "c", sku: "S3", name: "酸梅汤", category: "饮品", quantity: 1, unitPriceFen: 2_000 },
  ],
});

export const orderId = (): string => `o-${randomUUID()}`;

export async function tillTenant(): Promise<TillTenant> {
  const tenant = await freshTenant();
  const tiers = await tenant.inScope(openProgram);
  const guest: TillTenant["guest"] = async (points = 1_000, principal = 10_000, bonus = 2_000) => {
    const reply = await tenant.console.post("/members:quick-register", { phone: nextPhone(), name: "王小明", storeId: tenant.storeId });
    if (reply.status >= 300) throw new Error(`No guest: ${reply.status} ${JSON.stringify(reply.body)}`);
    const memberId = (reply.body as { id: string }).id;
    await tenant.inScope((scope) => load(scope, memberId, { points, "prepaid.principal": principal, "prepaid.bonus": bonus }));
    return memberId;
  };
  const memberId = await guest();
  return {
    ...tenant, ...tiers, guest, memberId,
    till: await tenant.open(["orders:write", "orders:read", "discounts:write", "members:read", "members:write"]),
    coupon: (overrides = {}) => tenant.inScope((scope) => issue(scope, memberId, overrides)),
    balances: () => tenant.inScope(async (scope) => {
      const rows = await scope.tx.rows<{ asset: string; balance: number }>(
        "select asset, balance from ledger.account where tenant_id = $1 and holder_id = $2", [scope.tenantId, memberId]);
      const of = (asset: string) => rows.find((row) => row.asset === asset)?.balance ?? 0;
      return { points: of("points"), principal: of("prepaid.principal"), bonus: of("prepaid.bonus") };
    }),
  };
}

async function openProgram(scope: Scope): Promise<{ silverId: string; goldId: string }> {
  const { db } = scope.tx;
  await db.insertInto("loyalty.program").values({
    tenant_id: scope.tenantId, earn_points: 1, earn_per_fen: 100, spend_points: 100, spend_fen: 100, updated_at: scope.now,
  }).execute();
  const [basicId, silverId, goldId] = [newId(scope), newId(scope), newId(scope)];
  await db.insertInto("loyalty.tier").values([
    { id: basicId, rank: 0, name: "普卡" },
    { id: silverId, rank: 1, name: "银卡", min_spend_fen: 20_000, earn_percent: 150 },
    { id: goldId, rank: 2, name: "金卡", min_spend_fen: 500_000, earn_percent: 200 },
  ]).execute();
  return { silverId, goldId };
}

async function load(scope: Scope, memberId: string, amounts: Record<string, number>): Promise<void> {
  await lockMembers(scope, [memberId]);
  const journal = await Journal.open(scope, Object.keys(amounts).map((asset) => ({ holderId: memberId, asset })));
  for (const [asset, amount] of Object.entries(amounts)) {
    journal.credit({ holderId: memberId, asset }, {
      amount, kind: "opening", counter: "issued", refId: "opening", earnedAt: scope.now, activeFrom: scope.now, expiresAt: null,
      originKind: "top-up", originId: "opening", storeId: null, ruleVersion: null,
    });
  }
  journal.close();
}

async function issue(scope: Scope, memberId: string, overrides: object): Promise<string> {
  const { db } = scope.tx;
  const [templateId, couponId] = [newId(scope), newId(scope)];
  const definition = JSON.stringify({
    id: templateId, name: "满100减20", kind: "amount-off", trigger: "coupon", level: "order", amountFen: 2_000, threshold: { amountFen: 10_000 }, ...overrides,
  });
  await db.insertInto("promotions.coupon_template").values({
    id: templateId, name: "满100减20", kind: "amount-off", definition, validity: "{}", issued: 1, state: "live", created_at: scope.now, updated_at: scope.now,
  }).execute();
  await db.insertInto("promotions.coupon_template_version").values({ template_id: templateId, version: 1, name: "满100减20", definition, at: scope.now }).execute();
  await db.insertInto("promotions.coupon").values({
    id: couponId, code: couponId.replaceAll("-", "").toUpperCase(), template_id: templateId, template_version: 1, member_id: memberId,
    valid_from: scope.now, valid_until: new Date(scope.now.getTime() + 86_400_000), issued_at: scope.now, issued_by: "test",
  }).execute();
  return couponId;
}
