import { describe, expect, test } from "vitest";
import { privacySteps } from "../../../app.ts";
import { checked, done, rowsOf, step, undone } from "../../../../test/import.ts";
import { cart, orderId, tillTenant } from "../../../../test/till.ts";
import { freshTenant, type TestTenant } from "../../../../test/tenant.ts";

const FILE = `客户编号,姓名,手机号码,性别,出生日期,门店,标签
C1,王小明,13912340001,男,1990-05-01,SH001,常客;爱吃辣
C2,李娜,139 1234 0002,女士,1985年1月2日,南京路店,
C3,陈思宇,13912340003,,19920709,,
`;
const HEADER = "客户编号,姓名,手机号\n";
const lines = (count: number, from = 0): string => Array.from({ length: count }, (_, at) => `K${from + at},客人${from + at},139${String(50_000_000 + from + at)}\n`).join("");
const found = async (tenant: TestTenant, q: string) => (await tenant.console.get(`/members?q=${encodeURIComponent(q)}`)).body.items;

describe("importing members", () => {
  test("shows what would happen, does it, and takes it back", async () => {
    const tenant = await freshTenant();
    const run = await checked(tenant, { bytes: FILE });
    expect(run).toMatchObject({ state: "checked", rows: 3, verdicts: { new: 3, error: 0 } });
    expect(await found(tenant, "王小明")).toEqual([]);
    expect(await step(tenant, run.id, "apply")).toMatchObject({ state: "applied", outcomes: { created: 3 } });
    expect(await found(tenant, "王小明")).toMatchObject([{ name: "王小明", phoneMasked: "139****0001", homeStoreId: tenant.storeId, tags: ["常客", "爱吃辣"] }]);
    expect(await step(tenant, run.id, "undo")).toMatchObject({ state: "undone", undos: { removed: 3, kept: 0 } });
    expect((await tenant.console.get("/members")).body.items).toEqual([]);
    expect((await done(tenant.console.get("/imports"))).body.items).toMatchObject([{ id: run.id, state: "undone" }]);
    expect((await done(tenant.console.get("/notifications?kind=run"))).body.items.map((one: { title: string; link: string }) => [one.title, one.link])).toEqual([["import.undone", `/imports/${run.id}`], ["import.applied", `/imports/${run.id}`]]);
    const { body } = await tenant.console.get("/audit-entries?action=import");
    expect(body.items.map((one: { action: string }) => one.action)).toEqual(["import.undo", "import.apply"]);
  });

  test("tells changes field by field, masked, and gives back what nobody has touched since", async () => {
    const tenant = await freshTenant();
    await step(tenant, (await checked(tenant, { bytes: FILE })).id, "apply");
    const run = await checked(tenant, { bytes: "客户编号,姓名,手机号,地址,标签\nC1,王晓明,13912349999,上海市南京路 1 号,贵宾\nC2,李娜娜,,,\nC3,陈思宇,13912340003,,\n" });
    expect(run.verdicts).toMatchObject({ changed: 2, unchanged: 1, new: 0 });
    const [first] = await rowsOf(tenant, run.id, "&verdict=changed");
    expect(first.changes).toEqual(expect.arrayContaining([
      { field: "name", from: "王小明", to: "王晓明" }, { field: "phone", from: "139****0001", to: "139****9999" }, { field: "tags", from: ["常客", "爱吃辣"], to: ["常客", "爱吃辣", "贵宾"] },
    ]));
    expect(JSON.stringify(first)).not.toMatch(/南京路|13912349999/);
    await step(tenant, run.id, "apply");
    const [wang] = await found(tenant, "王晓明");
    expect((await tenant.console.get(`/members/${wang.id}/changes`)).body.items.flatMap((one: { fields: object[] }) => one.fields)).toContainEqual({ field: "name", from: "王小明", to: "王晓明" });
    const [li] = await found(tenant, "李娜娜");
    await tenant.console.patch(`/members/${li.id}`, { name: "李小娜" });
    expect((await undone(tenant, run.id)).undos).toEqual({ removed: 0, restored: 1, partly: 0, kept: 1 });
    expect(await found(tenant, "王小明")).toMatchObject([{ phoneMasked: "139****0001", tags: ["常客", "爱吃辣"] }]);
    expect((await tenant.console.post("/members:lookup", { phone: "13912340001" })).body.id).toBe(wang.id);
    expect((await tenant.console.post("/members:lookup", { phone: "13912349999" })).status).toBe(404);
    expect(await found(tenant, "李小娜")).toHaveLength(1);
    expect((await rowsOf(tenant, run.id, "&undo=kept"))[0].reasons).toMatchObject([{ field: "name", code: "changed-since" }]);
  });

  test("keeps what somebody else took since, and gives the others back all they had", async () => {
    const tenant = await freshTenant();
    for (const [key, isUnique] of [["plate", true], ["spice", false]] as const) expect((await tenant.console.post("/objects/member/fields", { key, kind: "text", name: key, isUnique })).status).toBe(201);
    await tenant.drain();
    await step(tenant, (await checked(tenant, { bytes: "客户编号,姓名,手机号,plate\nC1,王小明,13912340001,沪A1\nC2,李娜,13912340002,沪A2\nC3,陈思宇,,沪A3\n" })).id, "apply");
    const [li] = await found(tenant, "李娜");
    await done(tenant.console.post(`/members/${li.id}/identities:link`, { kind: "phone", value: "13912340022", reason: "家人的" }));
    const identities = async () => (await done(tenant.console.get(`/members/${li.id}/identities`))).body.items;
    const before = await identities();
    expect(before.map((one: { kind: string }) => one.kind)).toEqual(["phone", "phone", "external"]);
    const run = await checked(tenant, { bytes: "客户编号,姓名,手机号,plate\nC1,王大明,13912349991,\nC2,李娜娜,13912349992,\nC3,,13912349993,沪B3\n" });
    expect((await step(tenant, run.id, "apply")).outcomes).toMatchObject({ updated: 3 });
    await done(tenant.console.post("/members:quick-register", { phone: "13912340001", name: "后来的人", storeId: tenant.storeId }));
    await step(tenant, (await checked(tenant, { bytes: "客户编号,姓名,plate\nC8,周八,沪A3\n" })).id, "apply");
    expect((await undone(tenant, run.id)).undos).toEqual({ removed: 0, restored: 1, partly: 2, kept: 0 });
    expect((await rowsOf(tenant, run.id, "&undo=partly")).map((row: { reasons: object[] }) => row.reasons)).toMatchObject([[{ field: "phone", code: "taken-since" }], [{ field: "custom.plate", code: "duplicate" }]]);
    expect((await found(tenant, "王小明"))[0]).toMatchObject({ phoneMasked: "139****9991" });
    expect(await identities()).toEqual(before);
    const lookup = (phone: string) => tenant.console.post("/members:lookup", { phone });
    expect((await lookup("13912340022")).body.id).toBe(li.id);
    expect([(await lookup("13912349992")).status, (await lookup("13912349993")).status]).toEqual([404, 404]);
  });

  test("fills only what is empty, leaves the known alone, or makes no new ones, as was chosen", async () => {
    const tenant = await freshTenant();
    await step(tenant, (await checked(tenant, { bytes: "客户编号,姓名,手机号\nC1,王小明,\n" })).id, "apply");
    const file = { bytes: "客户编号,姓名,手机号\nC1,王大明,13912340001\nC9,张伟,13912340009\n" };
    const fill = await checked(tenant, file, { onMatch: "fill", onNew: "skip" });
    expect(fill.verdicts).toMatchObject({ changed: 1, skipped: 1 });
    expect((await rowsOf(tenant, fill.id, "&verdict=changed"))[0].changes).toEqual([{ field: "phone", from: null, to: "139****0001" }]);
    expect((await checked(tenant, file, { onMatch: "skip" })).verdicts).toMatchObject({ skipped: 1, new: 1 });
  });

  test("finds who comes twice: in the file, by what identifies somebody, and by name and birthday", async () => {
    const tenant = await freshTenant();
    await step(tenant, (await checked(tenant, { bytes: FILE })).id, "apply");
    const run = await checked(tenant, { bytes: "姓名,手机号,卡号,生日\n赵一,13912341111,CARD-1,\n赵二,13912341111,,\n王小明,13912347777,,1990/5/1\n钱三,13912340002,CARD-9,\n孙四,13912342222,CARD-1,\n" }, { identifyBy: ["card"] });
    const rows = await rowsOf(tenant, run.id);
    expect(rows.map((row: { line: number; verdict: string; reasons: { code: string }[] }) => [row.line, row.verdict, row.reasons[0]?.code])).toEqual([
      [2, "new", undefined], [3, "duplicate", "repeated"], [4, "duplicate", "likely-same"], [5, "error", "taken"], [6, "duplicate", "repeated"],
    ]);
    expect(rows[1].reasons[0]).toMatchObject({ message: "Is the same as a line above", value: "#2" });
    const twice = await checked(tenant, { bytes: "客户编号,姓名,手机号\nC1,王大明,\n,王中明,13912340001\nC2,李小娜,\n" });
    expect((await rowsOf(tenant, twice.id)).map((row: { verdict: string; reasons: { code: string }[] }) => [row.verdict, row.reasons[0]?.code])).toEqual([["changed", undefined], ["duplicate", "repeated"], ["changed", undefined]]);
  });

  test("does not write over what somebody did after the check", async () => {
    const tenant = await freshTenant();
    await step(tenant, (await checked(tenant, { bytes: FILE })).id, "apply");
    const run = await checked(tenant, { bytes: "客户编号,姓名,手机号\nC1,王大明,\nC2,李小娜,\nC8,周八,13912340008\n" });
    const [wang] = await found(tenant, "王小明");
    await tenant.console.patch(`/members/${wang.id}`, { name: "王中明" });
    await tenant.console.post("/members:quick-register", { phone: "13912340008", name: "周先来", storeId: tenant.storeId });
    expect((await step(tenant, run.id, "apply")).outcomes).toMatchObject({ conflict: 2, updated: 1, created: 0 });
    expect(await found(tenant, "王中明")).toHaveLength(1);
    expect(await found(tenant, "周先来")).toHaveLength(1);
    expect((await rowsOf(tenant, run.id, "&outcome=conflict")).map((row: { reasons: { code: string }[] }) => row.reasons[0]?.code)).toEqual(["changed-since-check", "changed-since-check"]);
  });

  test("refuses values that were blocked, and those that were blocked after the check", async () => {
    const tenant = await freshTenant();
    const block = (kind: string, value: string) => done(tenant.console.post("/blocked-values", { kind, value, reason: "总机" }));
    await block("phone", "13912345677");
    await block("card", "CARD-0");
    const run = await checked(tenant, { bytes: "客户编号,姓名,联系电话,卡号\nC1,王小明,13912345677,\nC2,李娜,,CARD-0\nC3,陈思宇,13912340003,CARD-3\nC4,赵六,13912340004,\n" });
    expect((await rowsOf(tenant, run.id)).map((row: { verdict: string; reasons: object[] }) => [row.verdict, row.reasons])).toMatchObject([
      ["error", [{ column: "联系电话", field: "phone", code: "shared", value: "139****5677" }]], ["error", [{ column: "卡号", field: "card", code: "shared", value: "CARD-0" }]], ["new", []], ["new", []],
    ]);
    expect(String((await tenant.console.raw("GET", `/imports/${run.id}/error-file`, undefined)).body)).toContain("联系电话：很多人共用或已被屏蔽，不属于任何人 (13912345677)");
    await block("card", "CARD-3");
    expect((await step(tenant, run.id, "apply")).outcomes).toMatchObject({ created: 1, refused: 1 });
    expect((await rowsOf(tenant, run.id, "&outcome=refused"))[0].reasons).toMatchObject([{ field: "card", code: "shared" }]);
    expect(await found(tenant, "陈思宇")).toEqual([]);
  });

  test("keeps whoever has ordered since when it is taken back", async () => {
    const tenant = await tillTenant();
    const run = await checked(tenant, { bytes: FILE.replace("王小明", "欧阳小明") });
    await step(tenant, run.id, "apply");
    const [wang] = await found(tenant, "欧阳小明");
    const key = orderId();
    const paid = await tenant.till.post(`/quotes/${key}:commit`, { ...cart(tenant), memberId: wang.id, tenders: [{ kind: "cash" }] }, { key });
    expect(paid.status, JSON.stringify(paid.body)).toBe(200);
    expect((await undone(tenant, run.id)).undos).toMatchObject({ removed: 2, kept: 1 });
    expect(await found(tenant, "欧阳小明")).toMatchObject([{ id: wang.id }]);
    expect((await rowsOf(tenant, run.id, "&undo=kept"))[0].reasons).toMatchObject([{ code: "used" }]);
  });

  test("goes on after a kill, and no row is written twice", async () => {
    const tenant = await freshTenant();
    const run = await checked(tenant, { bytes: HEADER + lines(6_000) });
    expect(run).toMatchObject({ state: "checked", rows: 6_000, verdicts: { new: 6_000 } });
    await done(tenant.console.post(`/imports/${run.id}:apply`));
    await tenant.inScope((scope) => scope.tx.rows("update platform.import_run set moved_at = $2 where tenant_id = $1", [scope.tenantId, new Date(scope.now.getTime() - 120_000)]));
    await tenant.runSchedule("platform.resume-imports");
    await tenant.drain();
    expect((await done(tenant.console.get(`/imports/${run.id}`))).body).toMatchObject({ state: "applied", outcomes: { created: 6_000 } });
    const count = async (state: string) => (await tenant.inScope((scope) => scope.tx.rows<{ count: number }>("select count(*)::int as count from customers.member where tenant_id = $1 and state = $2", [scope.tenantId, state])))[0]?.count;
    expect(await count("active")).toBe(6_000);
    expect((await step(tenant, run.id, "undo")).undos).toMatchObject({ removed: 6_000 });
    expect(await count("active")).toBe(0);
  }, 120_000);

  test("locks few of those who are there at a time, whom a till may be serving, and shows and takes back all of them", async () => {
    const tenant = await freshTenant();
    await step(tenant, (await checked(tenant, { bytes: HEADER + lines(1_200) })).id, "apply");
    const run = await checked(tenant, { bytes: HEADER + lines(1_200).replaceAll("客人", "新名") });
    expect(run.verdicts).toMatchObject({ changed: 1_200 });
    const pages = await tenant.inScope((scope) => scope.tx.rows("select (verdicts ->> 'changed')::int as changed from platform.import_page where tenant_id = $1 and run_id = $2 order by no", [scope.tenantId, run.id]));
    expect(pages).toEqual([{ changed: 500 }, { changed: 500 }, { changed: 200 }]);
    expect(await step(tenant, run.id, "apply")).toMatchObject({ state: "applied", outcomes: { updated: 1_200 } });
    expect((await rowsOf(tenant, run.id)).map((row: { line: number }) => row.line)).toEqual(Array.from({ length: 200 }, (_, at) => at + 2));
    expect((await undone(tenant, run.id)).undos).toMatchObject({ restored: 1_200 });
  }, 60_000);

  test("a check that was killed between two pages reads on behind the last one", async () => {
    const tenant = await freshTenant();
    const run = await checked(tenant, { bytes: HEADER + lines(6_000) + "K1,又来,13950000001\n" });
    expect(run.verdicts).toMatchObject({ new: 6_000, duplicate: 1 });
    await tenant.inScope(async (scope) => {
      await scope.tx.rows("delete from platform.import_page where tenant_id = $1 and no = 5000", [scope.tenantId]);
      await scope.tx.rows(`update platform.import_run set state = 'checking', checked_at = null, checked_rows = 5000, counts = '{"verdict.new": 5000}', moved_at = $2 where tenant_id = $1`, [scope.tenantId, new Date(0)]);
    });
    await tenant.runSchedule("platform.resume-imports");
    await tenant.drain();
    expect((await done(tenant.console.get(`/imports/${run.id}`))).body).toMatchObject({ state: "checked", rows: 6_001, verdicts: { new: 6_001 } });
  }, 120_000);

  test("forgets what its rows said of somebody who leaves", async () => {
    const tenant = await freshTenant();
    const run = await checked(tenant, { bytes: FILE });
    await step(tenant, run.id, "apply");
    const [wang] = await found(tenant, "王小明");
    await tenant.inScope((scope) => privacySteps.find((one) => one.module === "platform")?.erase?.(scope, wang.id) ?? Promise.resolve({}));
    const rows = await rowsOf(tenant, run.id);
    expect(rows.map((row: { title: string; changes: object[] }) => [row.title, row.changes.length > 0])).toEqual([["", false], ["李娜", true], ["陈思宇", true]]);
    expect((await step(tenant, run.id, "undo")).undos).toMatchObject({ removed: 2, kept: 1 });
  });

  test("is cancelled between two pages, and what was written can be taken back", async () => {
    const tenant = await freshTenant();
    const run = await checked(tenant, { bytes: HEADER + lines(3) });
    expect((await tenant.console.post(`/imports/${run.id}:cancel`)).body).toMatchObject({ state: "cancelled", can: [] });
    expect((await tenant.console.post(`/imports/${run.id}:apply`)).body).toMatchObject({ status: 409, code: "platform/import-not-ready" });
  });

  test("whoever sees one store's members imports into that store only", async () => {
    const tenant = await freshTenant();
    const other = await tenant.addStore();
    const manager = await tenant.as("store-manager");
    expect((await manager.get("/imports")).status).toBe(403);
    const role = (await tenant.console.get("/roles")).body.items.find((one: { id: string }) => one.id === tenant.roleIds["store-manager"]);
    await done(tenant.console.patch(`/roles/${role.id}`, { permissions: [...role.permissions, "imports.manage"] }));
    const desk = { ...tenant, console: manager };
    const run = await checked(desk, { bytes: `客户编号,姓名,门店\nC1,王小明,SH001\nC2,李娜,${other}\n` });
    expect(run.verdicts).toMatchObject({ new: 1, error: 1 });
    expect((await rowsOf(desk, run.id, "&verdict=error"))[0].reasons).toMatchObject([{ field: "store", code: "out-of-reach" }]);
    expect((await manager.post("/imports", { target: "no-such-object", fileName: "x.csv", sizeBytes: 1 })).body.errors).toMatchObject([{ field: "target" }]);
  });
});
