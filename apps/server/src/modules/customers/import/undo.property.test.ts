import fc from "fast-check";
import { expect, test } from "vitest";
import { checked, done, rowsOf, step, undone } from "../../../../test/import.ts";
import { freshTenant, type TestTenant } from "../../../../test/tenant.ts";
import { addressesOf } from "../address.ts";

const HEADERS = ["客户编号", "姓名", "手机号", "卡号", "性别", "生日", "门店", "标签", "地址", "车牌", "口味"];
const THERE = `${HEADERS.join(",")}
C1,王小明,13912340001,CARD-1,男,1990-05-01,SH001,常客;爱吃辣,南京路 1 号,沪A1,重辣
C2,李娜,13912340002,,女,,,,,,
C3,陈思宇,,CARD-3,,1992-07-09,,贵宾,,沪A3,微辣
C4,,13912340004,,,,,,,,
`;
const cell = (...given: string[]) => fc.constantFrom("", "", ...given);
const row = fc.tuple(
  cell("C1", "C2", "C3", "C4", "C8", "C9"), cell("王小明", "李小娜", "周八"), cell("13912340001", "13912340004", "13912349991", "13912349992", "13912349993"), cell("CARD-1", "CARD-8", "CARD-9"),
  cell("男", "女"), cell("1990-05-01", "1985-01-02"), cell("SH001", "南京路店"), cell("常客", "贵宾;爱吃辣", "新来"), cell("淮海路 2 号"), cell("沪A1", "沪B2", "沪B3"), cell("重辣", "微辣", "不知道"),
);
const files = fc.record({
  rows: fc.array(row, { minLength: 1, maxLength: 12 }), onMatch: fc.constantFrom("update", "fill"), onLikely: fc.constantFrom("skip", "create"),
});

/** All that a member is, but for when it was touched, and what is sealed anew whenever it is written. */
const everything = (tenant: TestTenant) => tenant.inScope(async (scope) => {
  const members = await scope.tx.rows<{ id: string }>(
    "select m.id, to_jsonb(m) - array['updated_at', 'phone_sealed', 'grams'] as row, (select array_agg(g order by g) from unnest(m.grams) g) as grams from customers.member m where m.tenant_id = $1 and m.state = 'active' order by m.id", [scope.tenantId]);
  const of = (table: string, order: string) => scope.tx.rows(`select to_jsonb(t) as row from ${table} t where t.tenant_id = $1 order by ${order}`, [scope.tenantId]);
  return {
    members, addresses: [...await addressesOf(scope, members.map(({ id }) => id))].toSorted(), identities: await of("customers.identity", "id"),
    tags: await scope.tx.rows("select member_id, tag from customers.member_tag where tenant_id = $1 order by member_id, tag", [scope.tenantId]), unique: await of("objects.unique_value", "field_id, value"),
  };
});
const dashboard = async (tenant: TestTenant) => {
  const { today, days } = (await done(tenant.console.get("/dashboard"))).body;
  return { today, days };
};

test("whatever a file brings, taken back it leaves the members as they were, and their counts", async () => {
  const tenant = await freshTenant();
  const field = async (body: object) => expect((await tenant.console.post("/objects/member/fields", body)).status).toBe(201);
  await field({ key: "plate", kind: "text", name: "车牌", isUnique: true });
  await field({ key: "spice", kind: "choice", name: "口味", isFilterable: true, settings: { options: [{ key: "hot", name: "重辣" }, { key: "mild", name: "微辣" }] } });
  await tenant.drain();
  expect((await step(tenant, (await checked(tenant, { bytes: THERE })).id, "apply")).outcomes).toMatchObject({ created: 4 });
  const written = { created: 0, updated: 0 };
  await fc.assert(fc.asyncProperty(files, async ({ rows, ...wish }) => {
    const [before, counts] = [await everything(tenant), await dashboard(tenant)];
    const run = await checked(tenant, { bytes: [HEADERS, ...rows].map((cells) => cells.join(",")).join("\n") }, wish);
    if (run.verdicts.new + run.verdicts.changed === 0) return;
    const { outcomes } = await step(tenant, run.id, "apply");
    written.created += outcomes.created;
    written.updated += outcomes.updated;
    const { undos } = await undone(tenant, run.id);
    expect(undos, JSON.stringify(await rowsOf(tenant, run.id))).toEqual({ removed: outcomes.created, restored: outcomes.updated, partly: 0, kept: 0 });
    expect(await everything(tenant)).toEqual(before);
    expect(await dashboard(tenant)).toEqual(counts);
  }), { numRuns: 8, endOnFailure: true });
  expect(Math.min(written.created, written.updated)).toBeGreaterThan(0);
}, 60_000);
