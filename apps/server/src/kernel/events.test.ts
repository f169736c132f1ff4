import { expect, test } from "vitest";
import { freshTenant, type TestTenant } from "../../test/tenant.ts";
import { audit } from "./audit.ts";
import { deliver, publish, type DomainEvent, type Subscriber } from "./events.ts";

const note: Subscriber = {
  name: "test.note", on: ["test.happened"],
  handle: async (scope, events) => {
    for (const event of events) audit(scope, { action: "test.note", subjectKind: "event", subjectId: event.id });
  },
};
const notes = (tenant: TestTenant) => tenant.inScope((scope) => scope.tx.rows("select 1 from kernel.audit_entry where tenant_id = $1 and action = 'test.note'", [scope.tenantId]));
const happened = (tenant: TestTenant) => tenant.inScope(async (scope) => {
  await publish(scope, "test.happened", "m1", { a: 1 });
  const [row] = await scope.tx.rows<{ id: string }>("select id from kernel.event where tenant_id = $1 order by id desc limit 1", [scope.tenantId]);
  return row?.id ?? "";
});

test("an event delivered twice takes effect once, also when both come together", async () => {
  const tenant = await freshTenant();
  const id = await happened(tenant);
  const hand = () => tenant.inScope((scope) => deliver(scope, note, [id]));
  await Promise.all([hand(), hand(), hand()]);
  await hand();
  expect(await notes(tenant)).toHaveLength(1);
});

test("another tenant's event is not delivered, however its id came into the job", async () => {
  const [tenant, other] = [await freshTenant(), await freshTenant()];
  const id = await happened(other);
  await tenant.inScope((scope) => deliver(scope, note, [id])).catch(() => {});
  expect([await notes(tenant), await notes(other)]).toEqual([[], []]);
});

test("a delivery that failed is not counted and the next one takes effect", async () => {
  const tenant = await freshTenant();
  const id = await happened(tenant);
  const failing: Subscriber = { ...note, handle: () => Promise.reject(new Error("not today")) };
  await expect(tenant.inScope((scope) => deliver(scope, failing, [id]))).rejects.toThrow("not today");
  await tenant.inScope((scope) => deliver(scope, note, [id]));
  expect(await notes(tenant)).toHaveLength(1);
});

test("what is rolled back was never published", async () => {
  const tenant = await freshTenant();
  await expect(tenant.inScope(async (scope) => {
    await publish(scope, "org.staff-added", "s1", {});
    throw new Error("changed my mind");
  })).rejects.toThrow("changed my mind");
  const { rows } = await tenant.server.installation.database.pool.query("select 1 from pgboss.job where data->>'tenantId' = $1", [tenant.tenantId]);
  expect(rows).toEqual([]);
  expect(await tenant.inScope((scope) => scope.tx.rows("select 1 from kernel.event where tenant_id = $1", [scope.tenantId]))).toEqual([]);
});

test("events of one scope are handed over in the order they happened", async () => {
  const tenant = await freshTenant();
  const seen: unknown[] = [];
  const listener: Subscriber = { name: "test.order", on: [], handle: async (_scope, events: readonly DomainEvent[]) => void seen.push(...events.map((event) => event.payload["n"])) };
  const ids = await tenant.inScope(async (scope) => {
    for (let n = 0; n < 50; n++) await publish(scope, "test.happened", "m1", { n });
    return scope.tx.rows<{ id: string }>("select id from kernel.event where tenant_id = $1 order by random()", [scope.tenantId]);
  });
  await tenant.inScope((scope) => deliver(scope, listener, ids.map((row) => row.id)));
  expect(seen).toEqual(Array.from({ length: 50 }, (_, n) => n));
});
