import type { AddressInfo } from "node:net";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, expect } from "vitest";
import { startWorker } from "../../src/installation.ts";
import { openMemberSession } from "../../src/modules/customers/session.ts";
import { launchBrowser } from "../browser.ts";
import type { TestStaff } from "../tenant.ts";
import { tillTenant, type TillTenant } from "../till.ts";

/** How long a page may take to show something before a test gives up; what must be quick is measured apart from it. */
export const PATIENCE_MS = 20_000;
/** For a test that walks through every page there is. */
export const WALK_MS = 300_000;
export const DESK = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };
/** Three of the things the shop sells, with barcodes as a scanner reads them. */
export const GOODS = {
  tripe: { sku: "HG-001", name: "毛肚", category: "荤菜", unitPriceFen: 5_000, barcode: "6901234567892" },
  blood: { sku: "HG-002", name: "鸭血", category: "荤菜", unitPriceFen: 1_500, barcode: "6901234567908" },
  plum: { sku: "YP-001", name: "酸梅汤", category: "饮品", unitPriceFen: 2_000, barcode: "6901234567915" },
} as const;

/** A brand whose server listens, whose workers run, and whose pages can be opened in a browser. */
export interface Shop extends TillTenant {
  address: string;
  /** The console with nobody signed in. */
  desk(options?: BrowserContextOptions): Promise<Page>;
  /** The console with somebody signed in. */
  deskOf(staff: TestStaff, options?: BrowserContextOptions): Promise<Page>;
  /** The member app on a phone; signed in when a member is named. */
  phone(memberId?: string): Promise<Page>;
  /** The address of a page of the member app. */
  memberPage(name: string, query?: string): string;
}

/** Called at the top of a test file; the file's last hooks close what this opened. `furnish` runs while no worker does. */
export async function openShop(furnish: (tenant: TillTenant) => Promise<void> = async () => {}): Promise<Shop> {
  const [browser, tenant] = await Promise.all([launchBrowser(), tillTenant()]);
  const { app, installation } = tenant.server;
  await furnish(tenant);
  await Promise.all([...Object.values(GOODS).map((product) => sell(tenant, product)), startWorker(installation), app.listen({ host: "127.0.0.1", port: 0 })]);
  afterAll(async () => {
    await browser.close();
    app.server.closeAllConnections();
  });
  const { port } = app.server.address() as AddressInfo;
  const address = `http://127.0.0.1:${port}`;
  const memberPage: Shop["memberPage"] = (name, query = "") => `${address}/m/?brand=${tenant.code}#/pages/${name}/${name}${query}`;
  const desk: Shop["desk"] = async (options = {}) => (await newContext(browser, { viewport: DESK, baseURL: address, ...options })).newPage();
  return {
    ...tenant, address, memberPage, desk,
    deskOf: async (staff, options) => {
      const page = await desk(options);
      await page.context().addCookies([{ name: "shuke_session", value: staff.headers["cookie"]?.split("=")[1] ?? "", url: address, httpOnly: true, sameSite: "Strict" }]);
      return page;
    },
    phone: async (memberId) => {
      const context = await newContext(browser, { viewport: PHONE, hasTouch: true, isMobile: true });
      if (memberId !== undefined) await rememberMember(context, tenant, memberId);
      return context.newPage();
    },
  };
}

async function newContext(browser: Browser, options: BrowserContextOptions): Promise<BrowserContext> {
  const context = await browser.newContext({ locale: "zh-CN", timezoneId: "Asia/Shanghai", ...options });
  context.setDefaultTimeout(PATIENCE_MS);
  return context;
}

/** The app finds the session where it keeps its own; how one joins is tested by itself. */
async function rememberMember(context: BrowserContext, tenant: TillTenant, memberId: string): Promise<void> {
  const token = await tenant.inScope((scope) => openMemberSession(scope, memberId));
  await context.addInitScript(([name, value]) => {
    if (localStorage.getItem(String(name)) === null) localStorage.setItem(String(name), JSON.stringify({ data: value }));
  }, [`shuke.member.token.${tenant.code}`, token]);
}

async function sell(tenant: TillTenant, product: object): Promise<void> {
  const { status, body } = await tenant.console.post("/products", product);
  expect(status, JSON.stringify(body)).toBe(201);
}

/** Until the page shows the text somewhere. */
export const expectShown = (page: Page, text: string | RegExp): Promise<void> => page.getByText(text).first().waitFor();

/** The till's only input. */
export const scanField = (page: Page) => page.getByRole("combobox", { name: "扫码或输入商品、会员码、手机号" });

/** A cashier's till, ready for the first scan. */
export async function openTill(shop: Shop): Promise<Page> {
  const till = await shop.deskOf(await shop.as("cashier"));
  await till.goto("/till");
  await scanField(till).waitFor();
  return till;
}

/** As a scanner does: the code and Enter, at once, once the cursor stands where the till takes codes. */
export async function scan(page: Page, code: string): Promise<void> {
  await scanField(page).and(page.locator(":focus")).waitFor();
  await page.keyboard.insertText(code);
  await page.keyboard.press("Enter");
}
