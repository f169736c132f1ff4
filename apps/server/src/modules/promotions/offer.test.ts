import { expect, test } from "vitest";
import { freshTenant, type TestTenant } from "../../../test/tenant.ts";
import { currentRules } from "./index.ts";
import { publishRules } from "./rules.ts";

const rules = (tenant: TestTenant) => tenant.inScope(async (scope) => {
  const { version, rules: { offers } } = await currentRules(scope);
  return { version, names: offers.map((offer) => offer.name) };
});
const fields = (reply: { body: { errors: { field: string }[] } }) => reply.body.errors.map((one) => one.field);
const FORM = { name: "满200减30", kind: "amount-off", amountFen: 3_000, thresholdFen: 20_000, weekdays: [1, 2, 3, 4, 5], isActive: true };

test("an offer by form is in force at once, as a new rule version; pausing it is another", async () => {
  const tenant = await freshTenant();
  const { status, body } = await tenant.console.post("/offers", FORM);
  expect([status, body.state, body.ruleVersion]).toEqual([201, "live", 1]);
  expect(body).toMatchObject({ amountFen: 3_000, thresholdFen: 20_000, weekdays: [1, 2, 3, 4, 5], tierIds: [], isStackable: true, warnings: [], definition: { kind: "amount-off", level: "order", trigger: "auto" } });
  expect(body.sentence).toMatch(/满200减30.*周一至周五/);
  expect(await rules(tenant)).toEqual({ version: 1, names: ["满200减30"] });
  expect((await tenant.console.patch(`/offers/${body.id}`, { isActive: false })).body).toMatchObject({ state: "paused", ruleVersion: 2 });
  expect(await rules(tenant)).toEqual({ version: 2, names: [] });
  expect((await tenant.console.patch(`/offers/${body.id}`, { name: "改个名" })).body.ruleVersion).toBeNull();
});

test("rules of a publication that was rolled back are nobody's: the next one has the same number", async () => {
  const tenant = await freshTenant();
  await tenant.console.post("/offers", FORM);
  const rolledBack = tenant.inScope(async (scope) => {
    await scope.tx.rows("update promotions.offer set name = '没有发生过' where tenant_id = $1", [scope.tenantId]);
    await publishRules(scope);
    expect((await currentRules(scope)).rules.offers[0]?.name).toBe("没有发生过");
    throw new Error("rolled back");
  });
  await expect(rolledBack).rejects.toThrow("rolled back");
  await tenant.console.post("/offers", { ...FORM, name: "满300减40" });
  expect(await rules(tenant)).toEqual({ version: 2, names: ["满200减30", "满300减40"] });
});

test("a form's change keeps what it does not name, and its errors carry the form's names", async () => {
  const tenant = await freshTenant();
  const { body: { id } } = await tenant.console.post("/offers", FORM);
  expect((await tenant.console.patch(`/offers/${id}`, { from: "2026-12-01" })).body).toMatchObject({ from: "2026-12-01", amountFen: 3_000, weekdays: [1, 2, 3, 4, 5] });
  expect(fields(await tenant.console.patch(`/offers/${id}`, { until: "2026-11-01" }))).toEqual(["until"]);
  expect(fields(await tenant.console.patch(`/offers/${id}`, { kind: "percent-off" }))).toEqual(["percentOff"]);
  expect((await tenant.console.patch(`/offers/${id}`, { kind: "percent-off", percentOff: 10, amountFen: null })).body).toMatchObject({ kind: "percent-off", percentOff: 10, amountFen: null });
  expect((await tenant.console.patch(`/offers/${id}`, { thresholdFen: 0, categories: ["饮品"] })).body.definition).toMatchObject({ level: "category", scope: { categories: ["饮品"] } });
});

test("every kind of the engine is written as a definition", async () => {
  const tenant = await freshTenant();
  const { body: template } = await tenant.console.post("/coupon-templates", { name: "券", kind: "amount-off", amountFen: 100, thresholdFen: 1_000, validity: { kind: "days", days: 1 } });
  const kinds: object[] = [
    { kind: "exchange", level: "line", get: { skus: ["S1"] }, priceFen: 100 }, { kind: "member-price", level: "line", prices: [{ sku: "S1", priceFen: 900 }] },
    { kind: "unit-off", level: "line", pick: "cheapest", percentOff: 50 }, { kind: "buy-get", level: "line", buyQuantity: 2, getQuantity: 1 },
    { kind: "gift", level: "order", gifts: [{ sku: "G", name: "酸梅汤", quantity: 1 }] }, { kind: "bundle-price", level: "line", parts: [{ items: { categories: ["荤菜"] }, quantity: 3 }], priceFen: 9_900 },
    { kind: "ladder", level: "order", steps: [{ atAmountFen: 10_000, amountFen: 1_000 }, { atAmountFen: 20_000, amountFen: 3_000 }] },
    { kind: "delivery-fee-off", level: "delivery" }, { kind: "next-order-coupon", level: "order", templateId: template.id },
    { kind: "amount-off", level: "order", amountFen: 100, trigger: "code", codes: ["HELLO"] }, { kind: "percent-off", level: "category", percentOff: 12.5, scope: { tags: ["新品"] } },
  ];
  for (const definition of kinds) expect(await tenant.console.post("/offers", { name: "任一", state: "live", definition })).toMatchObject({ status: 201, body: { state: "live" } });
  expect(await rules(tenant)).toMatchObject({ version: kinds.length });
});

test("rules that contradict themselves are refused with every wrong field, and nothing is published", async () => {
  const tenant = await freshTenant();
  const wrong = async (definition: object) => fields(await tenant.console.post("/offers", { name: "错", state: "live", definition }));
  expect(await wrong({ kind: "percent-off", level: "order", percentOff: 120, capFen: 0 })).toEqual(["definition.capFen", "definition.percentOff"]);
  expect(await wrong({ kind: "amount-off", level: "order", amountFen: 100, scope: { from: "2026-12-02", until: "2026-12-01", timeSlots: [{ from: "10:00", until: "10:00" }], skus: ["a"], excludeSkus: ["a"] } }))
    .toEqual(["definition.scope.until", "definition.scope.timeSlots.0.until", "definition.scope.excludeSkus"]);
  expect(await wrong({ kind: "amount-off", level: "order", amountFen: 100, scope: { from: "2026-12-01T10:00:00+08:00", until: "2026-12-01T10:00:00+08:00" } })).toEqual(["definition.scope.until"]);
  expect(await wrong({ kind: "ladder", level: "order", steps: [{ atAmountFen: 100, amountFen: 10 }, { atAmountFen: 100, amountFen: 5 }, { amountFen: 5, percentOff: 5 }] }))
    .toEqual(["definition.steps.1.atAmountFen", "definition.steps.1.amountFen", "definition.steps.2.percentOff", "definition.steps.2.atAmountFen"]);
  expect(await wrong({ kind: "amount-off", level: "delivery", amountFen: 100, trigger: "code", limits: { perMember: 3, total: 2 } })).toEqual(["definition.codes", "definition.level", "definition.limits.perMember"]);
  expect(await wrong({ kind: "amount-off", level: "order", amountFen: 100, colour: "red" })).toEqual(["definition"]);
  expect(await wrong({ kind: "next-order-coupon", level: "order", templateId: "0199c000-0000-7000-8000-000000000000" })).toEqual(["definition.templateId"]);
  expect(await rules(tenant)).toEqual({ version: 0, names: [] });
});

test("offers published at once draw different versions, and the last holds them all", async () => {
  const tenant = await freshTenant();
  const replies = await Promise.all(Array.from({ length: 12 }, (_, at) => tenant.console.post("/offers", { ...FORM, name: `活动${at}` })));
  expect(replies.map(({ body }) => body.ruleVersion).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, at) => at + 1));
  expect((await rules(tenant)).names).toHaveLength(12);
});

test("an ended offer stays ended; another tenant's does not exist; a cashier has no say", async () => {
  const [tenant, other] = [await freshTenant(), await freshTenant()];
  const { body: { id } } = await tenant.console.post("/offers", FORM);
  await tenant.console.patch(`/offers/${id}`, { state: "ended" });
  expect((await tenant.console.patch(`/offers/${id}`, { isActive: true })).body.code).toBe("promotions/offer-ended");
  expect((await other.console.patch(`/offers/${id}`, { name: "x" })).status).toBe(404);
  expect((await (await tenant.as("cashier")).get("/offers")).status).toBe(403);
});
