import fc from "fast-check";
import { expect, test } from "vitest";
import { checked, done, rowsOf, step, undone } from "../../../../test/import.ts";
import { freshTenant, type TestTenant } from "../../../../test/tenant.ts";

/** Regions, each in a larger one, and next to others. */
async function regions(): Promise<TestTenant> {
  const tenant = await freshTenant();
  expect((await tenant.console.post("/objects", { key: "region", name: "区域" })).status).toBe(201);
  for (const field of [
    { key: "no", kind: "text", name: "编号", isUnique: true }, { key: "staff", kind: "number", name: "人数" }, { key: "parent", kind: "reference", name: "上级", settings: { target: "region" } },
    { key: "near", kind: "reference", name: "相邻", settings: { target: "region", isMany: true } },
  ]) expect((await tenant.console.post("/objects/region/fields", field)).status, field.key).toBe(201);
  await tenant.drain();
  return tenant;
}

const brought = (tenant: TestTenant, text: string, mapping: object = {}) => checked(tenant, { target: "region", bytes: text }, mapping);
const told = async (tenant: TestTenant, id: string) => (await rowsOf(tenant, id)).map(({ verdict, reasons }: { verdict: string; reasons: { column: string; code: string; value: string | null }[] }) =>
  [verdict, ...reasons.map(({ column, code, value }) => `${column} ${code} ${value ?? ""}`.trim())].join(", "));
interface Listed {
  fields: Record<string, string & string[]>;
  references: Record<string, string>;
}
/** Whom each refers to, by name. */
const related = async (tenant: TestTenant) => Object.fromEntries((await done(tenant.console.get("/objects/region/records?limit=200"))).body.items
  .map(({ fields, references }: Listed) => [fields["no"], [references[fields["parent"] ?? ""] ?? "", ...(fields["near"] ?? []).map((id) => references[id] ?? "").toSorted()].join(",")]));

test("rows refer to rows of their own file, above or below, by number or name, are written with it and taken back with it", async () => {
  const tenant = await regions();
  const run = await brought(tenant, "编号,名称,上级,相邻\nR3,徐汇,R2,黄浦\nR4,黄浦,上海,R3\nR2,上海,华东,\nR1,华东,,\n");
  expect(await told(tenant, run.id)).toEqual(["new", "new", "new", "new"]);
  expect((await rowsOf(tenant, run.id)).map(({ references }: Listed) => Object.values(references))).toEqual([["上海", "黄浦"], ["上海", "徐汇"], ["华东"], []]);
  expect((await step(tenant, run.id, "apply")).outcomes).toMatchObject({ created: 4, refused: 0 });
  expect(await related(tenant)).toEqual({ R1: "", R2: "华东", R3: "上海,黄浦", R4: "上海,徐汇" });
  const moved = await brought(tenant, "编号,名称,上级\nR4,黄浦,市区\nR5,市区,R2\n");
  expect((await step(tenant, moved.id, "apply")).outcomes).toMatchObject({ created: 1, updated: 1 });
  expect((await related(tenant))["R4"]).toBe("市区,徐汇");
  expect((await undone(tenant, moved.id)).undos).toMatchObject({ removed: 1, restored: 1 });
  expect(await related(tenant)).toEqual({ R1: "", R2: "华东", R3: "上海,黄浦", R4: "上海,徐汇" });
});

test("a row goes with the row that it refers to, and is told which; a circle is refused; the others are taken", async () => {
  const tenant = await regions();
  const run = await brought(tenant, "编号,名称,人数,上级\nR1,华东,很多,\nR2,上海,1,R1\nR3,徐汇,1,上海\nC1,甲,1,C2\nC2,乙,1,C1\nS1,自己,1,S1\nR9,华北,1,\nR8,北京,1,R9\nU1,没有,1,R77\n");
  expect(await told(tenant, run.id)).toEqual([
    "error, 人数 not-a-number 很多", "error, 上级 refused-row #2 华东", "error, 上级 refused-row #3 上海", "error, 上级 refused-row #6 乙", "error, 上级 circular", "error, 上级 circular", "new", "new", "error, 上级 unknown-record R77",
  ]);
  expect((await step(tenant, run.id, "apply")).outcomes).toMatchObject({ created: 2, refused: 0 });
  expect(await related(tenant)).toEqual({ R8: "华北", R9: "" });
});

test("a name that a record and a row have, or two rows, fits more than one; rows left out by wish are not there to be referred to", async () => {
  const tenant = await regions();
  await step(tenant, (await brought(tenant, "编号,名称\nE1,城南\n")).id, "apply");
  expect(await told(tenant, (await brought(tenant, "编号,名称,上级\nA,城南,\nB,城北,城南\nC,城东,\nD,城东,\nE,城西,城东\nF,郊外,E1\n")).id))
    .toEqual(["new", "error, 上级 ambiguous 城南 ×2", "new", "new", "error, 上级 ambiguous 城东 ×2", "new"]);
  expect(await told(tenant, (await brought(tenant, "编号,名称,上级\nE1,城南,A\nA,城北,\n", { onNew: "skip" })).id)).toEqual(["error, 上级 refused-row #3 城北", "skipped"]);
});

test("where somebody has taken a row's number since the check, those that refer to it are refused with it, and the others are written", async () => {
  const tenant = await regions();
  const run = await brought(tenant, "编号,名称,上级\nR3,徐汇,R2\nR2,上海,R1\nR1,华东,\nR9,华北,\n");
  expect((await tenant.console.post("/objects/region/records", { fields: { name: "占用", no: "R2" } })).status).toBe(201);
  expect((await step(tenant, run.id, "apply")).outcomes).toMatchObject({ created: 2, conflict: 1, refused: 1 });
  expect(await related(tenant)).toEqual({ R1: "", R2: "", R9: "" });
  expect((await tenant.inScope((scope) => scope.tx.rows<{ value: string }>("select value from objects.unique_value where tenant_id = $1 order by value", [scope.tenantId]))).map(({ value }) => value)).toEqual(["R1", "R2", "R9"]);
});

test("an id that holds what looks like a phone is still the id of what a row refers to", async () => {
  const tenant = await regions();
  expect((await tenant.console.post("/objects/region/records", { fields: { name: "总部" } })).status).toBe(201);
  await tenant.inScope((scope) => scope.tx.rows("update objects.record set id = $2 where tenant_id = $1", [scope.tenantId, "01a204f4-a139-7012-8345-000000000001"]));
  const run = await brought(tenant, "编号,名称,上级,相邻\nR1,华东,总部,总部\n");
  expect((await rowsOf(tenant, run.id)).map(({ references }: Listed) => references)).toEqual([{ "01a204f4-a139-7012-8345-000000000001": "总部" }]);
});

const drawn = fc.array(fc.record({ parent: fc.nat({ max: 11 }), isWrong: fc.constantFrom(false, false, false, true) }), { minLength: 2, maxLength: 9 });

test("of whatever tree the rows of a file make, those are taken that hang from what is there, and all of it is taken back", async () => {
  const tenant = await regions();
  await step(tenant, (await brought(tenant, "编号,名称\nE,总部\n")).id, "apply");
  const seen = { new: 0, error: 0 };
  await fc.assert(fc.asyncProperty(drawn, async (rows) => {
    // 9 is what is there, beyond it nothing; an own number stands for a row, be it above, below or itself.
    const parentOf = (at: number) => { const { parent = 10 } = rows[at] ?? {}; return parent < rows.length ? `R${parent}` : parent === 9 ? "E" : ""; };
    const fits = (at: number, below: ReadonlySet<number> = new Set()): boolean => {
      const { isWrong = true } = rows[at] ?? {};
      const parent = parentOf(at);
      return !isWrong && !below.has(at) && (!parent.startsWith("R") || fits(Number(parent.slice(1)), new Set([...below, at])));
    };
    const run = await brought(tenant, `编号,名称,人数,上级\n${rows.map(({ isWrong }, at) => `R${at},区${at},${isWrong ? "?" : "1"},${parentOf(at)}\n`).join("")}`);
    const verdicts = (await rowsOf(tenant, run.id)).map((row: { verdict: string }) => row.verdict);
    expect(verdicts).toEqual(rows.map((_row, at) => (fits(at) ? "new" : "error")));
    for (const verdict of verdicts as ("new" | "error")[]) seen[verdict]++;
    if (run.verdicts.new === 0) return;
    expect((await step(tenant, run.id, "apply")).outcomes).toMatchObject({ created: run.verdicts.new, refused: 0, conflict: 0 });
    const name = (parent: string) => (parent === "E" ? "总部" : parent.replace("R", "区"));
    expect(await related(tenant)).toEqual({ E: "", ...Object.fromEntries(rows.flatMap((_row, at) => (fits(at) ? [[`R${at}`, name(parentOf(at))]] : []))) });
    expect((await undone(tenant, run.id)).undos).toMatchObject({ removed: run.verdicts.new, kept: 0 });
    expect(await related(tenant)).toEqual({ E: "" });
  }), { numRuns: 12, endOnFailure: true });
  expect(Math.min(seen.new, seen.error)).toBeGreaterThan(0);
}, 60_000);
