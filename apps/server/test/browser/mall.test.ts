import { expect, test } from "vitest";
import { joinMember } from "../member.ts";
import { openShop, expectShown } from "./shop.ts";

const shop = await openShop();

test("a member redeems points on the phone, the counter types the code and hands it out, and the phone says so", async () => {
  const item = await shop.console.post("/mall-items", { name: "酸梅汤", kind: "dish", points: 300, stock: 5, state: "live" });
  expect(item.status).toBe(201);
  const phone = await shop.phone(shop.memberId);
  await phone.goto(shop.memberPage("mall"));
  await phone.getByRole("link", { name: /酸梅汤 300 积分/ }).click();
  await phone.getByRole("button", { name: "立即兑换" }).click();
  // The first answer is lost on its way, and the second tap is the same wish: one is paid for.
  await phone.route(/:redeem$/, async (route) => {
    await route.fetch();
    await route.abort();
  }, { times: 1 });
  await phone.getByRole("dialog").getByRole("button", { name: "立即兑换" }).click();
  await expectShown(phone, "网络好像断开了");
  await phone.getByRole("button", { name: "立即兑换" }).click();
  await phone.getByRole("dialog").getByRole("button", { name: "立即兑换" }).click();
  await phone.getByRole("button", { name: "出示取货码" }).click();
  const code = (await phone.locator(".pickup-code").innerText()).trim();
  expect(code).toMatch(/^[A-Z0-9]{4}-[A-Z0-9]{4}$/);
  const desk = await shop.deskOf(await shop.as("cashier"), { serviceWorkers: "block" });
  await desk.goto("/pickup");
  await desk.getByLabel("取货码").fill(code.toLowerCase().replace("-", " "));
  await desk.keyboard.press("Enter");
  // The button has the focus: a scanner and Enter are all it takes.
  await desk.getByRole("button", { name: "确认交付" }).and(desk.locator(":focus")).waitFor();
  await desk.keyboard.press("Enter");
  await expectShown(desk, "已交付");
  await phone.goto(shop.memberPage("redemptions"));
  await expectShown(phone, "已完成");
  const { body } = await shop.console.get(`/members/${shop.memberId}`);
  expect(body.points.active).toBe(700);
});

test("a benefit is claimed on the phone and used at the counter", async () => {
  await shop.console.post("/benefits", { name: "月礼", kind: "points", points: 50, grantOn: "month", state: "live" });
  await shop.console.post("/benefits", { name: "免费停车", kind: "service", grantOn: "month", quota: 2, state: "live" });
  const phone = await shop.phone(shop.memberId);
  await phone.goto(shop.memberPage("benefits"));
  await phone.getByRole("button", { name: "领取 月礼" }).click();
  await expectShown(phone, "50 积分已到账");
  const desk = await shop.deskOf(await shop.as("cashier"), { serviceWorkers: "block" });
  await desk.goto(`/members/${shop.memberId}?tab=benefits`);
  await desk.getByRole("button", { name: "核销" }).first().click();
  await desk.getByRole("dialog").getByRole("button", { name: "核销" }).click();
  await expectShown(desk, "1 / 2");
});

test("a member checks in and passes points on: the masked name first, then the points, and both statements say so", async () => {
  const friend = await joinMember(shop);
  const { body: { memberNo } } = await friend.get("/me");
  await shop.console.put("/points-program", { earn: { points: 1, perFen: 100 }, spend: { points: 100, fen: 100 }, transferDayLimit: 100 });
  await shop.console.post("/earn-rules", { name: "签到", bonusPoints: 5, sources: ["check-in"] });
  const phone = await shop.phone(shop.memberId);
  await phone.goto(shop.memberPage("points"));
  await phone.getByRole("button", { name: "签到领积分" }).click();
  await phone.getByRole("button", { name: "今日已签到" }).waitFor();
  await phone.getByRole("button", { name: "转赠积分" }).click();
  const sheet = phone.getByRole("dialog");
  // Keystrokes, as a thumb makes them: they stay in the field that was tapped, though the sheet is drawn anew at each.
  await sheet.getByLabel("积分数量").pressSequentially("123", { delay: 50 });
  expect(await sheet.getByLabel("积分数量").inputValue()).toBe("123");
  await sheet.getByLabel("对方手机号或会员号").fill(memberNo.slice(0, -1) + String((Number(memberNo.at(-1)) + 1) % 10));
  await sheet.getByLabel("积分数量").fill("101");
  await sheet.getByText("超过今天可转赠的数量").waitFor();
  await sheet.getByLabel("积分数量").fill("40");
  await sheet.getByRole("button", { name: "下一步" }).click();
  await sheet.getByRole("alert").filter({ hasText: "格式不对" }).waitFor();
  await sheet.getByLabel("对方手机号或会员号").fill(memberNo);
  await sheet.getByLabel("留言（选填）").fill("吃火锅");
  await sheet.getByRole("button", { name: "下一步" }).click();
  await sheet.getByText("李**").waitFor();
  await sheet.getByRole("button", { name: "确认转赠" }).click();
  await sheet.waitFor({ state: "detached" });
  await expectShown(phone, "转给他人");
  await expectShown(phone, "吃火锅");
  expect((await friend.get("/me/points-entries")).body.items).toMatchObject([{ kind: "transfer-in", points: 40, reason: "吃火锅" }]);
  expect((await friend.get("/me/points-transfer")).body).toEqual({ limit: 100, most: 40, available: 40 });
});

test("a cashier redeems for points and cash at the counter and hands it over in the same moment", async () => {
  await shop.console.post("/mall-items", { name: "铸铁锅", kind: "goods", points: 100, cashFen: 9_900, stock: 3, state: "live" });
  const desk = await shop.deskOf(await shop.as("cashier"), { serviceWorkers: "block" });
  await desk.goto(`/members/${shop.memberId}`);
  await desk.getByRole("button", { name: /^更多/ }).click();
  await desk.getByRole("menuitem", { name: "积分兑换" }).click();
  await desk.getByRole("radio", { name: /铸铁锅/ }).check();
  await desk.getByRole("button", { name: "兑换并交付" }).click();
  await expectShown(desk, "请填写");
  await desk.getByText("现金", { exact: true }).click();
  await expectShown(desk, "将用 100 积分 + ¥99.00 兑换铸铁锅 × 1");
  await desk.getByRole("button", { name: "兑换并交付" }).click();
  await expectShown(desk, "已兑换：铸铁锅");
  expect((await shop.console.get("/redemptions?state=done")).body.items[0]).toMatchObject({ name: "铸铁锅", paidBy: "cash", cashFen: 9_900, storeId: shop.storeId });
});
