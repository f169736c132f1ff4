import { expect, test } from "vitest";
import { clock } from "../../../../test/server.ts";
import { freshTenant } from "../../../../test/tenant.ts";
import type { Client } from "../../../../test/client.ts";

const HOUR = 3_600_000;
const later = (ms: number): string => new Date(clock.now().getTime() + ms).toISOString();
const write = async (desk: Client, more: object = {}) => {
  const answer = await desk.post("/announcements", { title: "国庆营业时间", body: "十月一日至七日\n延长到二十三点", ...more });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body.id as string;
};
const shown = async (client: Client, query = ""): Promise<{ id: string; confirmedAt: string | null; readAt: string | null; isCurrent: boolean }[]> => (await client.get(`/bulletins${query}`)).body.items;
const rung = async (client: Client) => (await client.get("/notifications?kind=announcement")).body.items as { params: object; link: string; readAt: string | null }[];

test("staff see what is published for them, confirm it, and the head office sees who has", async () => {
  const tenant = await freshTenant();
  const [manager, cashier] = [await tenant.as("store-manager"), await tenant.as("cashier")];
  const id = await write(tenant.console, { needsConfirmation: true, isPinned: true, roleIds: [tenant.roleIds["store-manager"]] });
  expect(await shown(manager)).toEqual([]);
  expect((await tenant.console.post(`/announcements/${id}:publish`)).body).toMatchObject({ state: "published", audience: 1, read: 0, confirmed: 0, by: "林掌柜" });
  expect(await shown(manager)).toMatchObject([{ id, isPinned: true, needsConfirmation: true, isCurrent: true, readAt: null, confirmedAt: null }]);
  expect(await rung(manager)).toMatchObject([{ params: { title: "国庆营业时间" }, link: `/bulletins?open=${id}` }]);
  expect([await shown(cashier), await rung(cashier)]).toEqual([[], []]);
  expect((await cashier.post(`/bulletins/${id}:read`)).status).toBe(404);
  await manager.post(`/bulletins/${id}:read`);
  expect(await rung(manager)).toMatchObject([{ readAt: expect.any(String) }]);
  expect((await tenant.console.get(`/announcements/${id}`)).body).toMatchObject({ read: 1, confirmed: 0 });
  expect((await manager.post(`/bulletins/${id}:confirm`)).status).toBe(204);
  await manager.post(`/bulletins/${id}:read`);
  expect(await shown(manager)).toMatchObject([{ confirmedAt: expect.any(String) }]);
  expect((await tenant.console.get(`/announcements/${id}/readings?state=confirmed`)).body.items).toMatchObject([{ staff: { id: manager.staffId, name: "小周" }, confirmedAt: expect.any(String) }]);
  expect((await tenant.console.get(`/announcements/${id}/readings?state=unread`)).body.items).toEqual([]);
});

test("an audience is roles, units and what is below them", async () => {
  const tenant = await freshTenant();
  const other = await tenant.addStore();
  const [here, there, region] = [await tenant.as("cashier"), await tenant.as("cashier", other), await tenant.as("regional-manager", tenant.regionId)];
  const publish = async (more: object) => tenant.console.post(`/announcements/${await write(tenant.console, more)}:publish`);
  expect((await publish({ unitIds: [tenant.storeId] })).body.audience).toBe(1);
  expect((await publish({ unitIds: [tenant.regionId], roleIds: [tenant.roleIds.cashier] })).body.audience).toBe(2);
  expect((await publish({})).body.audience).toBe(4);
  expect(await Promise.all([here, there, region, tenant.console].map(async (one) => (await shown(one)).length))).toEqual([3, 2, 1, 1]);
  expect((await tenant.console.post("/announcements", { title: "t", body: "b", unitIds: [tenant.roleIds.cashier] })).body.errors).toMatchObject([{ field: "unitIds.0", code: "unknown" }]);
  expect((await tenant.console.post("/announcements", { title: "t", body: "b", fromAt: later(HOUR), untilAt: later(0) })).body.errors).toMatchObject([{ field: "untilAt" }]);
});

test("whoever speaks for a region speaks to that region", async () => {
  const tenant = await freshTenant();
  await tenant.inScope((scope) => scope.tx.rows("update org.role set permissions = permissions || '{announcements.manage}' where tenant_id = $1 and id = $2", [scope.tenantId, tenant.roleIds["regional-manager"]]));
  const region = await tenant.as("regional-manager", tenant.regionId);
  expect((await region.post("/announcements", { title: "全员", body: "全员" })).status).toBe(403);
  expect((await region.post("/announcements", { title: "总部", body: "总部", unitIds: [tenant.headquartersId] })).status).toBe(403);
  const id = await write(region, { unitIds: [tenant.storeId] });
  expect((await region.post(`/announcements/${id}:publish`)).status).toBe(200);
  const everybody = await write(tenant.console);
  expect((await region.post(`/announcements/${everybody}:publish`)).status).toBe(403);
});

test("one that is for later rings when it begins, once, and is over at its end", async () => {
  const tenant = await freshTenant();
  const cashier = await tenant.as("cashier");
  const id = await write(tenant.console, { fromAt: later(HOUR), untilAt: later(3 * HOUR) });
  expect((await tenant.console.post(`/announcements/${id}:publish`)).body.state).toBe("scheduled");
  await tenant.runSchedule("platform.announcements-due");
  expect([await shown(cashier), await rung(cashier)]).toEqual([[], []]);
  clock.advance(2 * HOUR);
  for (let minute = 0; minute < 2; minute++) await tenant.runSchedule("platform.announcements-due");
  expect([await shown(cashier, "?current=true"), await rung(cashier)].map((some) => some.length)).toEqual([1, 1]);
  clock.advance(2 * HOUR);
  expect(await shown(cashier, "?current=true")).toEqual([]);
  expect(await shown(cashier)).toMatchObject([{ id, isCurrent: false }]);
  expect((await tenant.console.get(`/announcements/${id}`)).body.state).toBe("over");
});

test("what is withdrawn comes back with who has read it; what is written anew has been read by nobody", async () => {
  const tenant = await freshTenant();
  const cashier = await tenant.as("cashier");
  const id = await write(tenant.console);
  const put = () => tenant.console.put(`/announcements/${id}`, { title: "国庆营业时间（更正）", body: "到二十二点" });
  const act = async (verb: string) => (await tenant.console.post(`/announcements/${id}:${verb}`)).body;
  await act("publish");
  await cashier.post(`/bulletins/${id}:read`);
  expect((await put()).body.code).toBe("platform/announcement-state");
  expect(await act("withdraw")).toMatchObject({ state: "withdrawn" });
  expect(await shown(cashier)).toEqual([]);
  expect(await act("publish")).toMatchObject({ state: "published", read: 1 });
  await act("withdraw");
  expect(await rung(cashier)).toEqual([]);
  expect((await put()).body).toMatchObject({ state: "draft", read: 0 });
  await act("publish");
  expect(await rung(cashier)).toMatchObject([{ params: { title: "国庆营业时间（更正）" }, readAt: null }]);
  expect((await tenant.console.get("/announcements?state=published")).body.items).toMatchObject([{ id, title: "国庆营业时间（更正）" }]);
});
