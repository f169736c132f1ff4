import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { expectShown, GOODS, openShop, openTill, scan } from "./shop.ts";

const shop = await openShop();
Object.assign(shop.server.installation.config, { SHUKE_PUBLIC_URL: shop.address });

async function fill(till: Page): Promise<void> {
  for (const { barcode } of [GOODS.tripe, GOODS.blood, GOODS.blood, GOODS.plum]) await scan(till, barcode);
  await till.getByRole("region", { name: "合计" }).getByText("¥100.00").first().waitFor();
}

test("a table splits evenly: one pays at the till, one with stored value on the phone, one by WeChat on the phone", async () => {
  const [friend, stranger] = [await shop.guest(), await shop.guest(0, 0, 0)];
  const till = await openTill(shop);
  await fill(till);
  await till.keyboard.press("F1");
  await till.getByRole("button", { name: "多一人" }).click();
  await till.getByText("≈ ¥33.33").first().waitFor();
  const divided = till.waitForResponse((one) => one.url().includes("/bills/") && one.request().method() === "PUT");
  await till.keyboard.press("F8");
  const bill = (await (await divided).json()) as { id: string; token: string };
  await till.getByRole("img", { name: "分单二维码" }).waitFor();

  await till.keyboard.press("F8");
  await till.getByRole("textbox", { name: "金额" }).waitFor();
  await till.keyboard.press("Enter");
  await expectShown(till, "找零");
  await till.keyboard.press("F9");
  await expectShown(till, "已付 ¥33.3");

  for (const memberId of [friend, stranger]) {
    const phone = await shop.phone(memberId);
    await phone.goto(shop.memberPage("split", `?bill=${bill.token}`));
    await phone.getByRole("radio").filter({ hasText: memberId === friend ? "乙" : "丙" }).click();
    const begun = memberId === stranger ? phone.waitForResponse((one) => one.url().endsWith("/payments")) : undefined;
    await phone.getByText(/^付 ¥33\.3/).click();
    if (begun) {
      const { pay } = (await (await begun).json()) as { pay: { codeUrl: string } };
      const wechat = await phone.context().newPage();
      await wechat.goto(pay.codeUrl);
      await wechat.getByRole("button", { name: "支付" }).click();
    }
    await expectShown(phone, memberId === stranger ? "这一桌已全部付清" : "已付");
    await phone.context().close();
  }
  await expectShown(till, "已全部付清");
  await till.keyboard.press("F2");
  await expectShown(till, "请扫描第一件商品");
  const { body } = await shop.console.get(`/bills/${bill.id}`);
  expect(body).toMatchObject({ state: "paid", paidFen: 10_000, shares: [{ payerName: null }, { payerName: "王小明" }, { payerName: "王小明" }] });
  expect((await shop.console.get(`/members/${friend}`)).body.points.active).toBe(1_033);
});

test("dishes are claimed by key and by dragging; a bill that is left is taken up again from the list, and a guest's points pay at the till", async () => {
  const till = await openTill(shop);
  await fill(till);
  await till.keyboard.press("F1");
  await till.getByText("按菜").click();
  await till.getByRole("button", { name: "第 1 位吃了毛肚" }).press("Enter");
  await till.getByRole("rowheader", { name: /酸梅汤/ }).dragTo(till.getByRole("columnheader", { name: "第 2 位" }));
  await till.locator("button[aria-pressed=true]").nth(1).waitFor();
  await till.keyboard.press("F8");
  const shares = till.getByRole("listitem");
  await shares.filter({ hasText: "甲" }).getByText("¥65.00").waitFor();
  await shares.filter({ hasText: "乙" }).getByText("¥35.00").waitFor();
  await till.keyboard.press("F2");
  await expectShown(till, "请扫描第一件商品");
  await till.keyboard.press("F10");
  await till.getByRole("button", { name: "继续收款" }).first().click();
  await till.getByRole("listitem").filter({ hasText: "甲" }).getByText("¥65.00").waitFor();

  const friend = await shop.guest(500, 0, 0);
  await till.keyboard.press("F8");
  await till.getByRole("textbox", { name: "会员" }).fill((await shop.console.get(`/members/${friend}`)).body.memberNo);
  await till.keyboard.press("Enter");
  await till.getByRole("region", { name: "优惠" }).getByText("积分抵扣").waitFor();
  await till.keyboard.press("F6");
  await till.getByRole("region", { name: "收款" }).getByText("¥60.00").first().waitFor();
  await till.getByRole("textbox", { name: "金额" }).press("Enter");
  await expectShown(till, "找零");
  await till.keyboard.press("F9");
  await expectShown(till, "已付 ¥65.00");
  expect((await shop.console.get(`/members/${friend}`)).body.points.active).toBe(65);
});
