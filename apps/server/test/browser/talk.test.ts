import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { notify } from "../../src/modules/platform/index.ts";
import { expectShown, openShop, PHONE, WALK_MS } from "./shop.ts";

const shop = await openShop();
const admin = Object.assign(shop.console, { staffId: shop.adminId });

test("the bell counts up while somebody works on, and leads to what it tells of", async () => {
  const page = await shop.deskOf(admin);
  await page.goto("/members");
  await page.getByRole("button", { name: "通知，0 条未读" }).waitFor();
  await shop.inScope((scope) => notify(scope, { staffIds: [shop.adminId] }, { kind: "run", title: "duplicates.found", params: { found: 3 }, link: "/duplicates" }));
  await page.getByRole("button", { name: "通知，1 条未读" }).waitFor();
  await page.getByRole("button", { name: "通知，1 条未读" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: /重复会员比对完成，新找到 3 对/ }).waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "重复会员", level: 1 }).waitFor();
  await expect.poll(() => page.getByRole("button", { name: "通知，0 条未读" }).count()).toBe(1);
});

test("@ and the initials pick a colleague, who hears of it at once; what stands in an open thread is read", async () => {
  const manager = await shop.as("store-manager");
  const [writer, reader] = [await shop.deskOf(manager, { viewport: PHONE }), await shop.deskOf(admin)];
  await reader.goto("/orders");
  await writer.goto(`/members/${shop.memberId}?tab=comments`);
  const box = writer.getByRole("textbox", { name: "写给同事，输入 @ 提到谁" });
  await box.click();
  await box.pressSequentially("请 @lzg");
  await writer.getByRole("menuitem", { name: "林掌柜" }).or(writer.getByRole("option", { name: "林掌柜" })).first().click();
  await box.pressSequentially("看看，电话 13912345678");
  await writer.getByRole("button", { name: "发送" }).click();
  await reader.getByRole("button", { name: "通知，1 条未读" }).click();
  await expectShown(reader, "小周 在会员讨论中提到了您");
  await reader.keyboard.press("Escape");
  await reader.goto(`/members/${shop.memberId}?tab=comments`);
  await expectShown(reader, "看看，电话 139****5678");
  expect(await reader.locator(".thread-name").allInnerTexts()).toEqual(["@林掌柜"]);
  await reader.getByRole("button", { name: "通知，0 条未读" }).waitFor();
  await box.pressSequentially("@lzg");
  await writer.getByRole("menuitem", { name: "林掌柜" }).or(writer.getByRole("option", { name: "林掌柜" })).first().click();
  await box.pressSequentially("还在吗");
  await writer.getByRole("button", { name: "发送" }).click();
  await expectShown(reader, "还在吗");
  await expect.poll(async () => (await shop.console.get("/notification-counts")).body.total).toBe(0);
  expect(await writer.evaluate("document.documentElement.scrollWidth <= window.innerWidth")).toBe(true);
});

test("two decide on the same request: the slower one sees what became of it; a refusal wants words, and handing over is not agreeing", { timeout: WALK_MS }, async () => {
  const [manager, asker] = [await shop.as("service"), await shop.as("store-manager")];
  expect((await shop.console.put("/approval-chains/points", { steps: [{ name: "复核", who: { kind: "staff", staffIds: [shop.adminId, manager.staffId] }, mode: "any", when: {} }] })).status).toBe(200);
  const ask = async (points: number) => (await asker.post(`/members/${shop.memberId}/points:adjust`, { points, reason: "补偿" }, { key: `points-${points}` })).body.requestId as string;
  const [desk, phone, deaf] = [await shop.deskOf(admin), await shop.deskOf(manager, { viewport: PHONE, hasTouch: true, isMobile: true }), await shop.deskOf(admin)];
  await deaf.route("**/api/console/live", (asked) => asked.abort());
  const [first, second] = [await ask(11), await ask(12)];
  await Promise.all([desk.goto(`/approvals?id=${first}`), phone.goto(`/approvals?id=${first}`), deaf.goto(`/approvals?id=${second}`)]);
  const agree = (page: Page) => page.getByRole("button", { name: "同意" });
  await Promise.all([desk, phone, deaf].map((page) => agree(page).waitFor()));
  await phone.getByRole("button", { name: "驳回" }).tap();
  await phone.getByText("驳回要写意见").waitFor();
  await phone.keyboard.type("ok");
  await agree(phone).tap();
  await expectShown(phone, "已同意");
  await agree(desk).waitFor({ state: "detached" });
  await expectShown(desk, "ok");
  expect((await manager.post(`/approvals/${second}:approve`, {})).status).toBe(200);
  await deaf.keyboard.press("Control+Enter");
  await expectShown(deaf, "已经决定过了");
  await agree(deaf).waitFor({ state: "detached" });
  const third = await ask(13);
  await desk.goto(`/approvals?id=${third}`);
  await desk.getByRole("button", { name: "转交" }).click();
  await desk.getByRole("combobox", { name: "转交给谁" }).click();
  await desk.keyboard.press("Control+Enter");
  await desk.keyboard.press("Control+Shift+Enter");
  expect((await shop.console.get(`/approvals/${third}`)).body.state).toBe("waiting");
});

test("Enter pressed twice in a form makes one task", async () => {
  const page = await shop.deskOf(await shop.as("store-manager"));
  await page.goto("/todos");
  await page.getByRole("button", { name: "新建任务" }).click();
  await page.getByRole("textbox", { name: "做什么" }).click();
  await page.keyboard.type("给客人回电话");
  for (const wait of [0, 120]) {
    await page.waitForTimeout(wait);
    await page.keyboard.press("Enter");
  }
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.getByRole("checkbox", { name: "给客人回电话" }).waitFor();
  expect(await page.getByRole("checkbox", { name: "给客人回电话" }).count()).toBe(1);
});

test("an announcement stands above every page until it is confirmed", async () => {
  const cashier = await shop.as("cashier");
  const page = await shop.deskOf(cashier);
  await page.goto("/members");
  await page.getByRole("button", { name: /^通知/ }).waitFor();
  const { id } = (await shop.console.post("/announcements", { title: "国庆营业时间", body: "延长到二十三点", needsConfirmation: true, roleIds: [shop.roleIds.cashier] })).body;
  await shop.console.post(`/announcements/${id}:publish`);
  const banner = page.getByRole("region", { name: "公告" });
  await banner.getByText("国庆营业时间").waitFor();
  await page.goto("/orders");
  await banner.getByRole("button", { name: "确认已读" }).click();
  await banner.waitFor({ state: "detached" });
  expect((await shop.console.get(`/announcements/${id}`)).body).toMatchObject({ audience: 1, confirmed: 1 });
  await page.goto("/bulletins");
  await expectShown(page, "已确认");
});
