import { randomUUID } from "node:crypto";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { openMemberSession } from "../../src/modules/customers/session.ts";
import { Client } from "../client.ts";
import { expectShown, GOODS, openShop, scan, scanField } from "./shop.ts";

const shop = await openShop();

async function offlineCode(memberId: string): Promise<string> {
  const token = await shop.inScope((scope) => openMemberSession(scope, memberId));
  const phone = new Client(shop.server.app, "/api/member", { authorization: `Bearer ${token}` });
  return (await phone.post("/me/offline-code", { allowanceFen: 6_000 }, { key: randomUUID() })).body.code;
}

/** In the page: whether the shell, who is signed in and every file that was loaded are kept, however long that takes. */
const isKept = `(async () => {
  const kept = new Set();
  for (const name of await caches.keys()) for (const one of await (await caches.open(name)).keys()) kept.add(new URL(one.url).pathname);
  const loaded = performance.getEntriesByType("resource").map((one) => new URL(one.name).pathname).filter((path) => path.startsWith("/assets/"));
  return ["/", "/api/console/session", ...loaded].every((path) => kept.has(path));
})()`;

/** Rings up one dish and pays all of it by stored value, or in cash. */
async function sell(till: Page, key: "+" | "Enter"): Promise<void> {
  await scan(till, GOODS.tripe.barcode);
  await till.getByRole("region", { name: "合计" }).getByText("¥40.00").first().waitFor();
  await till.keyboard.press("F8");
  await till.getByRole("textbox", { name: "金额" }).waitFor();
  await till.keyboard.press(key);
  await expectShown(till, "找零");
  await till.keyboard.press("F9");
  await till.getByRole("region", { name: "小票" }).waitFor();
  await till.keyboard.press("Enter");
  await expectShown(till, "请扫描第一件商品");
}

/** Opens a till with all that it needs, and cuts its line. */
async function cutOff(): Promise<Page> {
  const till = await shop.deskOf(await shop.as("cashier"));
  const packed = till.waitForResponse((one) => one.url().includes("/till-pack") && one.ok());
  await till.goto("/till");
  await scanField(till).waitFor();
  await packed;
  await till.evaluate("navigator.serviceWorker.ready");
  await expect.poll(() => till.evaluate(isKept), { timeout: 20_000 }).toBe(true);
  await till.context().setOffline(true);
  await till.reload();
  await scanField(till).waitFor();
  await expectShown(till, "离线，0 单待上传");
  return till;
}

test("without network a till opens, prices by the rules, takes a guest's code and cash, and sends each order once when the line is back", async () => {
  expect((await shop.console.post("/offers", { name: "满50减10", kind: "amount-off", amountFen: 1_000, thresholdFen: 5_000, isActive: true })).status).toBe(201);
  const memberId = await shop.guest(0, 10_000, 0);
  const code = await offlineCode(memberId);
  const till = await cutOff();
  await expectShown(till, /券、积分抵扣、微信支付/);
  await scan(till, code);
  await expectShown(till, "王*");
  await sell(till, "+");
  await sell(till, "Enter");
  await expectShown(till, "离线，2 单待上传");
  await scan(till, code);
  await expectShown(till, "¥20.00");
  await till.keyboard.press("F7");
  expect((await shop.console.get("/orders")).body.items).toEqual([]);

  await till.context().setOffline(false);
  await till.getByText("单待上传").waitFor({ state: "hidden" });
  const { body } = await shop.console.get("/orders");
  expect(body.items).toMatchObject([{ netFen: 4_000 }, { netFen: 4_000 }]);
  const { body: member } = await shop.console.get(`/members/${memberId}`);
  expect(member).toMatchObject({ points: { active: 40 }, storedValue: { principalFen: 4_000, frozenFen: 2_000 } });
  expect((await shop.console.get("/offline-exceptions")).body.items).toEqual([]);
});

test("one code at two tills without network pays its allowance once; the manager finds the rest among the exceptions, and closes it with a word", async () => {
  const memberId = await shop.guest(0, 10_000, 0);
  const code = await offlineCode(memberId);
  for (const till of [await cutOff(), await cutOff()]) {
    await scan(till, code);
    await expectShown(till, "王*");
    await sell(till, "+");
    await till.context().setOffline(false);
    await till.getByText("单待上传").waitFor({ state: "hidden" });
    await till.context().close();
  }
  expect((await shop.console.get(`/members/${memberId}`)).body.storedValue).toMatchObject({ principalFen: 4_000, frozenFen: 0 });

  const desk = await shop.deskOf(await shop.as("store-manager"));
  await desk.goto("/offline-exceptions");
  const row = desk.getByRole("row").filter({ hasText: "额度重复使用" });
  await row.getByText("¥20.00", { exact: true }).waitFor();
  expect(await row.innerText()).toMatch(/额度只够付 ¥20\.00/);
  await row.getByRole("button", { name: "处理" }).click();
  await desk.getByRole("textbox", { name: "处理结果" }).fill("客人已补 20 元");
  await desk.getByRole("dialog").getByRole("button", { name: "处理" }).click();
  await expectShown(desk, "没有需要处理的");
  await desk.goto("/offline-exceptions?state=resolved");
  await expectShown(desk, "客人已补 20 元");
});
