import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { TestStaff } from "../tenant.ts";
import { expectShown, openShop, PHONE, WALK_MS } from "./shop.ts";

const shop = await openShop();
const admin = Object.assign(shop.console, { staffId: shop.adminId });
const stages = [{ key: "new", name: "新线索" }, { key: "signed", name: "已签约" }];

/** An object with a pool of its own, and records that stand in its public sea. */
async function pool(key: string, titles: readonly string[], rules: object = {}): Promise<{ seaId: string; ids: string[] }> {
  for (const [path, body] of [["/objects", { key, name: "商户线索" }], [`/objects/${key}/fields`, { key: "stage", kind: "choice", name: "阶段", settings: { options: stages } }]] as const) expect((await shop.console.post(path, body)).status, path).toBe(201);
  expect((await shop.console.patch(`/objects/${key}`, { stageField: "stage" })).status).toBe(200);
  // Before there is a pool: what is made by hand afterwards may belong to who made it.
  const ids: string[] = [];
  for (const name of titles) ids.push((await shop.console.post(`/objects/${key}/records`, { fields: { name, stage: "new" } })).body.id as string);
  const made = await shop.console.post("/seas", { object: key, name: `公海 ${key}`, coolDownDays: 7, idleDays: 15, winDays: 45, wonStages: ["signed"], extensions: 1, extensionDays: 15, ...rules });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  const seaId = made.body.id as string;
  await expect.poll(async () => (await shop.console.get(`/seas/${seaId}/records`)).body.items.length, { timeout: 20_000 }).toBe(titles.length);
  return { seaId, ids };
}

async function open(staff: TestStaff, path: string, options: object = {}): Promise<Page> {
  const page = await shop.deskOf(staff, options);
  await page.goto(path);
  await page.getByRole("heading", { level: 1 }).waitFor();
  return page;
}

const row = (page: Page, title: string) => page.getByRole("row").filter({ hasText: title });
const fits = (page: Page) => page.evaluate("document.documentElement.scrollWidth <= window.innerWidth");

test("two reach for the same lead on their phones: it is one's, and the other reads whose", { timeout: WALK_MS }, async () => {
  const { seaId } = await pool("claiming", ["蜀香里火锅", "一盏茶"]);
  const [first, second] = [await shop.as("store-manager"), await shop.as("store-manager")];
  const phones = { viewport: PHONE, hasTouch: true, isMobile: true };
  const [winner, loser] = [await open(first, `/seas?pool=${seaId}`, phones), await shop.deskOf(second, phones)];
  // On the underground: what others do is not heard of.
  await loser.route("**/api/console/live", (asked) => asked.abort());
  await loser.goto(`/seas?pool=${seaId}`);
  await row(loser, "蜀香里火锅").waitFor();
  await row(winner, "蜀香里火锅").getByRole("button", { name: "领取" }).dblclick();
  await expectShown(winner, "「蜀香里火锅」已是您的");
  await row(loser, "蜀香里火锅").getByRole("button", { name: "领取" }).click();
  const told = loser.getByRole("dialog");
  await told.getByText("没有领到").filter({ visible: true }).waitFor();
  expect(await told.innerText()).toMatch(/已有负责人[\s\S]*蜀香里火锅 · 小周/);
  await told.getByRole("button", { name: "知道了" }).click();
  await row(loser, "蜀香里火锅").waitFor({ state: "detached" });
  await winner.getByRole("tab", { name: "我的私海 1" }).click();
  await row(winner, "蜀香里火锅").getByText("剩 15 天").waitFor();
  expect([await fits(winner), await fits(loser)]).toEqual([true, true]);
});

test("what somebody else claims goes out of an open list by itself: the other rows stay where they are, and chosen", { timeout: WALK_MS }, async () => {
  const { seaId, ids } = await pool("watching", ["甲茶", "乙茶", "丙茶"]);
  const page = await open(await shop.as("store-manager"), `/seas?pool=${seaId}`);
  const titles = () => page.getByRole("row").getByRole("link").allInnerTexts();
  await row(page, "乙茶").waitFor();
  const before = await titles();
  await page.getByRole("checkbox", { name: "选择甲茶" }).check();
  await page.getByRole("checkbox", { name: "选择乙茶" }).check();
  const other = await shop.as("store-manager");
  expect((await other.post(`/seas/${seaId}:move`, { recordIds: [ids[1]], to: { kind: "claim" } })).status).toBe(200);
  await row(page, "乙茶").getByText("已不在这里").waitFor();
  expect(await titles()).toEqual(before);
  expect(await row(page, "乙茶").getByRole("button").count()).toBe(0);
  const chosen = page.getByRole("region", { name: "已选的记录" });
  await chosen.getByText("已选 1 条").waitFor();
  await page.getByRole("tab", { name: "公海 2" }).waitFor();
  await chosen.getByRole("button", { name: "领取" }).click();
  await expectShown(page, "「甲茶」已是您的");
  await row(page, "甲茶").waitFor({ state: "detached" });
  await page.getByRole("button", { name: "列表有变化，刷新" }).click();
  await row(page, "乙茶").waitFor({ state: "detached" });
  expect(await titles()).toEqual(["丙茶"]);
});

test("what is given back needs a reason, and says from when on it may be claimed again", { timeout: WALK_MS }, async () => {
  const { seaId } = await pool("returning", ["麦田烘焙"]);
  const page = await open(await shop.as("store-manager"), `/seas?pool=${seaId}`);
  await row(page, "麦田烘焙").getByRole("button", { name: "领取" }).click();
  await page.getByRole("tab", { name: "我的私海 1" }).click();
  await row(page, "麦田烘焙").getByRole("button", { name: "退回公海" }).click();
  const asking = page.getByRole("dialog");
  await asking.getByText("退回后 7 天内您不能再领取。").waitFor();
  await asking.getByRole("button", { name: "退回公海" }).click();
  await asking.getByText("请填写").waitFor();
  await asking.getByRole("textbox", { name: "原因" }).fill("老板换人了");
  await page.keyboard.press("Enter");
  await expectShown(page, "「麦田烘焙」已退回公海");
  await page.getByRole("tab", { name: "公海 1" }).click();
  const cooling = row(page, "麦田烘焙").getByRole("button", { name: /后可领$/ });
  await cooling.waitFor();
  expect(await cooling.isDisabled()).toBe(true);
});

test("of several at once as many are claimed as there is room for, and the rest is refused by its reason", { timeout: WALK_MS }, async () => {
  const { seaId } = await pool("several", ["甲店", "乙店", "丙店"], { capacity: 2 });
  const page = await open(await shop.as("store-manager"), `/seas?pool=${seaId}`);
  await row(page, "甲店").waitFor();
  await page.getByRole("checkbox", { name: "选择本页全部" }).check();
  const chosen = page.getByRole("region", { name: "已选的记录" });
  await chosen.getByText("已选 3 条").waitFor();
  await chosen.getByRole("button", { name: "领取" }).click();
  const told = page.getByRole("dialog");
  await told.getByText("领取了 2 条，1 条没有成功").filter({ visible: true }).waitFor();
  await told.getByText("私海已满（最多 2 条）").waitFor();
  await told.getByRole("button", { name: "知道了" }).click();
  await chosen.waitFor({ state: "detached" });
  await expectShown(page, "我的私海 2");
});

test("rules are told in sentences, what they would do is shown before they are saved, and a wrong one is said at its field", { timeout: WALK_MS }, async () => {
  const { seaId, ids } = await pool("ruling", ["丁店", "戊店"]);
  expect((await shop.console.post(`/seas/${seaId}:move`, { recordIds: ids, to: { kind: "claim" } })).status).toBe(200);
  expect((await shop.console.post("/seas", { object: "ruling", name: "华东" })).status).toBe(201);
  const page = await open(admin, `/seas?pool=${seaId}`, { viewport: PHONE });
  await page.getByRole("button", { name: "公海规则" }).click();
  const drawer = page.getByRole("dialog");
  await drawer.getByText("15 天没有跟进，自动回公海。").waitFor();
  await drawer.getByRole("spinbutton", { name: "多久没跟进就收回" }).fill("5");
  await drawer.getByText("5 天没有跟进，自动回公海。", { exact: true }).waitFor();
  await drawer.getByRole("spinbutton", { name: "每人最多持有" }).fill("1");
  await drawer.getByText("超过容量：林掌柜 2").waitFor();
  expect(await drawer.getByRole("region", { name: "按这些规则会怎样" }).innerText()).toMatch(/7 天内收回\s*2 条/);
  const [name, save] = [drawer.getByRole("textbox", { name: /^\*?\s*名称$/ }), drawer.getByRole("button", { name: "保存" })];
  await name.fill("华东");
  await save.click();
  await drawer.locator(".ant-form-item-explain-error").waitFor();
  expect(await fits(page)).toBe(true);
  await name.fill("全国");
  await save.click();
  await drawer.waitFor({ state: "detached" });
  expect((await shop.console.get("/seas")).body.items.find((one: { id: string }) => one.id === seaId)).toMatchObject({ name: "全国", idleDays: 5, capacity: 1, counts: { mine: 2 } });
});

test("a record's page says whose it is, gives it to a colleague, and keeps how it came there", { timeout: WALK_MS }, async () => {
  const { ids } = await pool("owning", ["己店"]);
  await shop.as("store-manager");
  const page = await open(admin, `/records/owning/${ids[0]}`);
  const panel = page.locator("section").filter({ has: page.getByRole("heading", { name: "归属" }) });
  await panel.getByText("没有（在公海）").waitFor();
  await panel.getByRole("button", { name: "分配" }).click();
  const asking = page.getByRole("dialog");
  await asking.getByRole("combobox", { name: "给谁" }).click();
  await page.getByRole("option").first().waitFor({ state: "attached" });
  await page.locator(".ant-select-item-option").filter({ hasText: "小周" }).first().click();
  await asking.getByRole("button", { name: "分配" }).click();
  await expectShown(page, "「己店」已分配");
  await panel.getByText("林掌柜 分配给 小周").waitFor();
  await panel.getByText("到期前没有跟进就回公海").waitFor();
  expect((await panel.getByRole("list", { name: "归属历史" }).getByRole("listitem").allInnerTexts()).length).toBe(2);
});

test("without the right the page says which is missing, and where there is no pool it says what would be there", { timeout: WALK_MS }, async () => {
  const page = await shop.deskOf(await shop.as("cashier"));
  await page.goto("/seas");
  await expectShown(page, "打开此页需要「查看公海」权限，请联系管理员。");
  const first = await shop.deskOf(admin);
  await first.route("**/api/console/seas", (asked) => asked.fulfill({ json: { items: [] } }));
  await first.goto("/seas");
  await expectShown(first, "还没有公海");
  await first.getByRole("button", { name: "新建公海池" }).waitFor();
});
