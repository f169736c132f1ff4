import { expect, test } from "vitest";
import { freshTenant, type TestTenant } from "../../../test/tenant.ts";
import { currentRules } from "./index.ts";

const LADDER = { kind: "ladder", trigger: "auto", level: "order", steps: [{ atAmountFen: 10_000, amountFen: 1_000 }, { atAmountFen: 20_000, amountFen: 3_000 }] };
const WRONG = { ...LADDER, steps: [{ atAmountFen: 20_000, amountFen: 3_000 }, { atAmountFen: 10_000, amountFen: 1_000 }] };
const inForce = (tenant: TestTenant) => tenant.inScope(async (scope) => {
  const { version, rules: { offers } } = await currentRules(scope);
  return { version, offers: offers.map((offer) => [offer.name, offer.kind === "ladder" ? offer.steps.length : offer.kind]) };
});
const fields = (reply: { body: { errors: { field: string }[] } }) => reply.body.errors.map((one) => one.field);

test("a draft may contradict itself and is not in force; publishing it is refused with every conflict named, and then it is a version", async () => {
  const tenant = await freshTenant();
  const { status, body } = await tenant.console.post("/offers", { name: "阶梯", definition: WRONG });
  expect([status, body.state, body.version, body.conflicts.map((one: { field: string }) => one.field)])
    .toEqual([201, "draft", 0, ["definition.steps.1.atAmountFen", "definition.steps.1.amountFen"]]);
  const refused = await tenant.console.post(`/offers/${body.id}:publish`, {});
  expect([refused.status, fields(refused)]).toEqual([422, ["definition.steps.1.atAmountFen", "definition.steps.1.amountFen"]]);
  expect(await inForce(tenant)).toEqual({ version: 0, offers: [] });
  await tenant.console.put(`/offers/${body.id}/draft`, { name: "阶梯满减", priority: 5, definition: LADDER });
  expect((await tenant.console.post(`/offers/${body.id}:publish`, { note: "开业" })).body).toMatchObject({ state: "live", version: 1, ruleVersion: 1, draft: null, name: "阶梯满减", priority: 5 });
  expect(await inForce(tenant)).toEqual({ version: 1, offers: [["阶梯满减", 2]] });
});

test("what is written on a live offer waits for its publication; versions say who changed what, and one of them comes back", async () => {
  const tenant = await freshTenant();
  const { body: { id } } = await tenant.console.post("/offers", { name: "阶梯", definition: LADDER, state: "live" });
  const wider = { ...LADDER, steps: [...LADDER.steps, { atAmountFen: 30_000, amountFen: 6_000 }] };
  const drafted = await tenant.console.put(`/offers/${id}/draft`, { name: "阶梯", priority: 0, definition: wider });
  expect(drafted.body).toMatchObject({ version: 1, definition: LADDER, draft: { definition: wider, conflicts: [] } });
  expect(drafted.body.draft.sentence).toContain("满300减60");
  expect((await inForce(tenant)).offers).toEqual([["阶梯", 2]]);
  await tenant.console.post(`/offers/${id}:publish`, { note: "加一档" });
  expect((await inForce(tenant)).offers).toEqual([["阶梯", 3]]);
  const { body: { items } } = await tenant.console.get(`/offers/${id}/versions`);
  expect(items.map((one: { version: number; note: string | null; byName: string; changes: { field: string }[] }) => [one.version, one.note, Boolean(one.byName), one.changes.map((change) => change.field)]))
    .toEqual([[2, "加一档", true, ["steps"]], [1, null, true, []]]);
  expect((await tenant.console.post(`/offers/${id}:roll-back`, { version: 1 })).body).toMatchObject({ version: 3, state: "live" });
  expect((await inForce(tenant)).offers).toEqual([["阶梯", 2]]);
  expect((await tenant.console.post(`/offers/${id}:roll-back`, { version: 9 })).status).toBe(404);
});

test("a draft is thrown away without a trace in what is in force; an ended offer takes none", async () => {
  const tenant = await freshTenant();
  const { body: { id } } = await tenant.console.post("/offers", { name: "阶梯", definition: LADDER, state: "live" });
  await tenant.console.put(`/offers/${id}/draft`, { name: "别的", priority: 0, definition: WRONG });
  expect((await tenant.console.delete(`/offers/${id}/draft`)).body).toMatchObject({ name: "阶梯", draft: null });
  expect((await tenant.console.delete(`/offers/${id}/draft`)).status).toBe(409);
  await tenant.console.patch(`/offers/${id}`, { state: "ended" });
  expect((await tenant.console.put(`/offers/${id}/draft`, { name: "阶梯", priority: 0, definition: LADDER })).body.code).toBe("promotions/offer-ended");
});

test("the check names conflicts at their fields and the live offers that it meets, and whether they add up", async () => {
  const tenant = await freshTenant();
  const { body: noon } = await tenant.console.post("/offers", { name: "午市", state: "live", definition: { kind: "percent-off", level: "order", percentOff: 10, scope: { timeSlots: [{ from: "11:00", until: "14:00" }] } } });
  await tenant.console.post("/offers", { name: "夜宵", state: "live", definition: { kind: "percent-off", level: "order", percentOff: 10, scope: { timeSlots: [{ from: "22:00", until: "02:00" }] } } });
  const check = async (definition: object) => (await tenant.console.post("/offers:check", { definition })).body;
  expect((await check(WRONG)).conflicts.map((one: { field: string }) => one.field)).toEqual(["steps.1.atAmountFen", "steps.1.amountFen"]);
  expect((await check({ kind: "percent-off", level: "order", percentOff: 120 })).conflicts.map((one: { field: string }) => one.field)).toEqual(["percentOff"]);
  const meets = async (definition: object) => (await check(definition)).warnings.map((one: { offerName: string; code: string }) => [one.offerName, one.code]);
  const lunch = { kind: "amount-off", level: "order", amountFen: 100, threshold: { amountFen: 1_000 }, scope: { timeSlots: [{ from: "13:00", until: "15:00" }] } };
  expect(await meets(lunch)).toEqual([["午市", "adds-up"]]);
  expect(await meets({ ...lunch, stacking: { exclusive: true } })).toEqual([["午市", "competes"]]);
  expect(await meets({ ...lunch, scope: { timeSlots: [{ from: "15:00", until: "16:00" }] } })).toEqual([]);
  expect((await tenant.console.post("/offers:check", { id: noon.id, definition: lunch })).body.warnings).toEqual([]);
});

test("a rule with ten thousand products is written, checked and published", async () => {
  const tenant = await freshTenant();
  const skus = Array.from({ length: 10_000 }, (_, at) => `SKU-${at}`);
  const definition = { kind: "amount-off", level: "category", amountFen: 100, scope: { skus, excludeSkus: ["X"] } };
  expect(await tenant.console.post("/offers", { name: "全场", state: "live", definition })).toMatchObject({ status: 201, body: { version: 1 } });
  const tooMany = await tenant.console.post("/offers", { name: "全场", state: "live", definition: { ...definition, scope: { skus: [...skus, "one-more"] } } });
  expect([tooMany.status, fields(tooMany)]).toEqual([422, ["definition.scope.skus"]]);
});

test("another tenant's offer does not exist, and a cashier neither publishes nor simulates", async () => {
  const [tenant, other] = [await freshTenant(), await freshTenant()];
  const { body: { id } } = await tenant.console.post("/offers", { name: "阶梯", definition: LADDER });
  for (const reply of [await other.console.post(`/offers/${id}:publish`, {}), await other.console.get(`/offers/${id}/versions`), await other.console.put(`/offers/${id}/draft`, { name: "x", priority: 0, definition: LADDER })]) expect(reply.status).toBe(404);
  const cashier = await tenant.as("cashier");
  expect([(await cashier.post(`/offers/${id}:publish`, {})).status, (await cashier.post("/offers:check", { definition: LADDER })).status]).toEqual([403, 403]);
});

test("a code belongs to one live offer; a second one is refused with the first one's name, and the check says so beforehand", async () => {
  const tenant = await freshTenant();
  const byCode = (codes: string[]) => ({ kind: "amount-off", level: "order", amountFen: 100, trigger: "code", codes });
  await tenant.console.post("/offers", { name: "开业码", state: "live", definition: byCode(["OPEN"]) });
  const refused = await tenant.console.post("/offers", { name: "又一个", state: "live", definition: byCode(["HELLO", "o pen"]) });
  expect([refused.status, refused.body.errors]).toMatchObject([422, [{ field: "definition.codes.1", code: "same-code-twice", message: expect.stringContaining("开业码") }]]);
  expect((await tenant.console.post("/offers:check", { definition: byCode(["open"]) })).body.conflicts).toMatchObject([{ field: "codes.0", code: "same-code-twice" }]);
});
