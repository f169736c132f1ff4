import { expect, test } from "vitest";
import { expectShown, GOODS, openShop, openTill, scan } from "./shop.ts";

const shop = await openShop();
Object.assign(shop.server.installation.config, { SHUKE_PUBLIC_URL: shop.address });

test("a table's order is parked with a note, the next guest served, and another till takes it up and is paid", async () => {
  const [first, second] = await Promise.all([openTill(shop), openTill(shop)]);
  for (const { barcode } of [GOODS.tripe, GOODS.plum]) await scan(first, barcode);
  await first.getByRole("region", { name: "合计" }).getByText("¥70.00").first().waitFor();
  await first.keyboard.press("F3");
  await first.getByRole("textbox", { name: "备注" }).fill("8 号桌");
  await first.keyboard.press("Enter");
  await expectShown(first, "请扫描第一件商品");
  await first.getByRole("dialog").waitFor({ state: "hidden" });
  await scan(first, GOODS.blood.barcode);
  await first.getByRole("region", { name: "合计" }).getByText("¥15.00").first().waitFor();

  await second.keyboard.press("F10");
  const list = second.getByRole("dialog");
  await list.getByText("8 号桌").waitFor();
  expect(await list.getByRole("listitem").innerText()).toMatch(/8 号桌[^]*¥70\.00[^]*毛肚等 2 件 · 小周/);
  await second.getByRole("button", { name: "取单 8 号桌" }).press("Enter");
  await second.getByRole("region", { name: "合计" }).getByText("¥70.00").first().waitFor();
  await list.waitFor({ state: "hidden" });
  await second.keyboard.press("F8");
  await second.getByRole("textbox", { name: "金额" }).waitFor();
  await second.keyboard.press("Enter");
  await second.keyboard.press("F9");
  await second.getByRole("region", { name: "小票" }).waitFor();
  expect((await shop.console.get("/quotes")).body.items).toEqual([]);
});

test("a guest pays by WeChat at the till: the code is scanned, the till goes on by itself, and the receipt says so", async () => {
  const till = await openTill(shop);
  await scan(till, GOODS.tripe.barcode);
  await till.getByRole("region", { name: "合计" }).getByText("¥50.00").first().waitFor();
  await till.keyboard.press("F8");
  await till.getByRole("textbox", { name: "金额" }).waitFor();
  const begun = till.waitForResponse((one) => one.url().endsWith("/payments") && one.request().method() === "POST");
  await till.keyboard.press("*");
  const { codeUrl } = (await (await begun).json()) as { codeUrl: string };
  await till.getByRole("img", { name: "微信支付二维码" }).waitFor();
  // What the guest's phone does with the code: the stand-in's page, and its button.
  const phone = await till.context().newPage();
  await phone.goto(codeUrl);
  await phone.getByRole("button", { name: "支付" }).click();
  const pane = till.getByRole("region", { name: "收款" });
  await pane.getByText("找零").waitFor();
  expect((await pane.innerText()).replaceAll(/\s+/g, " ")).toContain("微信支付 ¥50.00");
  await till.keyboard.press("F9");
  const receipt = till.getByRole("region", { name: "小票" });
  await receipt.waitFor();
  expect((await receipt.innerText()).replaceAll(/\s+/g, " ")).toMatch(/实付 ¥50\.00 微信支付 ¥50\.00/);
  const orderId = /T\d{6}-\w+/.exec(await receipt.innerText())?.[0] ?? "";
  expect((await shop.console.get(`/orders/${orderId}`)).body).toMatchObject({ netFen: 5_000, tenders: [{ kind: "wechat", amountFen: 5_000 }] });
});
