import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { joinMember } from "../../../test/member.ts";
import { clock } from "../../../test/server.ts";
import { freshTenant, type TestTenant } from "../../../test/tenant.ts";

const DAY_MS = 86_400_000;
const TEMPLATE = { name: "满100减20", kind: "amount-off", amountFen: 2_000, thresholdFen: 10_000, validity: { kind: "days", days: 30 } };

async function live(tenant: TestTenant, more: object = {}): Promise<string> {
  const { body, status } = await tenant.console.post("/coupon-templates", { ...TEMPLATE, ...more });
  expect(status, JSON.stringify(body)).toBe(201);
  expect((await tenant.console.post(`/coupon-templates/${body.id}:publish`)).status).toBe(200);
  return body.id;
}

const claim = (member: { post: TestTenant["console"]["post"] }, id: string) => member.post(`/coupon-templates/${id}:claim`, {}, { key: randomUUID() });

test("fifty members claim at once where ten are given a day: ten get one, and tomorrow ten more", async () => {
  const tenant = await freshTenant();
  const id = await live(tenant, { period: "day", periodStock: 10 });
  const members = await Promise.all(Array.from({ length: 50 }, () => joinMember(tenant)));
  const claimAll = async () => (await Promise.all(members.map((member) => claim(member, id)))).filter((reply) => reply.status === 201).length;
  expect(await claimAll()).toBe(10);
  expect((await members[0]?.get("/coupon-center"))?.body.items).toMatchObject([{ id, claimable: false, reasons: [{ code: "used-up-in-period" }] }]);
  clock.advance(DAY_MS);
  expect(await claimAll()).toBe(10);
  expect((await tenant.console.get(`/coupon-templates/${id}`)).body).toMatchObject({ issued: 20, period: "day", periodStock: 10 });
});

test("a member who taps fifty times gets one a week and three in all", async () => {
  const tenant = await freshTenant();
  const id = await live(tenant, { period: "week", perPeriod: 1, perMember: 3 });
  const member = await joinMember(tenant);
  for (const [week, had] of [1, 2, 3, 3].entries()) {
    const replies = await Promise.all(Array.from({ length: 50 }, () => claim(member, id)));
    expect(replies.filter((reply) => reply.status === 201), `week ${week}`).toHaveLength(week < 3 ? 1 : 0);
    expect(new Set(replies.filter((reply) => reply.status !== 201).map((reply) => reply.body.code))).toEqual(new Set(["promotions/per-member-limit"]));
    expect((await member.get("/me/coupons")).body.items).toHaveLength(had);
    clock.advance(7 * DAY_MS);
  }
});

test("every kind that the engine computes can be a coupon, with its scopes, and says so in a sentence", async () => {
  const tenant = await freshTenant();
  const member = await joinMember(tenant);
  const of = async (definition: object) => {
    const id = await live(tenant, { kind: undefined, amountFen: undefined, thresholdFen: undefined, definition });
    expect((await claim(member, id)).status).toBe(201);
    return (await tenant.console.get(`/coupon-templates/${id}`)).body;
  };
  expect(await of({ kind: "ladder", level: "order", steps: [{ atAmountFen: 10_000, amountFen: 1_000 }, { atAmountFen: 20_000, amountFen: 3_000 }] }))
    .toMatchObject({ kind: "ladder", sentence: expect.stringContaining("满100减10、满200减30") });
  expect((await of({ kind: "buy-get", level: "line", buyQuantity: 2, getQuantity: 1, scope: { categories: ["饮品"], weekdays: [1, 2, 3], timeSlots: [{ from: "14:00", until: "17:00" }] } })).sentence)
    .toMatch(/饮品买2件送1件.*周一至周三 14:00–17:00/);
  expect((await of({ kind: "gift", level: "order", threshold: { amountFen: 8_000 }, gifts: [{ sku: "G1", name: "酸梅汤", quantity: 1 }] })).sentence).toContain("送酸梅汤1份");
  expect((await of({ kind: "delivery-fee-off", level: "delivery" })).sentence).toContain("免配送费");
  expect((await of({ kind: "exchange", level: "line", get: { skus: ["S3"] }, priceFen: 100, scope: { firstOrder: true, stores: [tenant.storeId] } })).sentence).toMatch(/加1元换购.*南京路店可用.*仅限首单/);
  expect((await of({ kind: "unit-off", level: "line", pick: "cheapest", percentOff: 50 })).definition).toMatchObject({ kind: "unit-off", pick: "cheapest" });
});

test("a definition is refused where it contradicts the coupon, and edited whole where the short form cannot say it", async () => {
  const tenant = await freshTenant();
  const wrong = async (body: object) => (await tenant.console.post("/coupon-templates", { name: "券", validity: TEMPLATE.validity, ...body })).body.errors?.map((one: { field: string }) => one.field);
  expect(await wrong({})).toEqual(["kind"]);
  expect(await wrong({ definition: { kind: "next-order-coupon", level: "order", templateId: randomUUID() } })).toEqual(["definition.kind"]);
  expect(await wrong({ amountFen: 100, definition: { kind: "percent-off", level: "order", percentOff: 10, limits: { perMember: 2 } } })).toEqual(["definition.limits", "amountFen"]);
  expect(await wrong({ ...TEMPLATE, period: "day" })).toEqual(["period"]);
  expect(await wrong({ ...TEMPLATE, perPeriod: 1 })).toEqual(["period"]);
  expect(await wrong({ ...TEMPLATE, perMember: 1, period: "day", perPeriod: 2 })).toEqual(["perPeriod"]);
  const id = await live(tenant, { kind: undefined, amountFen: undefined, thresholdFen: undefined, definition: { kind: "ladder", level: "order", steps: [{ atAmountFen: 10_000, amountFen: 1_000 }] } });
  expect((await tenant.console.patch(`/coupon-templates/${id}`, { amountFen: 500 })).body.errors).toMatchObject([{ field: "definition" }]);
  expect((await tenant.console.patch(`/coupon-templates/${id}`, { name: "阶梯券" })).body).toMatchObject({ kind: "ladder", name: "阶梯券", version: 2 });
  expect((await tenant.console.patch(`/coupon-templates/${id}`, { isStackable: true, returnPolicy: "whole", graceDays: 7 })).body)
    .toMatchObject({ kind: "ladder", isStackable: true, returnPolicy: "whole", graceDays: 7, version: 3 });
});

test("a bill one has in mind shows what each coupon would take off, or how far it is", async () => {
  const tenant = await freshTenant();
  const member = await joinMember(tenant);
  await claim(member, await live(tenant));
  const ask = async (query: string) => (await member.get(`/me/coupons?state=usable${query}`)).body.items[0];
  expect(await ask("")).toMatchObject({ isUsable: true, reasons: [], worthFen: null });
  expect(await ask("&billFen=12000")).toMatchObject({ isUsable: true, reasons: [], worthFen: 2_000 });
  expect(await ask("&billFen=8800")).toMatchObject({ isUsable: false, worthFen: 0, reasons: [{ code: "min-amount", message: "还差 12 元", missing: { amountFen: 1_200 } }] });
  expect((await member.get("/me/coupons?billFen=-1")).status).toBe(422);
});
