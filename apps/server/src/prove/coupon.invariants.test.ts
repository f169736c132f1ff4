import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { broken } from "../../test/broken.ts";
import { joinMember } from "../../test/member.ts";
import { cart, orderId, tillTenant } from "../../test/till.ts";
import { couponInvariants } from "./coupon.invariants.ts";
import { derivedInvariants } from "./invariants.ts";
import { referenceInvariants } from "./reference.invariants.ts";

const key = () => ({ key: randomUUID() });
const proofs = [...couponInvariants, ...derivedInvariants.filter((one) => one.name.includes("coupons")), ...referenceInvariants.filter((one) => one.name.includes("coupon"))];
/** Any one coupon in a hand. */
const ONE = "(tenant_id, id) in (select tenant_id, id from promotions.coupon where tenant_id = $1 and state = 'issued' limit 1) returning 1";

test("the proofs of coupons hold after a push, a gift, a link and orders, and each finds what somebody changed by hand", async () => {
  const tenant = await tillTenant();
  const [one, friend] = [await joinMember(tenant), await joinMember(tenant)];
  const { body: template } = await tenant.console.post("/coupon-templates", {
    name: "满50减5", kind: "amount-off", amountFen: 500, thresholdFen: 5_000, validity: { kind: "days", days: 30 }, isGiftable: true, share: { maxClaims: 3, days: 7 }, stock: 100,
  });
  await tenant.console.post(`/coupon-templates/${template.id}:publish`);
  await tenant.console.post(`/coupon-templates/${template.id}:push`, { name: "大家", audience: {} }, key());
  await tenant.drain();
  const { body: link } = await one.post(`/coupon-templates/${template.id}:share`);
  const claimed = await friend.post(`/coupon-shares/${link.token}:claim`, {}, key());
  expect((await friend.post(`/me/coupons/${claimed.body.id}:give`, {})).status).toBe(201);
  const [{ id: pushed }] = await tenant.inScope((scope) => scope.tx.rows<{ id: string }>(
    "select id from promotions.coupon where tenant_id = $1 and member_id = $2", [scope.tenantId, tenant.memberId])) as [{ id: string }];
  for (const couponIds of [[pushed], []]) {
    const id = orderId();
    const paid = await tenant.till.post(`/quotes/${id}:commit`, { ...cart(tenant, tenant.memberId), couponIds, tenders: [{ kind: "cash" }] }, { key: `${id}-key` });
    expect([paid.status, paid.body.status]).toEqual([200, "paid"]);
  }
  await tenant.drain();
  expect((await tenant.console.get("/coupon-pushes")).body.items).toMatchObject([{ issued: 3, redeemed: 1 }]);
  expect(await broken(tenant, proofs)).toEqual([]);
  const tampering: Record<string, string> = {
    "a coupon was redeemed by the one order that names it": "update promotions.coupon set order_id = 'gone' where tenant_id = $1 and state = 'redeemed' returning 1",
    "no coupon stands in two orders that were not returned":
      `update commerce."order" o set proof = p.proof from commerce."order" p where o.tenant_id = $1 and p.tenant_id = $1 and p.proof -> 'couponIds' <> '[]' and o.id <> p.id returning 1`,
    "a template has issued the coupons that exist, and not more than its stock": "update promotions.coupon_template set issued = issued + 1 where tenant_id = $1 returning 1",
    "a push issued the coupons that exist": "update promotions.coupon_push set issued = issued + 1, looked = looked + 1 where tenant_id = $1 returning 1",
    "a coupon is on its way while its gift is offered, and only then": `update promotions.coupon set state = 'given' where ${ONE}`,
    "a link gave as many coupons as it counts": "update promotions.coupon_share set claims = claims + 1 where tenant_id = $1 returning 1",
    "a coupon is held for a quote that is held, or for a bill that is to be paid": `update promotions.coupon set state = 'held', order_id = 'gone' where ${ONE}`,
    "a template, and a push, has redeemed the coupons that were": "update promotions.coupon_push set redeemed = 0 where tenant_id = $1 returning 1",
    "every coupon is of a version that its template had": `update promotions.coupon set template_version = 9 where ${ONE}`,
  };
  expect(Object.keys(tampering).toSorted()).toEqual(proofs.map((one) => one.name).toSorted());
  for (const [name, sql] of Object.entries(tampering)) expect(await broken(tenant, proofs, sql)).toEqual([name]);
});
