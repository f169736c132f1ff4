import { expect, test } from "vitest";
import { wrongFields } from "../../../../test/objects.ts";
import { freshTenant, type TestTenant } from "../../../../test/tenant.ts";

const TIERS = `
    - { rank: 0, name: 普卡 }
    - { rank: 1, name: 银卡, spendFen: 100000, pointsPercent: 120 }`;
const COUPON = "{ name: 满50减8, kind: amount-off, amountFen: 800, thresholdFen: 5000, validity: { kind: days, days: 7 } }";
const GIFT = "{ name: 买二送一, definition: { kind: buy-get, trigger: auto, level: line, buyQuantity: 2, getQuantity: 1, percentOff: 100 }, validity: { kind: days, days: 7 } }";
const packOf = (templates: string) => `
pack: line
version: 1
name: 业务线
templates:
${templates}`;
const FILE = packOf(`
  tiers:${TIERS}
  earnRules: [{ name: 周末双倍, multiplierPercent: 200, weekdays: [6, 7] }]
  coupons: [${COUPON}, ${GIFT}]`);

interface Made { id: string; name: string; state?: string; isActive?: boolean }
const steps = async (tenant: TestTenant, file = FILE) =>
  ((await tenant.console.post("/packs:plan", { file })).body.steps as { action: string; of: string; key: string; note: string | null; changes: { name: string }[] }[]).map((step) => `${step.action} ${step.of} ${step.key}${step.changes.map((one) => ` ${one.name}`).join("")}`);
const apply = (tenant: TestTenant, file = FILE) => tenant.console.post("/packs:apply", { file });
const rollBack = async (tenant: TestTenant, id: string): Promise<string[]> => (await tenant.console.post(`/pack-runs/${id}:roll-back`)).body.kept;
const made = async (tenant: TestTenant) => {
  const [tiers, rules, coupons] = await Promise.all(["/tiers", "/earn-rules", "/coupon-templates"].map(async (path) => (await tenant.console.get(path)).body.items as Made[]));
  return { tiers: tiers ?? [], rules: rules ?? [], coupons: coupons ?? [] };
};
const namesOf = (list: readonly Made[]) => list.map((one) => one.name);

test("templates are planned, made as drafts, made once, and taken back", async () => {
  const tenant = await freshTenant();
  const before = await made(tenant);
  expect(await steps(tenant)).toEqual(["create tiers 普卡", "create tiers 银卡", "create earnRules 周末双倍", "create coupons 满50减8", "create coupons 买二送一"]);
  const applied = await apply(tenant);
  expect(applied.status, JSON.stringify(applied.body)).toBe(201);
  const { tiers, rules, coupons } = await made(tenant);
  expect([namesOf(tiers), rules, coupons]).toMatchObject([["普卡", "银卡"], [{ name: "周末双倍", isActive: false }], [{ name: "买二送一", state: "draft" }, { name: "满50减8", state: "draft", amountFen: 800 }]]);
  expect(await steps(tenant)).toEqual(["same tiers 普卡", "same tiers 银卡", "same earnRules 周末双倍", "same coupons 满50减8", "same coupons 买二送一"]);
  expect((await apply(tenant)).body.steps).toEqual([]);
  expect(namesOf((await made(tenant)).coupons)).toHaveLength(2);
  const [second, first] = (await tenant.console.get("/packs")).body.runs;
  expect(await rollBack(tenant, second.id)).toEqual([]);
  expect(await rollBack(tenant, first.id)).toEqual([]);
  expect(await made(tenant)).toEqual(before);
});

test("what the brand has otherwise is shown and stays", async () => {
  const tenant = await freshTenant();
  await tenant.console.post("/tiers", { name: "普通", rank: 0 });
  await tenant.console.post("/coupon-templates", { name: "满50减8", kind: "amount-off", amountFen: 900, thresholdFen: 5_000, validity: { kind: "days", days: 9 } });
  expect(await steps(tenant)).toEqual(["keep tiers 普卡 name", "create tiers 银卡", "create earnRules 周末双倍", "keep coupons 满50减8 amountFen validity.days", "create coupons 买二送一"]);
  const { id, steps: done } = (await apply(tenant)).body;
  expect(done).toHaveLength(3);
  expect(await rollBack(tenant, id)).toEqual([]);
  const { tiers, coupons } = await made(tenant);
  expect([namesOf(tiers), coupons]).toMatchObject([["普通"], [{ name: "满50减8", amountFen: 900 }]]);
});

test("a tier that fits between none of the brand's stops the whole pack", async () => {
  const tenant = await freshTenant();
  await tenant.console.post("/tiers", { name: "黑卡", rank: 2, spendFen: 50_000 });
  expect(await apply(tenant)).toMatchObject({ status: 409, body: { code: "objects/pack-conflicts", detail: expect.stringContaining("tiers.银卡: 黑卡 spendFen 50000 → 100000") } });
  const { tiers, coupons } = await made(tenant);
  expect([namesOf(tiers), coupons]).toEqual([["黑卡"], []]);
  const other = await freshTenant();
  await other.console.post("/tiers", { name: "银卡", rank: 5 });
  expect((await apply(other)).body.detail).toContain("tiers.银卡: 银卡 rank 5 → 1");
});

test("rolled back, what is in use stays, is ended where it can be, and is named", async () => {
  const tenant = await freshTenant();
  const { id } = (await apply(tenant)).body;
  const { rules: [rule], coupons: [gift, coupon] } = await made(tenant);
  await tenant.console.post("/members:quick-register", { phone: "13987651234", storeId: tenant.storeId });
  await tenant.console.patch(`/earn-rules/${rule?.id}`, { isActive: true });
  await tenant.console.post(`/coupon-templates/${coupon?.id}:publish`);
  const benefit = await tenant.console.post("/benefits", { name: "生日礼", kind: "coupon", grantOn: "birthday", quota: 1, couponTemplateId: gift?.id });
  expect(benefit.status, JSON.stringify(benefit.body)).toBe(201);
  expect((await rollBack(tenant, id)).toSorted()).toEqual(["买二送一", "周末双倍", "普卡", "满50减8"].toSorted());
  const { tiers, rules, coupons } = await made(tenant);
  expect([namesOf(tiers), rules, coupons]).toMatchObject([["普卡"], [{ isActive: false }], [{ state: "ended" }, { state: "ended" }]]);
  expect(await steps(tenant, packOf(`  coupons: [${COUPON}]`))).toEqual(["create coupons 满50减8"]);
});

test("a tier that an offer or a rule speaks of is in use, and a draft that somebody changed is not deleted", async () => {
  const tenant = await freshTenant();
  const { id } = (await apply(tenant)).body;
  const { tiers: [base, silver], coupons: [, coupon] } = await made(tenant);
  await tenant.console.post("/earn-rules", { name: "银卡周二", multiplierPercent: 200, tierIds: [silver?.id] });
  const offer = await tenant.console.post("/offers", { name: "普卡价", definition: { kind: "percent-off", trigger: "auto", level: "order", percentOff: 5, scope: { tiers: [base?.id] } } });
  expect(offer.status, JSON.stringify(offer.body)).toBe(201);
  await tenant.console.patch(`/coupon-templates/${coupon?.id}`, { amountFen: 900 });
  expect((await rollBack(tenant, id)).toSorted()).toEqual(["普卡", "满50减8", "银卡"].toSorted());
});

test("a single template is left out, also one that would stand against the rest", async () => {
  const tenant = await freshTenant();
  await tenant.console.post("/tiers", { name: "银卡", rank: 5 });
  expect((await apply(tenant)).status).toBe(409);
  const { status, body } = await tenant.console.post("/packs:apply", { file: FILE, without: ["tiers.银卡", "coupons.满50减8"] });
  expect([status, (body.steps as { of: string; key: string }[]).map((step) => `${step.of}.${step.key}`)]).toEqual([201, ["tiers.普卡", "earnRules.周末双倍", "coupons.买二送一"]]);
  const { tiers, coupons } = await made(tenant);
  expect([namesOf(tiers), namesOf(coupons)]).toEqual([["普卡", "银卡"], ["买二送一"]]);
  expect(wrongFields(await tenant.console.post("/packs:plan", { file: FILE, without: ["coupons.没有的"] }))).toEqual({ "without.0": "unknown" });
});

test("a mistake in templates is named by its place", async () => {
  const tenant = await freshTenant();
  const wrong = async (templates: string) => Object.keys(wrongFields(await tenant.console.post("/packs:plan", { file: packOf(templates) })));
  expect(await wrong("  letters: []\n  tiers: 1")).toEqual(["templates.letters", "templates.tiers"]);
  expect(await wrong(`  coupons: [${COUPON}, ${COUPON}]`)).toEqual(["templates.coupons.1"]);
  expect(await wrong("  tiers: [{ rank: 0 }, { rank: 1, name: 银卡, colour: red }]\n  earnRules: [{ name: 无效 }]")).toEqual(["templates.tiers.0.name", "templates.tiers.1", "templates.earnRules.0.multiplierPercent"]);
  expect(await wrong(`  coupons: [${COUPON.replace("validity", "storeIds: [019ab000-0000-7000-8000-000000000000], validity")}]`)).toEqual(["templates.coupons.0.storeIds"]);
});

test("who may define objects but no coupons applies no pack with coupons, nor takes one back", async () => {
  const tenant = await freshTenant();
  const { id } = (await apply(tenant)).body;
  const role = (await tenant.console.post("/roles", { name: "建模", scope: "all", permissions: ["objects.manage"] })).body.id;
  await tenant.console.post("/staff", { name: "甲", account: "jia", password: "battery horse 12", roleIds: [role], orgUnitId: tenant.headquartersId });
  const signedIn = await tenant.anonymous.post("/sign-in", { brand: tenant.code, account: "jia", password: "battery horse 12" });
  const headers = { cookie: String(signedIn.headers["set-cookie"]).split(";")[0] ?? "" };
  const file = packOf(`  coupons: [${COUPON}]`);
  for (const [path, body] of [["/packs:plan", { file }], ["/packs:apply", { file }], [`/pack-runs/${id}:roll-back`, undefined]] as const) {
    expect((await tenant.anonymous.post(path, body, { headers })).status, path).toBe(403);
  }
});
