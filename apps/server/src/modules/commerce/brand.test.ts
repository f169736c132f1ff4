import { expect, it } from "vitest";
import { tillTenant } from "../../../test/till.ts";

it("shows a brand's tiers, plans and stores to somebody who is not signed in", async () => {
  const tenant = await tillTenant();
  const reply = await tenant.memberDoor.get(`/brands/${tenant.code}`);
  expect(reply).toMatchObject({
    status: 200,
    body: { code: tenant.code, name: "山海火锅", tiers: [{ name: "普卡" }, { name: "银卡", spendFen: 20_000 }, { name: "金卡" }], stores: [{ name: "南京路店", city: "上海" }] },
  });
  expect((await tenant.memberDoor.get("/brands/nobody-knows-it")).status).toBe(404);
});

it("takes a PATCH that had to come as a POST", async () => {
  const tenant = await tillTenant();
  const reply = await tenant.console.send("POST", `/members/${tenant.memberId}`, { name: "王大明" }, { headers: { "x-http-method-override": "PATCH" } });
  expect(reply.status).toBe(200);
});
