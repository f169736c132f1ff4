import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "playwright-core";

const LOOK_MS = 50;
/** Shapes that stand where something is still being asked of the server. */
const WAITING = ".ant-skeleton, .skeleton, .is-waiting, .page-wait, [aria-busy=true]";

/** Every page of the console; `{name}` stands for the id of something that is there. */
export const CONSOLE_PAGES = [
  "/", "/till", "/members", "/members/{members}", "/duplicates", "/orders", "/orders/{orders}", "/offline-exceptions", "/products", "/points", "/todos", "/approvals", "/approval-chains", "/tiers", "/lifecycle", "/benefits", "/mall-items", "/redemptions", "/pickup", "/tiers/simulation", "/top-up-plans", "/card-products", "/stored-cards", "/withdrawals", "/settlements", "/liability", "/coupons", "/offers", "/offers/{offers}", "/offers/new", "/simulator", "/replays", "/replays/{replays}",
  "/stores", "/staff", "/roles", "/records", "/summaries/visit", "/seas", "/objects", "/packs", "/merchant-account", "/api-keys", "/webhooks", "/webhooks/{webhooks}", "/audit", "/account", "/notifications", "/bulletins", "/announcements", "/imports", "/imports/new", "/imports/{imports}", "/exports", "/identity-rules", "/privacy-policies",
] as const;

/** Every page of the member app. */
export const MEMBER_PAGES = ["card", "points", "tier", "stored-value", "cards", "coupons", "coupon-center", "mall", "mall-item", "redemptions", "benefits", "orders", "order", "split", "offline", "profile", "privacy", "stores", "join"] as const;

export const withIds = (path: string, ids: Readonly<Record<string, string>>): string => path.replace(/\{(\w+)\}/, (_whole, name: string) => ids[name] ?? "");

/** What a page of the member app needs behind its name to show something; `ids` names them as the console's pages do. */
export function memberQuery(name: string, ids: Readonly<Record<string, string>>): string {
  const query: Readonly<Record<string, string | undefined>> = { order: ids["orders"] && `?id=${ids["orders"]}`, "mall-item": ids["mall-items"] && `?id=${ids["mall-items"]}`, split: ids["tables"] && `?bill=${ids["tables"]}` };
  return query[name] ?? "";
}

/** Until what was asked of the server is on the page. */
export async function settled(page: Page, limitMs: number): Promise<void> {
  const until = Date.now() + limitMs;
  await page.locator("h1, .page-body > *").filter({ visible: true }).first().waitFor({ timeout: limitMs, state: "attached" });
  while ((await page.locator(WAITING).filter({ visible: true }).count()) > 0) {
    if (Date.now() > until) throw new Error(`${page.url()} still waits for something`);
    await sleep(LOOK_MS);
  }
}
