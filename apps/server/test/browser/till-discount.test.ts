import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { GOODS, expectShown, openShop, openTill, scan } from "./shop.ts";

const shop = await openShop();

test("the till shows how much its cashier may give by hand, takes it off line and order, and says the limit when it refuses", async () => {
  const till = await openTill(shop);
  await scan(till, GOODS.blood.barcode);
  await scan(till, GOODS.tripe.barcode);
  await till.getByRole("button", { name: "手工优惠" }).click();
  await expectShown(till, "您的权限：商品金额的 10%，本单最多 ¥6.50");
  await till.getByLabel("「毛肚」减").fill("5");
  await till.getByLabel("整单减").fill("1.51");
  await till.getByRole("button", { name: "给优惠" }).click();
  await expectShown(till, "超过权限，本单最多 ¥6.50");
  await till.getByLabel("整单减").fill("1.50");
  await till.getByRole("button", { name: "给优惠" }).click();
  await expectShown(till, "¥58.50");

  // What is taken back from the cart afterwards may leave more given than is allowed: then the server refuses, and the till says the limit.
  await till.getByRole("button", { name: "鸭血 减一" }).click();
  await expectShown(till, "超过您的手工优惠权限：最多 10%，本单 ¥5.00");
  expect(await till.getByRole("button", { name: /^收款/ }).isEnabled()).toBe(false);
  await till.getByRole("button", { name: "手工优惠" }).click();
  await till.getByLabel("整单减").fill("0");
  await till.getByRole("button", { name: "给优惠" }).click();
  await expectShown(till, "¥45.00");
});

test("a cashier who is quicker than the price pays as soon as it is there", async () => {
  const till = await openTill(shop);
  await till.route("**/api/console/quotes/**", async (route) => {
    await sleep(1_000);
    await route.continue();
  });
  await scan(till, GOODS.tripe.barcode);
  await till.getByRole("table").getByText("毛肚").waitFor();
  await till.keyboard.press("F8");
  await till.getByRole("textbox", { name: "金额" }).waitFor();
  expect(await till.getByRole("button", { name: /^收款/ }).count()).toBe(0);
});
