import { expect, test } from "vitest";
import { clock } from "../server.ts";
import { openShop, expectShown } from "./shop.ts";

const shop = await openShop();

test("a guest joins with the code sent to the phone and stands before the card; the next time the same phone signs in", async () => {
  const phone = "13771230004";
  const join = async (): Promise<string> => {
    const page = await shop.phone();
    await page.goto(shop.memberPage("card"));
    await page.getByRole("button", { name: "注册 / 登录" }).click();
    await page.getByLabel("手机号").tap();
    await page.keyboard.insertText(`+86 ${phone.slice(0, 3)}-${phone.slice(3, 7)}-${phone.slice(7)}`);
    await page.getByRole("button", { name: "获取验证码" }).click();
    await page.getByRole("button", { name: "填入" }).click();
    await page.getByLabel("验证码").press("Enter");
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
  await page.getByRole("button", { name: "获取验证码" }).tap();
  await page.getByText(/秒后重发/).waitFor();
  // It was the wrong number: the right one need not wait for it.
  await page.getByLabel("手机号").press("Backspace");
  await page.getByLabel("手机号").press("2");
  await page.getByRole("button", { name: "获取验证码" }).waitFor();
  await page.goto(shop.memberPage("orders"));
  await expectShown(page, "登录后查看");
});

test("a member takes a coupon, changes the own name and sees how a top-up is paid", async () => {
  const plan = await shop.console.post("/top-up-plans", { name: "充500送50", payFen: 50_000, principalFen: 50_000, bonusFen: 5_000 });
  const template = await shop.console.post("/coupon-templates", { name: "满100减20", kind: "amount-off", amountFen: 2_000, thresholdFen: 10_000, validity: { kind: "days", days: 30 }, perMember: 1 });
  const published = await shop.console.post(`/coupon-templates/${template.body.id}:publish`);
  expect([plan.status, published.status]).toEqual([201, 200]);
  const page = await shop.phone(shop.memberId);
  await page.goto(shop.memberPage("coupon-center"));
  await page.getByRole("button", { name: "领取 满100减20" }).click();
  await page.getByText("已领取").first().waitFor();
  await page.goto(shop.memberPage("profile"));
  await page.getByLabel("姓名").fill("");
  await page.getByRole("button", { name: "保存" }).click();
  await page.getByRole("alert").filter({ hasText: "请填写" }).waitFor();
  await page.getByLabel("姓名").pressSequentially("王大明");
  await page.getByRole("button", { name: "保存" }).click();
  await expectShown(page, "已保存");
  await page.goto(shop.memberPage("stored-value"));
  await page.getByText("送 ¥50").click();
  await page.getByRole("button", { name: /充值 ¥500/ }).click();
  await expectShown(page, "微信扫码支付");
  const { body } = await shop.console.get(`/members/${shop.memberId}`);
  expect(body).toMatchObject({ name: "王大明", couponsUsable: 1 });
});

test("a member asks for prepaid money back and takes the request back while it waits", async () => {
  const memberId = await shop.guest(0, 20_000, 0);
  const page = await shop.phone(memberId);
  await page.goto(shop.memberPage("stored-value"));
  await page.getByRole("button", { name: "查看可退金额" }).click();
  await page.getByRole("button", { name: "申请退还 ¥200.00" }).click();
  await expectShown(page, "等待门店同意");
  await page.getByRole("button", { name: "撤回申请" }).click();
  const sheet = page.getByRole("dialog", { name: "撤回申请" });
  await sheet.getByText("撤回后不再退还 ¥200.00").waitFor();
  await sheet.getByRole("button", { name: "撤回申请" }).click();
  await expectShown(page, "已撤回，金额已退回账户");
  expect((await shop.console.get(`/members/${memberId}`)).body.storedValue.principalFen).toBe(20_000);
  // Only a shop undoes a loss: one tap asks, the second one freezes.
  await page.getByRole("button", { name: "挂失冻结" }).tap();
  await page.getByRole("dialog", { name: "挂失冻结" }).getByRole("button", { name: "挂失冻结" }).tap();
  await expectShown(page, "已冻结");
});

test("the code for tills without network goes with the member who signs out: it pays with their money", async () => {
  const page = await shop.phone(await shop.guest(0, 20_000, 0));
  await page.goto(shop.memberPage("offline"));
  await page.getByRole("button", { name: "准备离线码" }).tap();
  await page.getByRole("img", { name: "离线付款码" }).waitFor();
  await page.goto(shop.memberPage("profile"));
  await page.getByRole("button", { name: "退出登录" }).tap();
  await page.locator(".taro-model__confirm").tap();
  await page.getByRole("button", { name: "注册 / 登录" }).waitFor();
  await page.goto(shop.memberPage("offline"));
  await page.reload();
  await page.getByRole("button", { name: "准备离线码" }).waitFor();
  expect(await page.getByRole("img", { name: "离线付款码" }).count()).toBe(0);
});
