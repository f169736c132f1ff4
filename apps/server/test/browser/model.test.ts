import { expect, test } from "vitest";
import { visits } from "../objects.ts";
import { openShop } from "./shop.ts";

const shop = await openShop(async (tenant) => { await visits(tenant);
  // Another object, named by a field of its own.
  await tenant.console.post("/objects", { key: "plan", name: "计划" });
  for (const field of [{ key: "code", name: "编码", kind: "text", isFilterable: true }, { key: "on", name: "日期", kind: "date" }, { key: "at", name: "时间", kind: "time" }, { key: "dish", name: "菜品", kind: "reference", settings: { target: "product" } }, { key: "after", name: "上一个", kind: "reference", settings: { target: "plan" } }]) {
    await tenant.console.post("/objects/plan/fields", field);
  }
  await tenant.console.patch("/objects/plan", { titleField: "code" });
  for (const code of ["A-1", "B-1"]) await tenant.console.post("/objects/plan/records", { fields: { name: "计划", code } });
});
const admin = Object.assign(shop.console, { staffId: shop.adminId });

test("each form of a drawer begins with what it is about, whatever was typed into the one before", async () => {
  const page = await shop.deskOf(admin);
  await page.goto("/objects/visit");
  const name = page.getByRole("textbox", { name: "* 名称" });
  for (const [called, key] of [["城市", "city"], ["街道", "street"]] as const) {
    await page.getByRole("button", { name: "新建字段" }).press("Enter");
    await name.pressSequentially(called);
    await page.getByRole("textbox", { name: "* 标识" }).pressSequentially(key);
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: called, exact: true }).waitFor();
    await name.waitFor({ state: "detached" });
  }
  await page.getByRole("button", { name: "城市", exact: true }).press("Enter");
  await name.press("End");
  await name.pressSequentially("未保存");
  await page.keyboard.press("Escape");
  await name.waitFor({ state: "detached" });
  await page.getByRole("button", { name: "街道", exact: true }).press("Enter");
  expect(await name.inputValue()).toBe("街道");
});

test("a record is typed in by keyboard: days as people write them, times of the shop's clock, what it refers to by a part of the name", async () => {
  const page = await shop.deskOf(admin, { timezoneId: "America/New_York" });
  await page.goto("/records/plan");
  await page.getByRole("button", { name: "新建计划" }).press("Enter");
  await page.getByRole("textbox", { name: "* 名称" }).pressSequentially("开业");
  await page.keyboard.press("Tab");
  await page.keyboard.type("C-1");
  const day = page.getByRole("textbox", { name: "日期" });
  await day.pressSequentially("2026-11-21");
  expect(await day.inputValue()).toBe("2026-11-21");
  await day.press("ControlOrMeta+A");
  await day.pressSequentially("2026/12/3");
  await page.keyboard.press("Tab");
  const time = page.getByRole("textbox", { name: "时间" });
  await time.pressSequentially("2026-11-21 18:30");
  for (const [name, typed, found] of [["菜品", "毛", "毛肚 HG-001"], ["上一个", "B", "B-1"]] as const) {
    await page.getByRole("combobox", { name }).pressSequentially(typed);
    await page.getByTitle(found, { exact: true }).waitFor();
    await page.keyboard.press("Enter");
  }
  await page.getByRole("textbox", { name: "* 名称" }).press("Enter");
  await page.getByRole("heading", { name: "C-1", level: 1 }).waitFor();
  for (const text of ["2026年12月3日", "2026年11月21日 18:30", "毛肚", "B-1"]) await page.getByText(text, { exact: true }).first().waitFor();
});
