import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser } from "../browser.ts";

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});

afterAll(() => browser.close());

test("the browser draws Chinese: two characters do not look the same, as two missing ones would", async () => {
  const page = await browser.newPage();
  const drawn = async (character: string) => {
    await page.setContent(`<p style="font: 60px sans-serif">${character}</p>`);
    return (await page.locator("p").screenshot()).toString("base64");
  };
  expect(await drawn("熟")).not.toBe(await drawn("客"));
});
