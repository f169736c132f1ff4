import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { cart, orderId } from "../till.ts";
import { DESK, expectShown, GOODS, openShop, PATIENCE_MS, PHONE } from "./shop.ts";

/** The till that works without network is another test's. */
const WITHOUT_WORKER = { serviceWorkers: "block" } as const;

const shop = await openShop();

const field = (page: Page, label: string) => page.getByLabel(label, { exact: true });
/** The price that a till is told now. */
async function tillPrice(amountFen: number): Promise<number> {
  const { body } = await shop.till.put(`/quotes/${orderId()}`, { ...cart(shop), lines: [{ lineId: "a", sku: GOODS.tripe.sku, name: "毛肚", quantity: 1, unitPriceFen: amountFen }] });
  return body.netFen as number;
}

test("a ladder is written with its sentence and its borders, refused where it contradicts itself, published, and is the price at the till", async () => {
  const page = await shop.deskOf(await shop.as("marketer"), WITHOUT_WORKER);
  await page.goto("/offers/new");
  await field(page, "名称").fill("阶梯满减");
  await choose(page, "类型", "阶梯满减");
  await step(page, 1, "100", "10");
  await step(page, 2, "90", "30");
  const sentence = page.getByTestId("rule-sentence");
  await sentence.filter({ hasText: "满100减10、满90减30" }).waitFor();
  await page.getByRole("alert").filter({ hasText: "门槛没有高于上一档" }).waitFor();
  await page.getByRole("button", { name: "发布", exact: true }).click();
  await page.waitForURL(/\/offers\/[0-9a-f-]{36}$/);
  expect(await tillPrice(10_000)).toBe(10_000);

  await step(page, 2, "200", "30");
  await sentence.filter({ hasText: "满100减10、满200减30" }).waitFor();
  const rows = page.getByTestId("rule-examples").locator("tbody tr");
  await rows.filter({ hasText: "¥199.99" }).first().waitFor();
  const told = await rows.allInnerTexts();
  const pays = (gross: string) => told.find((row) => row.includes(gross)) ?? "";
  expect(pays("¥99.99")).toContain("还差 ¥0.01");
  expect(pays("¥100.00")).toContain("¥90.00");
  expect(pays("¥200.00")).toContain("¥170.00");

  await page.getByRole("button", { name: "发布", exact: true }).click();
  await expectShown(page, "生效的是第 1 版");
  expect([await tillPrice(9_999), await tillPrice(10_000), await tillPrice(20_000)]).toEqual([9_999, 9_000, 17_000]);
  await page.context().close();
});

test("the simulator says what a draft would change, and its link shows another person the same", async () => {
  const { body: live } = await shop.console.post("/offers", { name: "会员日", state: "live", definition: { kind: "percent-off", level: "order", trigger: "auto", percentOff: 10, scope: { channels: ["h5"] } } });
  await shop.console.put(`/offers/${live.id}/draft`, { name: "会员日", priority: 0, definition: { kind: "percent-off", level: "order", trigger: "auto", percentOff: 20, scope: { channels: ["till"] } } });
  const page = await shop.deskOf(await shop.as("marketer"), { ...WITHOUT_WORKER, permissions: ["clipboard-read", "clipboard-write"] });
  await page.goto(`/simulator?offer=${live.id}`);
  await page.getByRole("combobox", { name: "添加商品" }).fill("毛肚");
  await page.locator(".ant-select-item-option", { hasText: "毛肚" }).first().click();
  await page.getByTestId("simulator-total").filter({ hasText: "¥40.00" }).waitFor();
  await expectShown(page, "−¥10.00");
  const [reply] = await Promise.all([page.waitForResponse((one) => one.url().endsWith("/simulations")), page.getByRole("button", { name: "分享链接" }).click()]);
  const { id } = (await reply.json()) as { id: string };
  await shop.console.patch(`/offers/${live.id}`, { state: "ended" });
  const other = await shop.deskOf(await shop.as("marketer"), { ...WITHOUT_WORKER, viewport: PHONE });
  await other.goto(`/simulator?s=${id}`);
  await other.getByTestId("simulator-total").filter({ hasText: "¥40.00" }).waitFor();
  await Promise.all([page.context().close(), other.context().close()]);
});

test("a draft is replayed over the orders that were paid, while somebody watches", async () => {
  for (let at = 0; at < 3; at++) {
    const id = orderId();
    await shop.till.post(`/quotes/${id}:commit`, { ...cart(shop), tenders: [{ kind: "cash" }] }, { key: `${id}-key` });
  }
  const { body: draft } = await shop.console.post("/offers", { name: "九折试试", definition: { kind: "percent-off", level: "order", trigger: "auto", percentOff: 10 } });
  const page = await shop.deskOf(await shop.as("marketer"), { ...WITHOUT_WORKER, viewport: DESK });
  await page.goto(`/replays?offer=${draft.id}`);
  await page.getByRole("button", { name: "开始", exact: true }).click();
  await page.waitForURL(/\/replays\/[0-9a-f-]{36}$/);
  await page.getByTestId("replay-cost").waitFor();
  expect(await page.getByTestId("replay-cost").innerText()).toMatch(/^¥\d/);
  await page.context().close();
});

test("a replay shows how far it is, is cancelled, goes on when another process takes it over, and says why it failed", async () => {
  const { body: { id } } = await shop.console.post("/replays", { days: 7, subject: { kind: "definition", name: "九折", definition: { kind: "percent-off", level: "order", trigger: "auto", percentOff: 10 } } });
  await expect.poll(async () => (await shop.console.get(`/replays/${id}`)).body.state, { timeout: PATIENCE_MS }).toBe("done");
  const stands = (change: string, heartbeat = "now()") => shop.inScope((scope) => scope.tx.rows(
    `update commerce.replay set runner = id, heartbeat_at = ${heartbeat}, result = null, ended_at = null, orders_done = 1, orders_total = 4, ${change} where tenant_id = $1 and id = $2`, [scope.tenantId, id]));
  const page = await shop.deskOf(await shop.as("marketer"), { ...WITHOUT_WORKER, viewport: DESK });
  await stands("state = 'running'");
  await page.goto(`/replays/${id}`);
  await page.getByRole("progressbar", { name: "进度" }).and(page.locator("[aria-valuenow='25']")).waitFor();
  await page.getByRole("button", { name: "取消", exact: true }).click();
  await expectShown(page, "已取消，没有结果。");
  await stands("state = 'running'", "'2020-01-01'");
  await page.reload();
  await page.getByRole("progressbar", { name: "进度" }).waitFor();
  await shop.runSchedule("commerce.stopped-replays");
  await page.getByTestId("replay-cost").waitFor();
  await stands("state = 'failed', failure = 'The counting thread has ended'");
  await page.reload();
  await page.getByRole("alert").filter({ hasText: "没有算完" }).waitFor();
  await page.context().close();
});

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole("combobox", { name: label }).click();
  await page.locator(".ant-select-item-option", { hasText: option }).first().click();
}

async function step(page: Page, no: number, at: string, off: string): Promise<void> {
  const row = page.getByRole("group", { name: `第 ${no} 档` });
  await row.getByLabel("满（元）").fill(at);
  await row.getByLabel("减免金额").fill(off);
}
