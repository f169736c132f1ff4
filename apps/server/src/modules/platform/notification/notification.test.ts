import { expect, test } from "vitest";
import { clock } from "../../../../test/server.ts";
import { freshTenant, type TestTenant } from "../../../../test/tenant.ts";
import type { Client } from "../../../../test/client.ts";
import { publish } from "../../../kernel/events.ts";
import { notify, type Addressees, type Notice } from "./notification.ts";

const tell = (tenant: TestTenant, to: Addressees, notice: Partial<Notice> = {}) =>
  tenant.inScope((scope) => notify(scope, to, { kind: "system", title: "webhook.broken", params: { host: "erp.example" }, link: "/webhooks", ...notice }));
const inbox = async (client: Client, query = "") => (await client.get(`/notifications${query}`)).body.items as { id: string; kind: string; title: string; readAt: string | null; params: object }[];
const unread = async (client: Client): Promise<number> => (await client.get("/notification-counts")).body.total;

test("whoever has the permission at the store is told once, and nobody else", async () => {
  const tenant = await freshTenant();
  const other = await tenant.addStore();
  const [here, there, cashier] = [await tenant.as("store-manager"), await tenant.as("store-manager", other), await tenant.as("cashier")];
  const region = await tenant.as("regional-manager", tenant.regionId);
  await tell(tenant, { can: "points.adjust", storeId: tenant.storeId });
  expect(await Promise.all([here, there, cashier, region, tenant.console].map((one) => unread(one)))).toEqual([1, 0, 0, 1, 1]);
  expect(await inbox(here)).toMatchObject([{ kind: "system", title: "webhook.broken", params: { host: "erp.example" }, link: "/webhooks", by: null, readAt: null }]);
  await tell(tenant, { can: "points.adjust" });
  expect(await unread(there)).toBe(1);
  await tell(tenant, { actors: [`staff:${cashier.staffId}`, `staff:${cashier.staffId}`, "system:night", null] });
  expect(await unread(cashier)).toBe(1);
});

test("each reads and unreads their own, one or all of a kind up to what they saw", async () => {
  const tenant = await freshTenant();
  const someone = await tenant.as("cashier");
  const both = { staffIds: [someone.staffId, tenant.adminId] };
  for (const kind of ["run", "system", "run"] as const) await tell(tenant, both, { kind });
  const [newest, middle, oldest] = await inbox(someone);
  expect((await someone.get("/notifications?limit=2")).body).toMatchObject({ items: [{ id: newest?.id }, { id: middle?.id }], nextCursor: expect.any(String) });
  const { nextCursor } = (await someone.get("/notifications?limit=2")).body;
  expect(await inbox(someone, `?limit=2&cursor=${nextCursor}`)).toMatchObject([{ id: oldest?.id }]);
  expect((await someone.post(`/notifications/${oldest?.id}:read`)).body).toMatchObject({ total: 2, kinds: expect.arrayContaining([{ kind: "run", unread: 1 }]) });
  expect((await someone.post(`/notifications/${oldest?.id}:unread`)).body.total).toBe(3);
  expect((await someone.post("/notifications:read-all", { kind: "run", untilId: middle?.id })).body.total).toBe(2);
  expect(await inbox(someone, "?kind=run&unread=true")).toMatchObject([{ id: newest?.id }]);
  expect((await someone.post("/notifications:read-all")).body.total).toBe(0);
  expect(await unread(tenant.console)).toBe(3);
  await tell(tenant, { staffIds: [someone.staffId] });
  const [theirs] = await inbox(someone);
  expect((await tenant.console.post(`/notifications/${theirs?.id}:read`)).status).toBe(404);
  expect(await unread(someone)).toBe(1);
});

test("whoever does not want to hear of a kind does not", async () => {
  const tenant = await freshTenant();
  expect((await tenant.console.put("/notification-choices", { items: [{ kind: "run", inApp: false }] })).body.items).toContainEqual({ kind: "run", inApp: false });
  await tell(tenant, { can: "org.manage" }, { kind: "run" });
  await tell(tenant, { can: "org.manage" }, { kind: "system" });
  expect(await inbox(tenant.console)).toMatchObject([{ kind: "system" }]);
  await tenant.console.put("/notification-choices", { items: [{ kind: "run", inApp: true }] });
  await tell(tenant, { can: "org.manage" }, { kind: "run" });
  expect(await unread(tenant.console)).toBe(2);
  expect((await tenant.console.put("/notification-choices", { items: [{ kind: "run", inApp: true }, { kind: "run", inApp: false }] })).status).toBe(422);
});

test("staff who left are not told, and what is older than ninety days goes", async () => {
  const tenant = await freshTenant();
  const gone = await tenant.as("cashier");
  await tenant.console.post(`/staff/${gone.staffId}:deactivate`);
  await tell(tenant, { staffIds: [gone.staffId, tenant.adminId] });
  const kept = () => tenant.inScope((scope) => scope.tx.rows("select 1 from platform.notification where tenant_id = $1", [scope.tenantId]));
  expect(await kept()).toHaveLength(1);
  await tenant.runSchedule("platform.tidy");
  expect(await kept()).toHaveLength(1);
  await tenant.inScope((scope) => scope.tx.rows("update platform.notification set created_at = $2 where tenant_id = $1", [scope.tenantId, new Date(clock.now().getTime() - 91 * 86_400_000)]));
  await tenant.runSchedule("platform.tidy");
  expect(await kept()).toHaveLength(0);
});

test("whoever began a coupon push hears of its end", async () => {
  const tenant = await freshTenant();
  const marketer = await tenant.as("marketer");
  const ended = { pushId: "p", templateId: "t", name: "国庆券", state: "done", issued: 120, refused: 3, by: `staff:${marketer.staffId}` };
  await tenant.inScope((scope) => publish(scope, "promotions.push-ended", null, ended));
  await tenant.drain();
  expect(await inbox(marketer)).toMatchObject([{ kind: "run", title: "push.done", params: { name: "国庆券", issued: 120, refused: 3 }, link: "/coupons" }]);
});
