import pg from "pg";
import { expect, inject, test } from "vitest";
import { clock } from "../../../test/server.ts";
import { freshTenant } from "../../../test/tenant.ts";
import { dayOf } from "../../kernel/days.ts";

const DAY_MS = 86_400_000;

test("a change tells who, what, when, from where, before and after", async () => {
  const tenant = await freshTenant();
  await tenant.console.patch(`/org-units/${tenant.storeId}`, { name: "新店名" }, { headers: { "x-request-id": "req-1" } });
  const [entry] = (await tenant.console.get("/audit-entries?action=unit")).body.items;
  expect(entry).toMatchObject({
    action: "unit.change", actor: { kind: "staff", id: tenant.adminId, name: "林掌柜" }, subject: { kind: "unit", id: tenant.storeId },
    before: { name: "南京路店" }, after: { name: "新店名" }, ip: "127.0.0.1", requestId: "req-1",
  });
});

test("entries are found by actor, subject and day, and paged", async () => {
  const tenant = await freshTenant();
  clock.advance(-DAY_MS);
  for (const name of ["甲", "乙", "丙"]) await tenant.console.patch(`/org-units/${tenant.storeId}`, { name });
  clock.advance(DAY_MS);
  await tenant.console.patch(`/org-units/${tenant.cityId}`, { name: "丁" });
  const count = async (query: string) => (await tenant.console.get(`/audit-entries?${query}`)).body.items.length;
  const yesterday = dayOf(new Date(clock.now().getTime() - DAY_MS), "Asia/Shanghai");
  expect(await count(`subject=${tenant.storeId}`)).toBe(3);
  expect(await count("subject=unit")).toBe(4);
  expect(await count(`actor=staff:${tenant.adminId}`)).toBe(4);
  expect(await count("actor=林")).toBe(4);
  expect(await count("actor=nobody")).toBe(0);
  expect(await count(`from=${yesterday}&to=${yesterday}`)).toBe(3);
  const first = (await tenant.console.get("/audit-entries?limit=3")).body;
  const second = (await tenant.console.get(`/audit-entries?limit=3&cursor=${first.nextCursor}`)).body;
  expect([...first.items, ...second.items].map((entry: { after: { name: string } }) => entry.after.name)).toEqual(["丁", "丙", "乙", "甲"]);
  expect((await tenant.console.get("/audit-entries?from=yesterday&limit=0")).body.errors).toHaveLength(2);
});

test("nothing of the application can change or remove an entry", async () => {
  const tenant = await freshTenant();
  await tenant.console.patch(`/org-units/${tenant.storeId}`, { name: "留痕" });
  const client = new pg.Client({ connectionString: inject("databaseUrl") });
  await client.connect();
  try {
    await client.query("set role shuke_app");
    await client.query("begin");
    await client.query("select kernel.set_tenant($1)", [tenant.tenantId]);
    for (const attempt of ["update kernel.audit_entry set actor = 'x'", "delete from kernel.audit_entry", "truncate kernel.audit_entry", "drop table kernel.audit_entry", "update kernel.event set type = 'x'"]) {
      await client.query("savepoint s");
      await expect(client.query(attempt), attempt).rejects.toMatchObject({ code: "42501" });
      await client.query("rollback to savepoint s");
    }
    expect((await client.query("select 1 from kernel.audit_entry")).rowCount).toBeGreaterThan(0);
  } finally {
    await client.end();
  }
});

test("one tenant's log shows nothing of another's", async () => {
  const [tenant, other] = [await freshTenant(), await freshTenant()];
  await tenant.console.patch(`/org-units/${tenant.storeId}`, { name: "秘密" });
  expect((await other.console.get(`/audit-entries?subject=${tenant.storeId}`)).body.items).toEqual([]);
});
