import { expect, test } from "vitest";
import { asOwner } from "../../../test/owner.ts";
import { clock } from "../../../test/server.ts";
import { freshTenant, type TestTenant } from "../../../test/tenant.ts";
import type { Tx } from "../../kernel/db/tx.ts";
import type { Scope } from "../../kernel/scope.ts";
import { upsertMembers } from "./batch.ts";
import { listTimeline } from "./timeline.ts";

const DAY_MS = 86_400_000;
const dayAgo = (days: number): string => new Date(clock.now().getTime() - days * DAY_MS).toISOString().slice(0, 10);

async function guest(tenant: TestTenant): Promise<string> {
  const { body } = await tenant.console.post("/members:quick-register", { phone: "13912346001", name: "王小明", storeId: tenant.storeId });
  await tenant.inScope((scope) => scope.tx.rows("update customers.member set joined_at = $2 where tenant_id = $1", [scope.tenantId, new Date(clock.now().getTime() - 30 * DAY_MS)]));
  return body.id;
}
/** Moves what was told so far into the past: entries cannot be edited by the application, so the test does it as the owner. */
async function daysPass(tenant: TestTenant, days: number): Promise<void> {
  await asOwner("update kernel.audit_entry set at = at - make_interval(days => $2) where tenant_id = $1", [tenant.tenantId, days]);
}

test("a history tells field by field who changed what, from what, to what, with phones masked", async () => {
  const tenant = await freshTenant();
  const id = await guest(tenant);
  await tenant.console.patch(`/members/${id}`, { name: "王晓明", phone: "13812346002", preferences: { taste: "微辣", sms: true } });
  await tenant.console.patch(`/members/${id}`, { preferences: { taste: "特辣", sms: true }, birthday: { calendar: "lunar", month: 8, day: 15 } });
  await tenant.console.post(`/members/${id}/tags`, { tag: "花生过敏" });
  await tenant.console.delete(`/members/${id}/tags/${encodeURIComponent("花生过敏")}`);
  const { body } = await tenant.console.get(`/members/${id}/changes`);
  expect(body.items.map((one: { fields: unknown }) => one.fields)).toEqual([
    [{ field: "tag", from: "花生过敏", to: null }],
    [{ field: "tag", from: null, to: "花生过敏" }],
    expect.arrayContaining([{ field: "preferences.taste", from: "微辣", to: "特辣" }, { field: "birthday", from: null, to: { calendar: "lunar", month: 8, day: 15 } }]),
    expect.arrayContaining([
      { field: "name", from: "王小明", to: "王晓明" }, { field: "phone", from: "139****6001", to: "138****6002" },
      { field: "preferences.taste", from: null, to: "微辣" }, { field: "preferences.sms", from: null, to: true },
    ]),
  ]);
  expect(body.items[2].fields).toHaveLength(2);
  expect(body.items[0].actor).toEqual({ kind: "staff", name: "林掌柜" });
  const first = await tenant.console.get(`/members/${id}/changes?limit=1`);
  const second = await tenant.console.get(`/members/${id}/changes?limit=1&cursor=${first.body.nextCursor}`);
  expect(second.body.items[0].fields[0].to).toBe("花生过敏");
});

test("members whom a batch changed have their history too", async () => {
  const tenant = await freshTenant();
  const id = await guest(tenant);
  await tenant.inScope((scope) => upsertMembers(scope, [{ externalId: "e1", phone: "13912346001", name: "王大明", tags: ["老客"] }], "import"));
  const { body } = await tenant.console.get(`/members/${id}/changes`);
  expect(body.items.flatMap((one: { fields: unknown[] }) => one.fields)).toEqual([{ field: "tag", from: null, to: "老客" }, { field: "name", from: "王小明", to: "王大明" }]);
});

test("a profile is shown as it was at the end of a day", async () => {
  const tenant = await freshTenant();
  const id = await guest(tenant);
  await tenant.console.patch(`/members/${id}`, { name: "王晓明", phone: "13812346002" });
  await tenant.console.post(`/members/${id}/tags`, { tag: "老客" });
  await daysPass(tenant, 5);
  await tenant.console.patch(`/members/${id}`, { name: "王大明", gender: "male" });
  await tenant.console.delete(`/members/${id}/tags/${encodeURIComponent("老客")}`);
  const on = async (day: string) => (await tenant.console.get(`/members/${id}/past-profile?on=${day}`)).body;
  expect(await on(dayAgo(2))).toMatchObject({ name: "王晓明", gender: "unknown", phoneMasked: "138****6002", tags: ["老客"], changed: ["name", "gender", "tags"] });
  expect(await on(dayAgo(10))).toMatchObject({ name: "王小明", phoneMasked: "139****6001", tags: [] });
  expect(await on(dayAgo(-1))).toMatchObject({ name: "王大明", gender: "male", tags: [], changed: [] });
  expect(await tenant.console.get(`/members/${id}/past-profile?on=${dayAgo(40)}`)).toMatchObject({ status: 422, body: { errors: [{ field: "on", code: "too-early" }] } });
});

test("the audit log keeps a profile sealed with the member's own key and shows it to those who may read the log", async () => {
  const tenant = await freshTenant();
  const id = await guest(tenant);
  await tenant.console.patch(`/members/${id}`, { name: "慕容紫英" });
  const read = async () => (await tenant.console.get(`/audit-entries?subject=${id}&action=member.update`)).body.items[0];
  expect(await read()).toMatchObject({ before: { name: "王小明" }, after: { name: "慕容紫英" } });
  const stored = await tenant.inScope((scope) => scope.tx.rows("select before, after from kernel.audit_entry where tenant_id = $1 and subject_id = $2", [scope.tenantId, id]));
  expect(JSON.stringify(stored)).not.toMatch(/慕容紫英|王小明/);
  await tenant.inScope((scope) => scope.tx.rows("delete from kernel.personal_key where tenant_id = $1", [scope.tenantId]));
  expect(await read()).toMatchObject({ before: { erased: true }, after: { erased: true } });
  expect((await tenant.console.get(`/members/${id}/changes`)).body.items[0].fields).toEqual([]);
});

test("ten thousand events of one member: any page is read through the index, and nothing that is not on it", async () => {
  const tenant = await freshTenant();
  const id = await guest(tenant);
  await tenant.inScope((scope) => scope.tx.rows(
    `insert into kernel.event (tenant_id, id, type, at, actor, subject_id, payload)
     select $1, gen_random_uuid(), 'commerce.order-paid', $2::timestamptz - make_interval(hours => n), 'system:test', $3, jsonb_build_object('orderId', 'o-' || n, 'netFen', n)
       from generate_series(1, 10000) n`, [scope.tenantId, scope.now, id]));
  await asOwner("analyze kernel.event");
  let cursor: string | undefined;
  let seen = 0;
  do {
    const page = await tenant.inScope((scope) => listTimeline(scope, id, { limit: 200, cursor }));
    expect(await eventsRead(tenant, (scope) => listTimeline(scope, id, { limit: 200, cursor }))).toBeLessThanOrEqual(201);
    seen += page.items.length;
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(seen).toBe(10_001);
});

/** The most events that a statement of an operation looks at for its page, whether it keeps them or not. */
async function eventsRead(tenant: TestTenant, run: (scope: Scope) => Promise<unknown>): Promise<number> {
  const plan = await tenant.inScope(async (scope) => {
    const lines: string[] = [];
    const rows: Tx["rows"] = async (text, values) => {
      lines.push(...(await scope.tx.rows<{ "QUERY PLAN": string }>(`explain (analyze, timing off) ${text}`, values)).map((row) => row["QUERY PLAN"]));
      return [];
    };
    await run({ ...scope, tx: Object.assign(Object.create(scope.tx) as Tx, { rows }) });
    return lines.join("\n");
  });
  const steps = plan.split("->").filter((step) => / on event {2}\(/.test(step));
  expect(steps, plan).not.toEqual([]);
  return Math.max(...steps.flatMap((step) => [...step.matchAll(/actual rows=(\d+)|Rows Removed by Filter: (\d+)/g)].map(([, kept, removed]) => Number(kept ?? removed))));
}
