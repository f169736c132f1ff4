import { expect, test } from "vitest";
import { joinMember } from "../../../test/member.ts";
import { freshTenant } from "../../../test/tenant.ts";
import { tillTenant } from "../../../test/till.ts";

test("a member is shown whole: profile, balances, tier with what is missing, coupons and facts", async () => {
  const tenant = await tillTenant();
  const { body } = await tenant.console.get(`/members/${tenant.memberId}`);
  expect(body).toMatchObject({
    id: tenant.memberId, name: "王小明", points: { active: 1_000, pending: 0, frozen: 0, owed: 0, expiring: null },
    storedValue: { principalFen: 10_000, bonusFen: 2_000, frozenFen: 0 }, tier: { name: "普卡", next: { name: "银卡", missing: { spendFen: 20_000 } } }, couponsUsable: 0, facts: { orders: 0, netFen: 0, firstOrderAt: null },
  });
  expect(body.phoneMasked).toMatch(/^138\*{4}\d{4}$/);
});

test("members are listed with balances, and found by tier", async () => {
  const tenant = await tillTenant();
  await tenant.guest(0, 0, 0);
  const { body } = await tenant.console.get("/members");
  expect(body.items).toHaveLength(2);
  expect(body.items.find((one: { id: string }) => one.id === tenant.memberId)).toMatchObject({ points: 1_000, storedValueFen: 12_000, tier: { name: "普卡" } });
  expect((await tenant.console.get(`/members?tierId=${tenant.goldId}`)).body.items).toEqual([]);
  await tenant.inScope((scope) => scope.tx.db.insertInto("loyalty.standing").values({ member_id: tenant.memberId, tier_id: tenant.goldId }).execute());
  expect((await tenant.console.get(`/members?tierId=${tenant.goldId}`)).body.items).toMatchObject([{ id: tenant.memberId, tier: { name: "金卡" } }]);
});

test("every answer about a member says which tier comes next, what is missing, and what follows the term", async () => {
  const tenant = await tillTenant();
  const inTerm = { tier_id: tenant.silverId, tier_since: new Date(), tier_until: new Date(Date.now() + 40 * 86_400_000) };
  await tenant.inScope((scope) => scope.tx.db.insertInto("loyalty.standing").values({ member_id: tenant.memberId, ...inTerm }).execute());
  const phone = "13987651357";
  const door = await tenant.open(["members:read", "members:write"]);
  const { body: { id } } = await door.post("/members:quick-register", { phone });
  const tier = { name: "银卡", next: { name: "金卡" }, projected: { name: "普卡", isKept: false, missing: { spendFen: 20_000 } }, counted: { spendFen: 0 } };
  const { body: { memberNo } } = await tenant.console.get(`/members/${tenant.memberId}`);
  for (const found of [await tenant.console.post("/members:lookup", { memberNo }), await door.post("/members:lookup", { memberNo }), await door.get(`/members/${tenant.memberId}`)]) {
    expect(found).toMatchObject({ status: 200, body: { id: tenant.memberId, tier, points: { active: 1_000 }, rights: [] } });
  }
  for (const found of [await tenant.console.post("/members:quick-register", { phone }), await door.post("/members:lookup", { phone })]) {
    expect(found.body).toMatchObject({ id, tier: { name: "普卡", next: { name: "银卡", missing: { spendFen: 20_000 } }, projected: null } });
  }
  const { body: { items } } = await tenant.console.get("/members");
  expect(items.find((one: { id: string }) => one.id === tenant.memberId).tier).toMatchObject(tier);
});

test("points show how many end first and the last day they are good", async () => {
  const tenant = await freshTenant();
  const member = await joinMember(tenant);
  await tenant.console.put("/points-program", { earn: { points: 1, perFen: 100 }, expiryMonths: 1, spend: { points: 100, fen: 100 } });
  await tenant.console.post(`/members/${member.memberId}/points:adjust`, { points: 40, reason: "补偿" }, { key: "expiring-1" });
  const { body: { points } } = await member.get("/me");
  expect(points).toMatchObject({ active: 40, expiring: { points: 40 } });
  expect(points.expiring.on).toMatch(/-(28|29|30|31)$/);
});

test("another tenant's member is nobody, to staff and to integrators", async () => {
  const [tenant, other] = [await freshTenant(), await freshTenant()];
  const { memberId } = await joinMember(tenant);
  const door = await other.open(["members:read"]);
  for (const path of [`/members/${memberId}`, `/members/${memberId}`]) expect((await other.console.get(path)).status).toBe(404);
  expect((await door.get(`/members/${memberId}`)).status).toBe(404);
});
