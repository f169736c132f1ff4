import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { belongingsOf, type Belongings } from "../belongings.ts";
import { cart } from "../till.ts";
import { CONSOLE_PAGES, MEMBER_PAGES, memberQuery, settled, withIds } from "./pages.ts";
import { openShop, PATIENCE_MS, WALK_MS } from "./shop.ts";

const HAN = /\p{Script=Han}/u;
/** Also of roles and offers: what a shop calls them is its own. */
const OWN_NAMES = ["山海火锅", "南京路店", "林掌柜", "王小明", "普卡", "林", "山", "九折", "管理员", "店长", "区域经理", "客服", "拜访"];

let ids: Belongings = {};
const shop = await openShop(async (tenant) => {
  await tenant.coupon();
  // First, because what is spent of the stored value does not go back.
  ids = await belongingsOf(tenant);
  const paid = await tenant.till.post("/quotes/guest-order:commit", { ...cart(tenant, tenant.memberId), tenders: [{ kind: "cash" }] }, { key: "guest-order" });
  if (paid.status !== 200) throw new Error(`The guest could not pay: ${JSON.stringify(paid.body)}`);
});
const admin = Object.assign(shop.console, { staffId: shop.adminId });

/** What shuts people out, as "page: rule: element". */
async function barriers(page: Page, name: string): Promise<string[]> {
  // Legacy: without a second page in which to put together what frames found; ours have none.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] }).analyze();
  return violations.filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.slice(0, 3).map((node) => `${name}: ${id}: ${node.html.slice(0, 160)} ${node.any[0]?.message ?? ""}`));
}

/** Every page by a hand of its own, two at a time; what is wrong with each. */
async function lookAtAll(names: readonly string[], hand: () => Promise<Page>, look: (page: Page, name: string) => Promise<string[]>): Promise<string[]> {
  const waiting = [...names];
  const found: string[] = [];
  const lane = async (): Promise<void> => {
    const page = await hand();
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) found.push(...(await look(page, name)));
    await page.context().close();
  };
  await Promise.all([lane(), lane()]);
  return found;
}

const open = async (page: Page, path: string): Promise<void> => {
  await page.goto(withIds(path, ids));
  await settled(page, PATIENCE_MS);
};

/** The interface's own words; what the shop named itself stays as it is. */
async function chineseWords(page: Page, path: string): Promise<string[]> {
  const words = await page.locator("nav a, nav p, h1, h2, .page-lead, .page-actions, th, .topbar, label").allInnerTexts();
  return words.map((word) => OWN_NAMES.reduce((rest, name) => rest.replaceAll(name, ""), word)).filter((word) => HAN.test(word)).map((word) => `${path}: ${word}`);
}

test("in English no Chinese is left but the shop's own names, and no page of the console shuts anybody out", { timeout: WALK_MS }, async () => {
  const first = await shop.deskOf(admin);
  await open(first, "/");
  await first.getByRole("button", { name: "林掌柜" }).click();
  await first.getByRole("menuitem", { name: "English" }).click();
  await first.getByRole("navigation").getByText("Members").waitFor();
  const storageState = await first.context().storageState();
  await first.context().close();
  const found = await lookAtAll(CONSOLE_PAGES, () => shop.deskOf(admin, { storageState }), async (page, path) => {
    await open(page, path);
    return [...(await chineseWords(page, path)), ...(await barriers(page, path))];
  });
  expect(found).toEqual([]);
});

test("the sign-in page shuts nobody out, and neither does the dark look", { timeout: WALK_MS }, async () => {
  const page = await shop.desk();
  await open(page, "/sign-in");
  expect(await barriers(page, "/sign-in")).toEqual([]);
  const found = await lookAtAll(["/", "/till", "/members/{members}", "/orders/{orders}"], () => shop.deskOf(admin, { colorScheme: "dark" }), async (dark, path) => {
    await open(dark, path);
    return barriers(dark, `dark ${path}`);
  });
  expect(found).toEqual([]);
});

test("no page of the member app shuts anybody out", { timeout: WALK_MS }, async () => {
  const found = await lookAtAll(MEMBER_PAGES, () => shop.phone(shop.memberId), async (page, name) => {
    // The app only sees the part after the #: without leaving it the page before would stay under this one.
    await page.goto("about:blank");
    await page.goto(shop.memberPage(name, memberQuery(name, { ...ids, orders: "guest-order" })));
    await settled(page, PATIENCE_MS);
    return barriers(page, name);
  });
  expect(found).toEqual([]);
});
