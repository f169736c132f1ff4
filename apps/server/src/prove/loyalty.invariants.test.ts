import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { broken } from "../../test/broken.ts";
import { joinMember } from "../../test/member.ts";
import { freshTenant } from "../../test/tenant.ts";
import { loyaltyInvariants } from "./loyalty.invariants.ts";

test("the proofs of points hold after every kind of movement, and each finds what somebody changed by hand", async () => {
  const tenant = await freshTenant();
  const [one, other] = [await joinMember(tenant), await joinMember(tenant)];
  const door = await tenant.open(["points:write"]);
  const key = () => ({ key: randomUUID() });
  const tier = await tenant.console.post("/tiers", { name: "金卡", rank: 1, spendFen: 100_000 });
  await tenant.console.post("/earn-rules", { name: "签到", bonusPoints: 5, sources: ["check-in"], budget: 8 });
  await tenant.console.post(`/members/${one.memberId}/points:adjust`, { points: 500, reason: "补偿" }, key());
  await tenant.console.post(`/members/${one.memberId}/points:freeze`, { points: 100, reason: "核查" }, key());
  const { memberNo } = (await other.get("/me")).body;
  await door.post(`/members/${one.memberId}/points:transfer`, { memberNo, points: 60, reason: "合并" }, key());
  for (const reference of ["a", "b", "c"]) await door.post(`/members/${one.memberId}/points:earn`, { source: "check-in", reference }, key());
  await tenant.console.post(`/members/${one.memberId}/tier:grant`, { tierId: tier.body.id, until: "2099-12-31", reason: "合作" });
  const { items: roles } = (await tenant.console.get("/points-limits")).body as { items: { roleId: string }[] };
  await tenant.console.put("/points-limits", { limits: roles.map(({ roleId }) => ({ roleId, maxPoints: 10 })) });
  const asked = await (await tenant.as("service")).post(`/members/${other.memberId}/points:adjust`, { points: 30, reason: "补偿" }, key());
  await tenant.console.put("/points-limits", { limits: roles.map(({ roleId }) => ({ roleId, maxPoints: null })) });
  expect((await tenant.console.post(`/approvals/${asked.body.requestId}:approve`)).status).toBe(200);
  expect((await tenant.console.get(`/members/${one.memberId}`)).body.points).toMatchObject({ active: 348, frozen: 100 });
  await tenant.drain();
  expect(await broken(tenant, loyaltyInvariants)).toEqual([]);
  const tampering: [string, string][] = [
    ["points are frozen as the freezes that are open say", "update loyalty.points_freeze set points = 99 where tenant_id = $1 returning 1"],
    ["points that are not active yet have not been spent or passed on", "update ledger.lot set active_from = now() + interval '1 day' where tenant_id = $1 and origin_kind = 'adjustment' returning 1"],
    ["what was passed on left one member and reached the other", "insert into loyalty.points_transfer select $1, gen_random_uuid(), from_member_id, to_member_id, 5, null, '', business_on, at from loyalty.points_transfer where tenant_id = $1 returning 1"],
    ["what something else than an order earned was credited once", "insert into loyalty.points_earning select $1, source, 'd', gen_random_uuid(), member_id, 5, 0, null, at from loyalty.points_earning where tenant_id = $1 and reference = 'a' returning 1"],
    ["no earn rule gave more than its budget", "update loyalty.points_counter set used = 9 where tenant_id = $1 and period = 'all' returning 1"],
    ["an adjustment that somebody agreed to moved once, and one that waits or came to nothing did not", "update platform.approval_request set payload = payload || '{\"points\": 31}' where tenant_id = $1 returning 1"],
    ["a member's stage of life was entered when it says", "update loyalty.life_stage set stage = 'lost' where tenant_id = $1 returning 1"],
    ["a tier given by hand has its paper", "update loyalty.tier_grant set ended_at = now() where tenant_id = $1 returning 1"],
  ];
  await tenant.inScope((scope) => scope.tx.rows("update loyalty.earn_rule set updated_at = now() - interval '1 hour' where tenant_id = $1 returning 1", [scope.tenantId]));
  expect(tampering.map(([name]) => name).toSorted()).toEqual(loyaltyInvariants.map(({ name }) => name).toSorted());
  for (const [name, sql] of tampering) expect(await broken(tenant, loyaltyInvariants, sql)).toEqual([name]);
});
