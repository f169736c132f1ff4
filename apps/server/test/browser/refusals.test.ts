import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { GOODS, openShop, scan, scanField, expectShown, type Shop } from "./shop.ts";

const shop = await openShop();
const phoneOf = async (memberId: string): Promise<string> => (await shop.console.post(`/members/${memberId}:reveal`, { reason: "test" })).body.phone;

/** A till with a guest and ¥100.00 in the cart. */
async function tillWith(memberId?: string): Promise<Page> {
  const till = await shop.deskOf(await shop.as("cashier"));
  await till.goto("/till");
  await scanField(till).waitFor();
  if (memberId !== undefined) {
    await scan(till, await phoneOf(memberId));
    await expectShown(till, "王小明");
  }
  await scan(till, GOODS.tripe.barcode);
  await scan(till, `2*${GOODS.blood.sku}`);
  await scan(till, GOODS.plum.barcode);
  await till.getByRole("region", { name: "合计" }).getByText("¥100.00").first().waitFor();
  return till;
}

async function commit(till: Page, tenderKey: string): Promise<void> {
  await till.keyboard.press("F8");
  await till.getByRole("textbox", { name: "金额" }).waitFor();
  await till.keyboard.press(tenderKey);
  await expectShown(till, "找零");
  await till.keyboard.press("F9");
}

/** The three lines are still there, and the till waits for the next key. */
async function assertNothingLost(till: Page): Promise<void> {
  const rows = await till.getByRole("table", { name: "购物清单" }).getByRole("row").allInnerTexts();
  expect(rows.slice(1).map((row) => /毛肚|鸭血|酸梅汤/.exec(row)?.[0])).toEqual(["毛肚", "鸭血", "酸梅汤"]);
}

const orderCount = async (shop: Shop): Promise<number> => (await shop.console.get("/orders")).body.items.length;

test("a price that changed since the quote is said, shown anew, and can be paid then", async () => {
  const till = await tillWith();
  const { body } = await shop.console.post("/offers", { name: "今日九折", kind: "percent-off", percentOff: 10, thresholdFen: 0, isActive: true });
  const before = await orderCount(shop);
  await commit(till, "Enter");
  await till.getByRole("alert").filter({ hasText: "价格已变，请核对后重新收款" }).waitFor();
  await till.getByRole("region", { name: "合计" }).getByText("¥90.00").first().waitFor();
  await assertNothingLost(till);
  expect(await orderCount(shop)).toBe(before);
  await commit(till, "Enter");
  await till.getByRole("region", { name: "小票" }).getByText("今日九折").waitFor();
  await shop.console.patch(`/offers/${body.id}`, { isActive: false });
});

test("a balance that was spent elsewhere meanwhile is said, and the cart waits for another tender", async () => {
  const memberId = await shop.guest(0, 10_000, 0);
  const till = await tillWith(memberId);
  await till.keyboard.press("F8");
  await till.getByRole("textbox", { name: "金额" }).waitFor();
  await till.keyboard.press("+");
  await expectShown(till, "找零");
  const elsewhere = await shop.till.post("/quotes/elsewhere:commit", {
    storeId: shop.storeId, channel: "pos", memberId, tenders: [{ kind: "stored-value" }],
    lines: [{ lineId: "1", sku: "HG-001", name: "毛肚", quantity: 1, unitPriceFen: 5_000 }],
  }, { key: "elsewhere" });
  expect(elsewhere.status).toBe(200);
  await till.keyboard.press("F9");
  await till.getByRole("alert").filter({ hasText: "余额不足" }).waitFor();
  await assertNothingLost(till);
  await expectShown(till, "¥50.00");
});

test("a coupon that another till used first is said, and the order goes on without it", async () => {
  const couponId = await shop.coupon();
  const till = await tillWith(shop.memberId);
  await till.getByText("¥80.00").first().waitFor();
  await till.keyboard.press("F8");
  await till.getByRole("textbox", { name: "金额" }).waitFor();
  await till.keyboard.press("Enter");
  const elsewhere = await shop.till.post("/quotes/coupon-elsewhere:commit", {
    storeId: shop.storeId, channel: "pos", memberId: shop.memberId, couponIds: [couponId], tenders: [{ kind: "cash" }],
    lines: [{ lineId: "1", sku: "HG-001", name: "毛肚", quantity: 3, unitPriceFen: 5_000 }],
  }, { key: "coupon-elsewhere" });
  expect(elsewhere.status, JSON.stringify(elsewhere.body)).toBe(200);
  await till.keyboard.press("F9");
  await till.getByRole("alert").filter({ hasText: /这张券现在不能用|价格已变/ }).waitFor();
  await assertNothingLost(till);
  await till.getByRole("region", { name: "合计" }).getByText("¥100.00").first().waitFor();
  await commit(till, "Enter");
  await till.getByRole("region", { name: "小票" }).waitFor();
});

test("codes scanned faster than the network answers all arrive, in their order", async () => {
  const till = await shop.deskOf(await shop.as("cashier"));
  await till.route("**/api/console/products?*", async (route) => {
    await new Promise((next) => { setTimeout(next, 400); });
    await route.continue();
  });
  await till.goto("/till");
  await scanField(till).waitFor();
  await scan(till, GOODS.tripe.barcode);
  await scan(till, "6900000000007");
  await scan(till, GOODS.plum.barcode);
  await expectShown(till, "酸梅汤");
  await expectShown(till, "没有找到「6900000000007」");
  const rows = await till.getByRole("table", { name: "购物清单" }).getByRole("row").allInnerTexts();
  expect(rows.slice(1).map((row) => /毛肚|酸梅汤/.exec(row)?.[0])).toEqual(["毛肚", "酸梅汤"]);
});
