import { expect, test } from "vitest";
import { GOODS, openShop, PHONE, scan, scanField, expectShown } from "./shop.ts";

const shop = await openShop();
const admin = Object.assign(shop.console, { staffId: shop.adminId });
const busy = { status: 503, contentType: "application/problem+json", body: JSON.stringify({ type: "https://shuke.dev/problems/server/busy", code: "server/busy", title: "Busy", status: 503, requestId: "r-1" }) };

test("a cashier is offered the daily work only; an address typed in says which right is missing", async () => {
  const page = await shop.deskOf(await shop.as("cashier"));
  await page.goto("/members");
  const menu = page.getByRole("navigation", { name: "主菜单" });
  await menu.getByRole("link").first().waitFor();
  expect((await menu.getByRole("link").allInnerTexts()).map((name) => name.trim())).toEqual(["收银台", "会员", "订单", "待办", "审批", "兑换领取", "兑换记录", "储值卡"]);
  for (const [path, right] of [["/staff", "管理员工"], ["/api-keys", "管理 API 密钥"], ["/audit", "查看审计日志"], ["/coupons", "管理优惠券与活动"]] as const) {
    const asked: string[] = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(path);
    await expectShown(page, `打开此页需要「${right}」权限，请联系管理员。`);
    expect(asked, "the page behind it asked nothing").not.toContain(`/api/console${path}`);
  }
});

test("a role's menu stands first, on a desk and on a phone, and everything else is one press away", async () => {
  const [cashier, role] = [await shop.as("cashier"), `/roles/${shop.roleIds.cashier}`];
  const menu = [{ name: "前台", entries: [{ page: "orders" }, { page: "liability" }, { page: "till", name: "开单" }] }];
  expect((await shop.console.patch(role, { menu })).status).toBe(200);
  for (const options of [{}, { viewport: PHONE }]) {
    const page = await shop.deskOf(cashier, options);
    await page.goto("/");
    await expectShown(page, "没有订单");
    if ("viewport" in options) await page.getByRole("button", { name: "打开菜单" }).click();
    const links = page.getByRole("navigation", { name: "主菜单" }).getByRole("link");
    const names = async () => (await links.allInnerTexts()).map((name) => name.trim());
    await expect.poll(names).toEqual(["订单", "开单"]);
    await page.getByRole("button", { name: "全部功能" }).click();
    await expect.poll(names).toEqual(expect.arrayContaining(["收银台", "会员", "兑换领取"]));
    expect(await names()).not.toContain("会员负债");
    await page.getByRole("button", { name: "我的菜单" }).click();
    await expect.poll(names).toEqual(["订单", "开单"]);
  }
  await shop.console.patch(role, { menu: null });
});

test("an entry of a role's menu is renamed where the menu is arranged, and has its page's name again once the field is empty", async () => {
  const role = `/roles/${shop.roleIds.cashier}`;
  const menuNow = async () => (await shop.console.get("/roles")).body.items.find((one: { id: string }) => one.id === shop.roleIds.cashier).menu;
  await shop.console.patch(role, { menu: [{ name: "前台", entries: [{ page: "orders" }, { page: "till", name: "开单" }] }] });
  const page = await shop.deskOf(admin);
  await page.goto("/roles");
  const open = () => page.getByRole("row").filter({ hasText: "收银员" }).getByRole("button", { name: /菜\s*单/ }).click();
  await open();
  await page.getByRole("button", { name: "改名：订单" }).click();
  await page.getByLabel("在菜单里的名称").fill("小票");
  await page.getByRole("dialog").getByLabel("英文名称").last().fill("Slips");
  await page.getByRole("button", { name: "改名：开单" }).click();
  await page.getByLabel("在菜单里的名称").fill("");
  await page.getByRole("dialog").getByRole("button", { name: /保\s*存/ }).click();
  await expectShown(page, "菜单已保存");
  expect(await menuNow()).toEqual([{ name: "前台", entries: [{ page: "orders", name: "小票", nameEn: "Slips" }, { page: "till" }] }]);
  await shop.console.patch(role, { menu: null });
});

test("an address that leads nowhere says so", async () => {
  const page = await shop.deskOf(admin);
  await page.goto("/orders/no-such-order");
  await expectShown(page, "找不到这个页面");
  await page.goto("/nowhere");
  await expectShown(page, "找不到这个页面");
});

test("when a guest is lost is written in a sentence, and a stage of the life cycle leads to those in it and how they came there", async () => {
  const lifecycle = async () => (await shop.console.get("/lifecycle")).body;
  await expect.poll(async () => (await lifecycle()).counts.find((one: { stage: string }) => one.stage === "aware").members).toBeGreaterThan(0);
  const page = await shop.deskOf(admin);
  await page.goto("/lifecycle");
  const write = async (days: string) => {
    await page.getByLabel("多少天算流失").click();
    await page.keyboard.press("Control+A");
    await page.keyboard.type(days);
  };
  await write("30");
  await page.keyboard.press("Enter");
  await expectShown(page, "流失要比沉睡的天数多");
  await write("90");
  await page.getByLabel("进入沉睡时打的标签").pressSequentially("好久不见");
  await page.keyboard.press("Enter");
  await expectShown(page, "已保存");
  await expectShown(page, "90 天没下单");
  expect((await lifecycle()).rules).toMatchObject({ dormantAfterDays: 60, lostAfterDays: 90, actions: { dormant: { tag: "好久不见", couponTemplateId: null } } });
  await page.getByRole("link", { name: /^认知/ }).click();
  await page.waitForURL(/\/members\?lifeStage=aware$/);
  await page.getByRole("row").filter({ hasText: "认知" }).getByRole("link").first().click();
  await page.getByRole("tab", { name: "生命周期" }).click();
  await page.getByRole("row").filter({ hasText: "登记或浏览" }).getByText("认知").waitFor();
  await page.getByRole("tab", { name: "动态" }).click();
  await expectShown(page, "潜在 → 认知 · 登记或浏览");
});

test("where nothing is yet, a page says what will be there", async () => {
  const page = await shop.deskOf(admin);
  for (const [path, words] of [["/orders", "没有订单"], ["/coupons", "还没有优惠券"], ["/offers", "还没有优惠活动"], ["/top-up-plans", "还没有储值方案"], ["/webhooks", "还没有 Webhook"]] as const) {
    await page.goto(path);
    await expectShown(page, words);
  }
});

test("on a phone a member's page begins with the name, and a tab that is opened comes into view", async () => {
  const page = await shop.deskOf(admin, { viewport: { width: 390, height: 844 } });
  await page.goto(`/members/${await shop.guest()}`);
  await page.getByRole("tab", { name: "动态", selected: true }).waitFor();
  expect(await page.evaluate("window.scrollY")).toBe(0);
  await page.getByRole("tab", { name: "隐私" }).click();
  expect((await page.getByRole("tab", { name: "隐私" }).boundingBox())!.x).toBeLessThan(390);
});

test("while the server is busy a page says so, and works again when asked again", async () => {
  const page = await shop.deskOf(admin);
  await page.route("**/api/console/products?*", (route) => route.fulfill(busy));
  await page.goto("/products");
  await expectShown(page, "系统繁忙，请稍后再试");
  await expectShown(page, "r-1");
  await page.unrouteAll();
  await page.getByRole("button", { name: "重试" }).click();
  await expectShown(page, GOODS.tripe.name);
});

test("an answer that is lost after the order was paid costs nobody anything: the same key again, the same order", async () => {
  const till = await shop.deskOf(await shop.as("cashier"));
  let attempts = 0;
  await till.route("**/api/console/quotes/*:commit", async (route) => {
    const answer = await route.fetch();
    expect(answer.status()).toBe(200);
    attempts += 1;
    await (attempts === 1 ? route.fulfill(busy) : route.fulfill({ response: answer }));
  });
  await till.goto("/till");
  await scanField(till).waitFor();
  await scan(till, GOODS.tripe.barcode);
  await till.getByRole("region", { name: "合计" }).getByText("¥50.00").first().waitFor();
  await till.keyboard.press("F8");
  await till.getByRole("textbox", { name: "金额" }).waitFor();
  await till.keyboard.press("Enter");
  await till.keyboard.press("F9");
  await expectShown(till, "没有收到服务器的答复");
  await till.keyboard.press("F9");
  await till.getByRole("region", { name: "小票" }).waitFor();
  expect(attempts).toBe(2);
  expect((await shop.console.get("/orders")).body.items).toHaveLength(1);
});
