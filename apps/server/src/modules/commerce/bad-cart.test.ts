import { expect, test } from "vitest";
import { clock } from "../../../test/server.ts";
import { orderId, tillTenant } from "../../../test/till.ts";

const DAY = 86_400_000;
const line = (lineId: string, quantity: number, unitPriceFen: number) => ({ lineId, sku: `UNKNOWN-${lineId}`, name: "不在目录里", quantity, unitPriceFen });

test("lines without a price, ten thousand units and unknown products are priced; below zero and beyond are refused by name", async () => {
  const tenant = await tillTenant();
  await tenant.console.post("/offers", { name: "九折", state: "live", definition: { kind: "percent-off", level: "order", percentOff: 10 } });
  const quote = (lines: object[]) => tenant.till.put(`/quotes/${orderId()}`, { storeId: tenant.storeId, channel: "pos", lines });
  expect((await quote([line("free", 1, 0), line("many", 10_000, 1_999)])).body).toMatchObject({
    grossFen: 19_990_000, netFen: 17_991_000, lines: [{ netFen: 0, discountFen: 0 }, { netFen: 17_991_000 }],
  });
  expect((await quote([line("free", 3, 0)])).body).toMatchObject({ grossFen: 0, netFen: 0, dueFen: 0, effects: [] });
  const refused = await quote([line("a", 10_001, 100), line("b", 1, -100), line("c", 0, 100), line("d", 1, 0.5)]);
  expect([refused.status, refused.body.errors.map((one: { field: string }) => one.field)])
    .toEqual([422, ["lines.0.quantity", "lines.1.unitPriceFen", "lines.2.quantity", "lines.3.unitPriceFen"]]);
});

test("a day early or late an offer says that it has not begun or is over, and takes nothing", async () => {
  const tenant = await tillTenant();
  const day = (from: number): string => new Date(clock.now().getTime() + 8 * 3_600_000 + from * DAY).toISOString().slice(0, 10);
  for (const [name, from, until] of [["明天起", 1, 9], ["今天止", -9, 0], ["昨天止", -9, -1]] as const) {
    const reply = await tenant.console.post("/offers", { name, state: "live", definition: { kind: "amount-off", level: "order", amountFen: 100, scope: { from: day(from), until: day(until) } } });
    expect(reply.status, JSON.stringify(reply.body)).toBe(201);
  }
  const { body } = await tenant.till.put(`/quotes/${orderId()}`, { storeId: tenant.storeId, channel: "pos", lines: [line("a", 1, 5_000)] });
  const said = Object.fromEntries(body.candidates.map((one: { name: string; reasons: { code: string; missing?: { at: string } }[] }) => [one.name, one.reasons[0]?.code]));
  expect([body.discountFen, said]).toEqual([100, { "明天起": "not-started", "今天止": undefined, "昨天止": "ended" }]);
});
