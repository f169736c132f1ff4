import { expect, test } from "vitest";
import { clock } from "../server.ts";
import { openShop, expectShown } from "./shop.ts";

const shop = await openShop();

test("a guest joins with the code sent to the phone and stands before the card; the next time the same phone signs in", async () => {
  const phone = `137${String(Math.floor(Math.random() * 1e8)).padStart(8, "0")}`;
  const join = async (): Promise<string> => {
    const page = await shop.phone();
    await page.goto(shop.memberPage("card"));
    await page.getByRole("button", { name: "注册 / 登录" }).click();
    await page.getByLabel("手机号").fill(phone);
    await page.getByRole("button", { name: "获取验证码" }).click();
    await page.getByRole("button", { name: "填入" }).click();
    await page.locator(".join-form").getByRole("button", { name: "注册 / 登录" }).click();
    const digits = page.locator(".code-digits").first();
    await digits.waitFor();
    expect((await digits.innerText()).replaceAll(" ", "")).toMatch(/^9\d{17}$/);
    const number = /No\. (\d+)/.exec(await page.locator(".tier-card").first().innerText())?.[1] ?? "";
    await page.context().close();
    return number;
  };
  const memberNo = await join();
  clock.advance(61_000);
  expect(await join()).toBe(memberNo);
  const { body } = await shop.console.post("/members:lookup", { phone });
  expect(body).toMatchObject({ memberNo, joinedVia: "h5" });
});

test("a wrong code is said at its field, and nobody is signed in", async () => {
  const page = await shop.phone();
  await page.goto(shop.memberPage("join"));
  await page.getByLabel("手机号").fill("13700000001");
  await page.getByLabel("验证码").fill("000000");
  await page.locator(".join-form").getByRole("button", { name: "注册 / 登录" }).click();
  await page.getByRole("alert").filter({ hasText: /验证码(不正确|已失效)/ }).waitFor();
  await page.goto(shop.memberPage("orders"));
  await expectShown(page, "登录后查看");
});
