import { describe, expect, test } from "vitest";
import { checked, done, rowsOf, step } from "../../../../test/import.ts";
import { freshTenant } from "../../../../test/tenant.ts";

const FILE = `客户编号,姓名,手机号码,性别,出生日期,门店,标签
C1,王小明,13912340001,男,1990-05-01,SH001,常客;爱吃辣
C2,李娜,139 1234 0002,女士,1985年1月2日,南京路店,
C3,陈思宇,13912340003,,19920709,,
`;

describe("importing members", () => {
  test("shows what would happen, does it, and takes it back", async () => {
    const tenant = await freshTenant();
    const run = await checked(tenant, { bytes: FILE });
    expect(run).toMatchObject({ state: "checked", rows: 3, verdicts: { new: 3, error: 0 } });
    const applied = await step(tenant, run.id, "apply");
    expect(applied, applied.reason).toMatchObject({ state: "applied", outcomes: { created: 3 } });
    const { body } = await tenant.console.get("/members?q=王小明");
    expect(body.items).toMatchObject([{ name: "王小明", phoneMasked: "139****0001", homeStoreId: tenant.storeId, tags: ["常客", "爱吃辣"] }]);
    const undone = await step(tenant, run.id, "undo");
    expect(undone, JSON.stringify(await rowsOf(tenant, run.id))).toMatchObject({ state: "undone", undos: { removed: 3, kept: 0 } });
    expect((await tenant.console.get("/members")).body.items).toEqual([]);
    expect((await done(tenant.console.get("/imports"))).body.items).toMatchObject([{ id: run.id, state: "undone" }]);
  });
});
