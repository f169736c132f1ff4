import { expect, test } from "vitest";
import { freshTenant } from "../../../test/tenant.ts";

const line = (sku: string, unitPriceFen: number, quantity = 1) => ({ sku, name: sku, quantity, unitPriceFen });
const cart = (more: object = {}) => ({ lines: [line("面", 6_000, 2)], storeId: "s1", channel: "till", at: "2026-11-23T12:00:00+08:00", ...more });
const TEN = { kind: "percent-off", trigger: "auto", level: "order", percentOff: 10 };

test("a made-up cart is priced with every reason, with the rules in force and with a draft among them; nothing is written", async () => {
  const tenant = await freshTenant();
  await tenant.console.post("/offers", { name: "满200减30", state: "live", definition: { kind: "amount-off", level: "order", amountFen: 3_000, threshold: { amountFen: 20_000 } } });
  const { body } = await tenant.console.post("/offers:simulate", cart({ draft: { name: "九折", definition: TEN } }));
  expect(body.live).toMatchObject({ totalFen: 12_000, effects: [], candidates: [{ name: "满200减30", applies: false, reasons: [{ code: "min-amount", missing: { amountFen: 8_000 } }] }] });
  expect(body.draft).toMatchObject({ totalFen: 10_800, effects: [{ name: "九折", amountFen: 1_200 }], certificate: { exact: "orders", gapFen: 0 } });
  expect([body.differenceFen, body.ruleVersion]).toEqual([-1_200, 1]);
  expect((await tenant.console.get("/offers")).body.items).toHaveLength(1);
});

test("who, where and when are assumed, not looked up; the coupons of a member are in hand", async () => {
  const tenant = await freshTenant();
  const tierId = "0199c000-0000-7000-8000-000000000001";
  await tenant.console.post("/offers", { name: "金卡午市", state: "live", definition: { ...TEN, scope: { tiers: [tierId], timeSlots: [{ from: "11:00", until: "14:00" }], channels: ["h5"] } } });
  const total = async (more: object) => (await tenant.console.post("/offers:simulate", cart(more))).body.live.totalFen;
  const gold = { member: { tierId }, channel: "h5" };
  expect([await total(gold), await total({ ...gold, channel: "till" }), await total({ channel: "h5" }), await total({ ...gold, at: "2026-11-23T14:00:00+08:00" })]).toEqual([10_800, 12_000, 12_000, 12_000]);
});

test("rules of another day are tried by their version, and a draft in the place of a live offer leaves that out", async () => {
  const tenant = await freshTenant();
  const { body: { id } } = await tenant.console.post("/offers", { name: "九折", state: "live", definition: TEN });
  const swapped = await tenant.console.post("/offers:simulate", cart({ draft: { id, name: "八折", definition: { ...TEN, percentOff: 20 } } }));
  expect([swapped.body.live.totalFen, swapped.body.draft.totalFen]).toEqual([10_800, 9_600]);
  await tenant.console.patch(`/offers/${id}`, { isActive: false });
  expect((await tenant.console.post("/offers:simulate", cart())).body.live.totalFen).toBe(12_000);
  expect((await tenant.console.post("/offers:simulate", cart({ ruleVersion: 1 }))).body.live.totalFen).toBe(10_800);
  expect((await tenant.console.post("/offers:simulate", cart({ ruleVersion: 7 }))).status).toBe(404);
});

test("a kept simulation shows whoever has its link what it showed, whatever has changed since", async () => {
  const [tenant, other] = [await freshTenant(), await freshTenant()];
  const { body: { id: offerId } } = await tenant.console.post("/offers", { name: "九折", state: "live", definition: TEN });
  const kept = await tenant.console.post("/simulations", cart());
  expect([kept.status, kept.body.result.live.totalFen]).toEqual([201, 10_800]);
  await tenant.console.patch(`/offers/${offerId}`, { isActive: false });
  const { body } = await tenant.console.get(`/simulations/${kept.body.id}`);
  expect([body.result.live.totalFen, body.input.lines[0].sku]).toEqual([10_800, "面"]);
  expect((await other.console.get(`/simulations/${kept.body.id}`)).status).toBe(404);
});
