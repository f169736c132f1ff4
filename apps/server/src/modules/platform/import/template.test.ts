import { strFromU8, unzipSync } from "fflate";
import { expect, test } from "vitest";
import { done, rowsOf, step, suggested, upload } from "../../../../test/import.ts";
import { freshTenant, type TestTenant } from "../../../../test/tenant.ts";

/** A brand with own fields of members, one of them called as a built-in one, and visits. */
async function brand(): Promise<TestTenant> {
  const tenant = await freshTenant();
  const add = async (key: string, field: object) => expect((await tenant.console.post(`/objects/${key}/fields`, field)).status, JSON.stringify(field)).toBe(201);
  await add("member", { key: "spice", kind: "choice", name: "口味", nameEn: "Spice", settings: { options: [{ key: "hot", name: "重辣", nameEn: "Hot" }, { key: "mild", name: "微辣", nameEn: "Mild" }] } });
  await add("member", { key: "shop", kind: "text", name: "归属门店", nameEn: "Home store" });
  expect((await tenant.console.post("/objects", { key: "visit", name: "拜访" })).status).toBe(201);
  await add("visit", { key: "no", kind: "text", name: "编号", isUnique: true, isRequired: true });
  await add("visit", { key: "memo", kind: "long-text", name: "备注" });
  await add("visit", { key: "previous", kind: "reference", name: "上一次", settings: { target: "visit" } });
  await tenant.drain();
  return tenant;
}

async function template(tenant: TestTenant, target: string, query = "") {
  const { statusCode, rawPayload, headers } = await tenant.server.app.inject({ method: "GET", url: `/api/console/import-targets/${target}/template${query}`, headers: tenant.console.headers });
  expect(statusCode).toBe(200);
  return { bytes: rawPayload, headers };
}

const fieldsOf = async (tenant: TestTenant, target: string): Promise<string[]> =>
  (await done(tenant.console.get("/import-targets"))).body.items.find((one: { key: string }) => one.key === target).fields.map((field: { key: string }) => field.key);

/** Mapped as suggested, and checked. */
async function brought(tenant: TestTenant, target: string, bytes: Buffer) {
  const { id, reading } = (await upload(tenant.console, { target, bytes })).body;
  await done(tenant.console.put(`/imports/${id}/mapping`, { columns: suggested(reading), identifyBy: [] }));
  return { run: await step(tenant, id, "check"), columns: suggested(reading).map((column) => column.field) };
}

test("an untouched template maps all of a target's columns by itself and brings nothing, in either format and language", async () => {
  const tenant = await brand();
  for (const target of ["member", "product", "visit"]) {
    for (const query of ["?format=xlsx", "?format=csv", "?format=xlsx&language=en", "?format=csv&language=en"]) {
      const { run, columns } = await brought(tenant, target, (await template(tenant, target, query)).bytes);
      expect(columns, `${target} ${query}`).toEqual(await fieldsOf(tenant, target));
      expect(run, `${target} ${query}`).toMatchObject({ state: "checked", rows: 0 });
    }
  }
});

test("a template says what goes where: what is needed, what may be chosen, and on a workbook's second sheet once more", async () => {
  const tenant = await brand();
  const csv = await template(tenant, "member", "?format=csv");
  expect(decodeURIComponent(String(csv.headers["content-disposition"]))).toContain("导入模板-会员.csv");
  expect(String(csv.bytes)).toContain("#说明# 选一个：重辣、微辣");
  expect(String(csv.bytes)).toContain("#说明# 选一个：女、男、未知、其他");
  expect(String(csv.bytes)).not.toContain("导出编号");
  expect(String((await template(tenant, "member", "?format=csv&language=en")).bytes)).toContain("#Hint# One of: Hot, Mild");
  expect(String((await template(tenant, "visit", "?format=csv")).bytes)).toContain("#说明# 必填；可用来识别已有的；文字");
  const sheets = unzipSync((await template(tenant, "visit")).bytes);
  expect(strFromU8(sheets["xl/workbook.xml"] ?? new Uint8Array())).toContain("填写说明");
  expect(strFromU8(sheets["xl/worksheets/sheet2.xml"] ?? new Uint8Array())).toContain("填对方的名称或编号");
});

test("rows below the hints are taken, and a hint that was left in a row is an empty cell", async () => {
  const tenant = await brand();
  const { bytes } = await template(tenant, "visit", "?format=csv");
  const [head = "", hints = ""] = String(bytes).split("\r\n");
  const titles = head.replace("\ufeff", "").split(",");
  const row = (values: Record<string, string>, rest: string[] = []) => titles.map((title, at) => values[title] ?? rest[at] ?? "").join(",");
  const { run } = await brought(tenant, "visit", Buffer.from([head, hints, row({ 编号: "V1", 名称: "首访" }), row({ 编号: "V2", 名称: "回访" }, hints.split(",")), hints].join("\r\n")));
  expect(run, JSON.stringify(await rowsOf(tenant, run.id))).toMatchObject({ rows: 2, verdicts: { new: 2 } });
  expect((await rowsOf(tenant, run.id)).map((one: { line: number; changes: { field: string }[] }) => [one.line, one.changes.map((change) => change.field).toSorted()])).toEqual([[3, ["name", "no"]], [4, ["name", "no"]]]);
});

test("a template holds only columns that its reader may write, of a target that is theirs", async () => {
  const tenant = await brand();
  const clerk = await tenant.as("store-manager");
  const role = (await tenant.console.get("/roles")).body.items.find((one: { id: string }) => one.id === tenant.roleIds["store-manager"]);
  await done(tenant.console.patch(`/roles/${role.id}`, { permissions: [...new Set([...role.permissions.filter((one: string) => one !== "products.manage"), "imports.manage", "records.write"])] }));
  await done(tenant.console.put(`/objects/visit/layouts/${role.id}`, { sections: [], hidden: ["previous"], readOnly: ["memo"] }));
  const { bytes } = await template({ ...tenant, console: clerk }, "visit", "?format=csv");
  expect(String(bytes)).toContain("名称");
  expect(String(bytes)).not.toMatch(/备注|上一次/);
  expect((await clerk.get("/import-targets/product/template")).status).toBe(403);
  expect((await clerk.get("/import-targets/nothing/template")).status).toBe(404);
});
