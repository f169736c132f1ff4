import { expect, test } from "vitest";
import { notify } from "../../src/modules/platform/index.ts";
import { expectShown, openShop, PHONE } from "./shop.ts";

const shop = await openShop();
const admin = Object.assign(shop.console, { staffId: shop.adminId });

test("the bell counts up while somebody works on, and leads to what it tells of", async () => {
  const page = await shop.deskOf(admin);
  await page.goto("/members");
  await page.getByRole("button", { name: "通知，0 条未读" }).waitFor();
  await shop.inScope((scope) => notify(scope, { staffIds: [shop.adminId] }, { kind: "run", title: "duplicates.found", params: { found: 3 }, link: "/duplicates" }));
  await page.getByRole("button", { name: "通知，1 条未读" }).waitFor();
  await page.getByRole("button", { name: "通知，1 条未读" }).click();
  await page.getByRole("button", { name: /重复会员比对完成，新找到 3 对/ }).click();
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
