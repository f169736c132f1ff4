import fc from "fast-check";
import { expect, test } from "vitest";
import { appliedUntil, checked, done, rowsOf, step, undone } from "../../../../test/import.ts";
import { freshTenant, type TestTenant } from "../../../../test/tenant.ts";

const HEADERS = ["sku", "名称", "价格", "分类", "条码", "在售", "托盘", "农场"];
const THERE = `${HEADERS.join(",")}\nA,米,1,粮,69001,是,T1,一号\nB,面,2,,,否,,\nC,油,3,粮,69003,是,T3,二号\n`;
const cell = (...given: string[]) => fc.constantFrom("", "", ...given);
const row = fc.tuple(
  fc.constantFrom("A", "B", "C", "D", "E"), fc.constantFrom("米", "大米", "茶"), fc.constantFrom("1", "4.5"), cell("粮", "饮品"), cell("69001", "69009"), cell("是", "否"), cell("T1", "T8", "T9"), cell("一号", "二号", "没有"),
);
const files = fc.record({ rows: fc.array(row, { minLength: 1, maxLength: 10 }), onMatch: fc.constantFrom("update", "fill") });

/** All that a product is, but for when it was touched. */
const everything = (tenant: TestTenant) => tenant.inScope(async (scope) => {
  const of = (table: string, order: string) => scope.tx.rows(`select to_jsonb(t) - 'updated_at' as row from ${table} t where t.tenant_id = $1 order by ${order}`, [scope.tenantId]);
  return { products: await of("commerce.product", "sku"), unique: await of("objects.unique_value", "field_id, value"), links: await of("objects.link", "field_id, from_id, to_id") };
});

test("whatever a file brings, taken back it leaves the products as they were", async () => {
  const tenant = await freshTenant();
  expect((await tenant.console.post("/objects", { key: "farm", name: "农场" })).status).toBe(201);
  for (const field of [{ key: "tray", kind: "text", name: "托盘", isUnique: true, isFilterable: true }, { key: "farm", kind: "reference", name: "农场", settings: { target: "farm" } }]) expect((await tenant.console.post("/objects/product/fields", field)).status).toBe(201);
  await tenant.drain();
  await step(tenant, (await checked(tenant, { target: "farm", bytes: "名称\n一号\n二号\n" })).id, "apply");
  const bySku = { identifyBy: ["sku"] };
  expect((await step(tenant, (await checked(tenant, { target: "product", bytes: THERE }, bySku)).id, "apply")).outcomes).toMatchObject({ created: 3 });
  const written = { created: 0, updated: 0 };
  await fc.assert(fc.asyncProperty(files, async ({ rows, onMatch }) => {
    const before = await everything(tenant);
    const run = await checked(tenant, { target: "product", bytes: [HEADERS, ...rows].map((cells) => cells.join(",")).join("\n") }, { ...bySku, onMatch });
    if (run.verdicts.new + run.verdicts.changed === 0) return;
    const { outcomes } = await step(tenant, run.id, "apply");
    written.created += outcomes.created;
    written.updated += outcomes.updated;
    if (outcomes.created + outcomes.updated === 0) return;
    const { undos } = await undone(tenant, run.id);
    expect(undos, JSON.stringify(await rowsOf(tenant, run.id))).toEqual({ removed: outcomes.created, restored: outcomes.updated, partly: 0, kept: 0 });
    expect(await everything(tenant)).toEqual(before);
  }), { numRuns: 8, endOnFailure: true });
  expect(Math.min(written.created, written.updated)).toBeGreaterThan(0);
}, 60_000);

test("killed while it wrote its second page, an import of products goes on with it, and is taken back whole", async () => {
  const tenant = await freshTenant();
  const rows = 5_010;
  const run = await checked(tenant, { target: "product", bytes: `sku,名称,价格\n${Array.from({ length: rows }, (_, at) => `S${at},菜${at},${at % 90}\n`).join("")}` }, { identifyBy: ["sku"] });
  const kill = () => {
    throw new Error("killed");
  };
  await expect(appliedUntil(tenant, run.id, { after: kill })).rejects.toThrow("killed");
  const count = async () => (await tenant.inScope(async (scope) => scope.tx.rows<{ count: number }>("select count(*)::int as count from commerce.product where tenant_id = $1", [scope.tenantId])))[0]?.count;
  expect(await count()).toBe(5_000);
  await tenant.drain();
  await tenant.inScope((scope) => scope.tx.rows("update platform.import_run set moved_at = $2 where tenant_id = $1", [scope.tenantId, new Date(scope.now.getTime() - 120_000)]));
  await tenant.runSchedule("platform.resume-imports");
  await tenant.drain();
  expect((await done(tenant.console.get(`/imports/${run.id}`))).body).toMatchObject({ state: "applied", outcomes: { created: rows, conflict: 0 } });
  expect((await step(tenant, run.id, "undo")).undos).toMatchObject({ removed: rows, kept: 0 });
  expect(await count()).toBe(0);
}, 60_000);
