import { expect, test } from "vitest";
import { visits } from "../objects.ts";
import { openShop } from "./shop.ts";

const shop = await openShop(async (tenant) => { await visits(tenant); });
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
