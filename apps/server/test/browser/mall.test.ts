import { expect, test } from "vitest";
import { openShop, expectShown } from "./shop.ts";

const shop = await openShop();

test("a member redeems points on the phone, the counter types the code and hands it out, and the phone says so", async () => {
  const item = await shop.console.post("/mall-items", { name: "酸梅汤", kind: "dish", points: 300, stock: 5, state: "live" });
  expect(item.status).toBe(201);
  const phone = await shop.phone(shop.memberId);
  await phone.goto(shop.memberPage("mall"));
  await phone.getByRole("link", { name: /酸梅汤 300 积分/ }).click();
  await phone.getByRole("button", { name: "立即兑换" }).click();
  await phone.getByRole("dialog").getByRole("button", { name: "立即兑换" }).click();
  await phone.getByRole("button", { name: "出示取货码" }).click();
  const code = (await phone.locator(".pickup-code").innerText()).trim();
  expect(code).toMatch(/^[A-Z0-9]{4}-[A-Z0-9]{4}$/);
  const desk = await shop.deskOf(await shop.as("cashier"), { serviceWorkers: "block" });
  await desk.goto("/pickup");
  await desk.getByLabel("取货码").fill(code.toLowerCase().replace("-", " "));
  await desk.keyboard.press("Enter");
  await desk.getByRole("button", { name: "确认交付" }).waitFor();
  // The button has the focus: a scanner and Enter are all it takes.
  await desk.keyboard.press("Enter");
  await desk.getByText("已交付").waitFor();
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
  await desk.getByText("1 / 2").waitFor();
});
