// A browser from the project's root packages, or null where none can be had.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const rootRequire = createRequire(join(import.meta.dirname, '../../../package.json'));
const INSTALLED = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export async function launchBrowser() {
  const executablePath = [process.env.CHROMIUM_PATH, ...INSTALLED].find((path) => path && existsSync(path));
  if (executablePath === undefined) return null;
  const { chromium } = rootRequire('playwright-core');
  return await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] });
}

/** The script that looks for what shuts people out; run it in a page. */
export function axeSource() {
  return rootRequire('axe-core').source;
}

/** A phone. `stored` goes into the app's own memory before it starts. */
export async function openPhone(browser, { width = 390, colorScheme = 'light', stored = {} } = {}) {
  const context = await browser.newContext({
    viewport: { width, height: 844 }, deviceScaleFactor: 2, colorScheme, hasTouch: true, isMobile: true, timezoneId: 'Asia/Shanghai', locale: 'zh-CN', reducedMotion: 'reduce',
  });
  await context.addInitScript((values) => {
    for (const [key, data] of Object.entries(values)) {
      if (localStorage.getItem(`shuke.member.${key}`) === null) localStorage.setItem(`shuke.member.${key}`, JSON.stringify({ data }));
    }
  }, stored);
  return await context.newPage();
}
