// Photographs every page of the built H5 against the mock. Usage: node test/screens.mjs [folder] [name filter]
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launchBrowser, openPhone } from './browser.mjs';
import { startMock } from './mock/server.mjs';

const folder = process.argv[2] ?? join(import.meta.dirname, '../.cache/screens');
const filter = process.argv[3] ?? '';
const PAGES = ['card', 'join', 'points', 'tier', 'stored-value', 'cards', 'coupons', 'coupon-center', 'coupon-link?gift=ABCD-EFGH-JKLM', 'orders', 'order?id=o1', 'order?id=o2', 'profile', 'privacy', 'stores'];
const LOOKS = [
  { name: 'light', width: 390, colorScheme: 'light' },
  { name: 'dark', width: 390, colorScheme: 'dark' },
  { name: 'narrow', width: 360, colorScheme: 'light' },
  { name: 'bakery', width: 390, colorScheme: 'light', brand: 'bakery' },
  { name: 'english', width: 360, colorScheme: 'light', language: 'en' },
  { name: 'guest', width: 390, colorScheme: 'light', isGuest: true },
  { name: 'empty', width: 390, colorScheme: 'light', isEmpty: true },
  { name: 'failed', width: 390, colorScheme: 'dark', fails: true },
];

mkdirSync(folder, { recursive: true });
const { server, world, origin } = await startMock({ root: join(import.meta.dirname, '../dist/h5') });
const browser = await launchBrowser();
if (browser === null) throw new Error('No browser: set CHROMIUM_PATH');
for (const look of LOOKS) {
  for (const page of PAGES) {
    const name = `${look.name}-${page.replace(/\W/g, '_')}`;
    if (name.includes(filter)) await photograph(look, page, join(folder, `${name}.png`));
  }
}
await browser.close();
server.closeAllConnections();
server.close();

async function photograph(look, page, file) {
  Object.assign(world, { isEmpty: look.isEmpty === true, fails: false });
  const brand = look.brand ?? 'hotpot';
  const stored = { ...(look.isGuest ? {} : { [`token.${brand}`]: 'mock-token' }), ...(look.language ? { language: look.language } : {}) };
  const tab = await openPhone(browser, { ...look, stored });
  tab.on('pageerror', (error) => console.log(file, 'page error:', error.message));
  const [path, query = ''] = page.split('?');
  if (look.fails) {
    await tab.goto(`${origin}/m/?brand=${brand}#/pages/stores/stores`);
    await tab.waitForTimeout(500);
    world.fails = true;
  }
  await tab.goto(`${origin}/m/?brand=${brand}${look.fails ? '&' : ''}#/pages/${path}/${path}${query ? `?${query}` : ''}`);
  await tab.waitForTimeout(900);
  await tab.screenshot({ path: file });
  await tab.context().close();
}
