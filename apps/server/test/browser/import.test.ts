import { readFile } from "node:fs/promises";
import { TextDecoder } from "node:util";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { expectShown, openShop, PHONE, WALK_MS } from "./shop.ts";

const shop = await openShop();
const admin = Object.assign(shop.console, { staffId: shop.adminId });
/** Encodings that a browser reads and nothing here writes: every two bytes are tried once. */
const gbk = (text: string): Buffer => Buffer.concat([...text].map((character) => Buffer.from(character.codePointAt(0)! < 128 ? [character.charCodeAt(0)] : (codes.get(character) ?? []))));
const codes = (() => {
  const decoder = new TextDecoder("gbk");
  const found = new Map<string, number[]>();
  for (let high = 0x81; high <= 0xfe; high++) for (let low = 0x40; low <= 0xfe; low++) found.set(decoder.decode(Uint8Array.of(high, low)), [high, low]);
  return found;
})();

const FILE = `姓名,手机号码,出生日期,备注
陈思宇,13912349001,1990-05-01,老客人
李娜,13912349002,1985年1月2日,
赵六,1391234,1970-01-01,
`;
const bring = (page: Page, name: string, bytes: Buffer) => page.locator("input[type=file]").setInputFiles({ name, mimeType: "text/csv", buffer: bytes });

test("a GBK file is uploaded, mapped, looked at, written and taken back", { timeout: WALK_MS }, async () => {
  await shop.console.post("/members:quick-register", { phone: "13912349002", name: "李那", storeId: shop.storeId });
  const page = await shop.deskOf(admin);
  await page.goto("/members");
  await page.locator("main").getByRole("link", { name: "导入" }).click();
  await page.getByRole("heading", { name: "新建导入" }).waitFor();
  await bring(page, "旧系统会员.csv", gbk(FILE));
  await expectShown(page, "按列名推荐");
  await expectShown(page, "GBK / GB18030");
  await expectShown(page, "陈思宇");
  expect(await page.locator(".import-steps [aria-current=step]").innerText()).toContain("对应列");
  await page.getByRole("textbox", { name: /起个名字/ }).fill("旧系统");
  await page.getByRole("button", { name: "检查" }).click();
  await expectShown(page, "将新增 1 条，更新 1 条；1 条不写入。");
  await page.getByRole("tab", { name: "更新 1" }).click();
  const changed = page.getByRole("tabpanel").getByRole("row", { name: /李那/ });
  expect(await changed.locator("del").first().innerText()).toBe("李那");
  expect(await changed.locator("ins").first().innerText()).toBe("李娜");
  await page.getByRole("tab", { name: "错误 1" }).click();
  await expectShown(page, "1391234");
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "下载这些行" }).click()]);
  expect(file.suggestedFilename()).toMatch(/\.csv$/);
  await page.getByRole("button", { name: "写入" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "写入" }).click();
  await expectShown(page, "写入完成");
  expect((await shop.console.get("/members?q=陈思宇")).body.items).toHaveLength(1);
  await page.getByRole("button", { name: "撤销导入" }).click();
  await expectShown(page, "将恢复原样");
  expect(await page.getByRole("dialog").getByRole("status").innerText()).toMatch(/将删除\s*1\s*将恢复原样\s*1/);
  await page.getByRole("dialog").getByRole("button", { name: "撤销导入" }).click();
  await expectShown(page, "撤销结果");
  expect((await shop.console.get("/members?q=陈思宇")).body.items).toHaveLength(0);
  expect((await shop.console.get("/members?q=13912349002")).body.items[0].name).toBe("李那");
});

test("an upload that was left goes on with the same file, on a phone too, and no other file is taken for it", { timeout: WALK_MS }, async () => {
  const bytes = Buffer.from(FILE);
  const { body: run } = await shop.console.post("/imports", { target: "member", fileName: "半途.csv", sizeBytes: bytes.length });
  const page = await shop.deskOf(admin, { viewport: PHONE });
  await page.goto(`/imports/${run.id}`);
  await expectShown(page, "继续上传");
  await bring(page, "别的.csv", Buffer.from("a,b\n"));
  await expectShown(page, "这不是同一个文件");
  await bring(page, "半途.csv", bytes);
  await expectShown(page, "UTF-8");
  expect(await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")).toBe(true);
  await page.getByRole("button", { name: "取消导入" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "取消导入" }).click();
  await expectShown(page, "已取消");
});

test("the list on the screen leaves as a file, and a long one is fetched later", { timeout: WALK_MS }, async () => {
  const page = await shop.deskOf(admin);
  await page.goto("/members?q=王小明");
  await page.getByRole("button", { name: "导出" }).click();
  const drawer = page.getByRole("dialog");
  await drawer.getByText("CSV").click();
  const [file] = await Promise.all([page.waitForEvent("download"), drawer.getByRole("button", { name: "导出" }).click()]);
  expect(file.suggestedFilename()).toMatch(/^会员-.*\.csv$/);
  await shop.console.post("/exports", { kind: "members", format: "xlsx", inBackground: true });
  await page.goto("/exports");
  await page.getByRole("link", { name: "下载" }).waitFor();
  const [kept] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "下载" }).click()]);
  expect(kept.suggestedFilename()).toMatch(/\.xlsx$/);
});

test("a till's products are brought in from their page, shown with prices and what they refer to, and the file to mend says why in the reader's language", { timeout: WALK_MS }, async () => {
  for (const [path, body] of [["/objects", { key: "farm", name: "农场" }], ["/objects/product/fields", { key: "farm", kind: "reference", name: "产自", nameEn: "Grown at", settings: { target: "farm" } }]] as const) expect((await shop.console.post(path, body)).status).toBe(201);
  expect((await shop.console.post("/objects/farm/records", { fields: { name: "崇明农场" } })).status).toBe(201);
  await shop.console.post("/products", { sku: "IM1", name: "青菜面", unitPriceFen: 1_800 });
  const page = await shop.deskOf(admin, { viewport: PHONE });
  await page.goto("/products");
  await page.locator("main").getByRole("link", { name: "导入" }).click();
  await bring(page, "商品.csv", Buffer.from("货号,品名,零售价,产自\nIM1,青菜面,20,崇明农场\nIM2,咸菜面,16.5,崇明农场\nIM3,凉面,十元,\nIM4,热面,9,没有农场\n"));
  await expectShown(page, "按列名推荐");
  expect(await page.getByText("没写门店的行归到").count()).toBe(0);
  await page.getByRole("button", { name: "检查" }).click();
  await expectShown(page, "将新增 1 条，更新 1 条；2 条不写入。");
  await page.getByRole("tab", { name: "更新 1" }).click();
  await expectShown(page, "崇明农场");
  expect(await page.locator("del").first().innerText()).toBe("¥18.00");
  expect(await page.getByRole("link", { name: "青菜面" }).getAttribute("href")).toBe(`/products?q=${encodeURIComponent("青菜面")}`);
  await page.getByRole("tab", { name: "错误 2" }).click();
  await expectShown(page, "没有农场");
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "下载这些行" }).click()]);
  const lines = (await readFile(await file.path(), "utf8")).split("\r\n");
  expect(lines.slice(0, 3)).toEqual(["\ufeff货号,品名,零售价,产自,行号,原因", "IM3,凉面,十元,,4,零售价：不是金额（元） (十元)", "IM4,热面,9,没有农场,5,产自：没有叫这个名称或编号的 (没有农场)"]);
  await page.getByRole("button", { name: "写入" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "写入" }).click();
  await expectShown(page, "写入完成");
  expect((await shop.console.get("/products?q=IM")).body.items.map((one: { unitPriceFen: number }) => one.unitPriceFen)).toEqual([2_000, 1_650]);
});
