// Photographs every page of a seeded installation, for looking at them: `node apps/server/test/browser/screens.ts [--url http://127.0.0.1:8080] [--out DIR] [--only WORD] [--english] [--dark]`
import { mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";
import { CHROMIUM_FLAGS, chromiumEnvironment, findChromium } from "../chromium.ts";
import { CONSOLE_PAGES, MEMBER_PAGES, memberQuery, settled, withIds } from "./pages.ts";

const PATIENCE_MS = 20_000;
/** For figures that draw themselves after their data came. */
const DRAWING_MS = 700;
const SIZES = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

const { values } = parseArgs({
  options: {
    url: { type: "string", default: "http://127.0.0.1:8080" }, out: { type: "string", default: join(tmpdir(), "shuke-screens") }, only: { type: "string", default: "" },
    brand: { type: "string", default: "hotpot" }, account: { type: "string", default: "admin" }, password: { type: "string", default: "shuke-demo" },
    phone: { type: "string", default: "13900001001" }, english: { type: "boolean", default: false }, dark: { type: "boolean", default: false },
  },
});

async function newContext(browser: Browser, size: keyof typeof SIZES): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: SIZES[size], locale: "zh-CN", timezoneId: "Asia/Shanghai", colorScheme: values.dark ? "dark" : "light", baseURL: values.url });
  context.setDefaultTimeout(PATIENCE_MS);
  if (values.english) {
    await context.addInitScript(() => {
      localStorage.setItem("shuke.language", "en");
      localStorage.setItem("shuke.member.language", JSON.stringify({ data: "en" }));
    });
  }
  return context;
}

async function photograph(page: Page, name: string): Promise<void> {
  await settled(page, PATIENCE_MS).catch((error: unknown) => console.error(String(error)));
  await page.waitForTimeout(DRAWING_MS);
  const path = join(values.out, `${name}.png`);
  await page.screenshot({ path });
  console.log(path);
}

const fileName = (path: string): string => path.replaceAll(/[{}]/g, "").replaceAll("/", "-").replace(/^-/, "") || "dashboard";

async function consoleScreens(browser: Browser, size: keyof typeof SIZES): Promise<void> {
  const context = await newContext(browser, size);
  const page = await context.newPage();
  await page.goto("/sign-in");
  if ("sign-in".includes(values.only)) await photograph(page, `console-${size}-sign-in`);
  const { brand, account, password } = values;
  const reply = await context.request.post("/api/console/sign-in", { data: { brand, account, password } });
  if (!reply.ok()) throw new Error(`Cannot sign in: ${reply.status()} ${await reply.text()}`);
  const idOf = async (list: string): Promise<string> => ((await (await context.request.get(`/api/console/${list}`)).json()) as { items: { id: string }[] }).items[0]?.id ?? "";
  const ids = { members: await idOf("members"), orders: await idOf("orders"), webhooks: await idOf("webhooks"), offers: await idOf("offers"), replays: await idOf("replays"), imports: await idOf("imports") };
  for (const path of CONSOLE_PAGES) {
    const name = `console-${size}-${fileName(path)}`;
    if (!name.includes(values.only) || withIds(path, ids).endsWith("/") !== (path === "/")) continue;
    await page.goto(withIds(path, ids));
    await photograph(page, name);
  }
  await context.close();
}

async function memberScreens(browser: Browser): Promise<void> {
  const context = await newContext(browser, "phone");
  const { brand, phone } = values;
  const api = `/api/member/brands/${brand}`;
  const { devCode } = (await (await context.request.post(`${api}/phone-codes`, { data: { phone } })).json()) as { devCode: string };
  const { token } = (await (await context.request.post(`${api}/join`, { data: { phone, phoneCode: devCode } })).json()) as { token: string };
  const idOf = async (list: string): Promise<string> => ((await (await context.request.get(`/api/member/${list}`, { headers: { authorization: `Bearer ${token}` } })).json()) as { items: { id: string }[] }).items[0]?.id ?? "";
  const ids = { orders: await idOf("me/orders"), "mall-items": await idOf("mall-items") };
  const at = (name: string) => `/m/?brand=${brand}#/pages/${name}/${name}${memberQuery(name, ids)}`;
  const guest = await context.newPage();
  await guest.goto(at("card"));
  if ("member-guest".includes(values.only)) await photograph(guest, "member-guest");
  await context.addInitScript(([name, value]) => localStorage.setItem(String(name), JSON.stringify({ data: value })), [`shuke.member.token.${brand}`, token]);
  for (const name of MEMBER_PAGES) {
    if (!`member-${name}`.includes(values.only)) continue;
    const page = await context.newPage();
    await page.goto(at(name));
    await photograph(page, `member-${name}`);
    await page.close();
  }
  await context.close();
}

const executablePath = await findChromium((line) => console.error(line));
if (executablePath === null) throw new Error("No Chromium could be had. Install one, or set CHROMIUM_PATH.");
mkdirSync(values.out, { recursive: true });
const browser = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS, headless: true, env: chromiumEnvironment(executablePath) });
await memberScreens(browser);
await consoleScreens(browser, "desk");
await consoleScreens(browser, "phone");
await browser.close();
