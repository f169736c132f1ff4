import { expect, test } from "vitest";
import { appliedUntil, checked, done, step } from "../../../../test/import.ts";
import { freshTenant, type TestTenant } from "../../../../test/tenant.ts";

const ROWS = 5_010;
const FILE = `客户编号,姓名,手机号\n${Array.from({ length: ROWS }, (_, at) => `K${at},客人${at},139${50_000_000 + at}\n`).join("")}`;

const membersIn = (tenant: TestTenant, state: string) => tenant.inScope(async (scope) => (await scope.tx.rows<{ count: number; phones: number }>(
  "select count(*)::int as count, count(distinct i.digest)::int as phones from customers.member m left join customers.identity i on i.tenant_id = $1 and i.member_id = m.id and i.kind = 'phone' where m.tenant_id = $1 and m.state = $2", [scope.tenantId, state]))[0]);

test("killed while it wrote its second page, an import has written the first, and goes on with the second where nobody works on it", async () => {
  const tenant = await freshTenant();
  const run = await checked(tenant, { bytes: FILE });
  const kill = () => {
    throw new Error("killed");
  };
  await expect(appliedUntil(tenant, run.id, { after: kill })).rejects.toThrow("killed");
  expect((await done(tenant.console.get(`/imports/${run.id}`))).body).toMatchObject({ state: "applying", outcomes: { created: 5_000 }, progress: { done: 5_000, total: ROWS } });
  expect(await membersIn(tenant, "active")).toEqual({ count: 5_000, phones: 5_000 });
  expect(await tenant.drain()).toBeGreaterThan(0);
  await tenant.inScope((scope) => scope.tx.rows("update platform.import_run set moved_at = $2 where tenant_id = $1", [scope.tenantId, new Date(scope.now.getTime() - 120_000)]));
  await tenant.runSchedule("platform.resume-imports");
  await tenant.drain();
  expect((await done(tenant.console.get(`/imports/${run.id}`))).body).toMatchObject({ state: "applied", outcomes: { created: ROWS, conflict: 0 } });
  expect(await membersIn(tenant, "active")).toEqual({ count: ROWS, phones: ROWS });
}, 60_000);

test("cancelled while it writes its second page, an import takes that page back and keeps the first, which can be undone", async () => {
  const tenant = await freshTenant();
  const run = await checked(tenant, { bytes: FILE });
  await appliedUntil(tenant, run.id, { before: async () => void await done(tenant.console.post(`/imports/${run.id}:cancel`)) });
  await tenant.drain();
  expect((await done(tenant.console.get(`/imports/${run.id}`))).body).toMatchObject({ state: "cancelled", outcomes: { created: 5_000 }, can: ["undo"] });
  expect(await membersIn(tenant, "active")).toEqual({ count: 5_000, phones: 5_000 });
  expect((await tenant.console.post(`/imports/${run.id}:apply`)).body).toMatchObject({ status: 409, code: "platform/import-not-ready" });
  await tenant.runSchedule("platform.resume-imports");
  await tenant.drain();
  expect(await step(tenant, run.id, "undo")).toMatchObject({ state: "undone", undos: { removed: 5_000, kept: 0 } });
  expect(await membersIn(tenant, "active")).toEqual({ count: 0, phones: 0 });
}, 60_000);
