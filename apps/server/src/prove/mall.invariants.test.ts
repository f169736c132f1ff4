import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { broken } from "../../test/broken.ts";
import { joinMember } from "../../test/member.ts";
import { tillTenant } from "../../test/till.ts";
import { payByWechat } from "../../test/wechat.ts";
import { mallInvariants } from "./mall.invariants.ts";

const key = () => ({ key: randomUUID() });

test("the proofs of the mall and the benefits hold after every kind of movement, and each finds what somebody changed by hand", async () => {
  const tenant = await tillTenant();
  const member = await joinMember(tenant);
  const { memberId } = member;
  await tenant.console.post(`/members/${memberId}/points:adjust`, { points: 1_000, reason: "开业礼" }, key());
  const item = async (more: object) => (await tenant.console.post("/mall-items", { name: "酸梅汤", kind: "dish", points: 100, perMember: 5, stock: 9, state: "live", ...more })).body.id as string;
  const [drink, pot] = [await item({}), await item({ name: "铸铁锅", kind: "goods", cashFen: 9_900 })];
  const redeem = (id: string) => member.post(`/mall-items/${id}:redeem`, {}, key());
  const [done] = [await redeem(drink), await redeem(pot)];
  await tenant.console.post(`/redemptions/${done.body.id}:hand-out`, { storeId: tenant.storeId }, key());
  const paid = await redeem(pot);
  await payByWechat(tenant, paid.body.paymentId);
  for (const body of [{ name: "月礼", kind: "points", points: 20, grantOn: "month" }, { name: "视频会员", kind: "partner-code", grantOn: "month" }]) {
    const { body: { id, kind } } = await tenant.console.post("/benefits", { state: "live", ...body });
    if (kind === "partner-code") await tenant.console.post(`/benefits/${id}/codes`, { codes: ["A-1", "A-2"] });
    const { body: { items } } = await member.get("/me/benefits");
    expect((await member.post(`/me/benefits/${items.find((grant: { benefitId: string }) => grant.benefitId === id).id}:claim`, {}, key())).status).toBe(200);
  }
  expect((await member.get("/me/redemptions")).body.items.map((one: { state: string }) => one.state)).toEqual(["ready", "waiting", "done"]);
  expect(await broken(tenant, mallInvariants)).toEqual([]);
  const tampering: [string, string][] = [
    ["of an item is out what its redemptions took, and not more than its stock", "update loyalty.mall_item set redeemed = 3 where tenant_id = $1 and kind = 'dish' returning 1"],
    ["a member's allowance of an item is what the member has of it", "update loyalty.mall_allowance set taken = taken + 1 where tenant_id = $1 returning 1"],
    ["a redemption has moved its points: taken while it stands, back when it has ended", "update loyalty.redemption set points = 99 where tenant_id = $1 and state = 'done' returning 1"],
    ["a redemption that waits for its payment holds its points", "update loyalty.redemption set points = 99 where tenant_id = $1 and state = 'waiting' returning 1"],
    ["the cash part of what is out was paid, by WeChat or at a counter", "update loyalty.redemption set cash_fen = 1 where tenant_id = $1 and state = 'ready' returning 1"],
    ["points that a benefit gave were credited once, and taken back where it was undone", `update loyalty.benefit_use set outcome = '{"points":21}' where tenant_id = $1 and outcome ? 'points' returning 1`],
    ["a partner's code was handed out once, to the use that shows it", "update loyalty.benefit_code set code = 'A-9' where tenant_id = $1 and use_id is not null returning 1"],
    ["of a grant is used what its uses took", "update loyalty.benefit_grant set used = 0 where tenant_id = $1 and used = 1 returning 1"],
  ];
  expect(tampering.map(([name]) => name).toSorted()).toEqual(mallInvariants.map(({ name }) => name).toSorted());
  for (const [name, sql] of tampering) expect(await broken(tenant, mallInvariants, sql)).toEqual([name]);
});
