import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { axeSource, launchBrowser, openPhone } from './browser.mjs';
import { startMock } from './mock/server.mjs';

const jsQR = createRequire(import.meta.url)('jsqr');
const SIGNED_IN = { 'token.hotpot': 'mock-token' };
const PAGES = [
  'card', 'join', 'points', 'stored-value', 'coupons', 'coupon-center', 'coupon-link?gift=ABCD-EFGH-JKLM', 'orders', 'order?id=o2',
  'profile', 'stores', 'tier', 'cards', 'mall', 'mall-item?id=g1', 'redemptions', 'benefits', 'split?bill=b1', 'offline', 'privacy',
];

let browser;
let mock;
before(async () => {
  browser = await launchBrowser();
  mock = await startMock({ root: join(import.meta.dirname, '../dist/h5') });
});
after(async () => {
  await browser?.close();
  mock.server.closeAllConnections();
  mock.server.close();
});

async function visit(path, look = {}) {
  const page = await openPhone(browser, look);
  const errors = [];
  page.on('pageerror', (error) => errors.push(error.message));
  const [name, query] = path.split('?');
  await page.goto(`${mock.origin}/m/?brand=hotpot#/pages/${name}/${name}${query ? `?${query}` : ''}`);
  return { page, errors };
}

function inBrowser(name, run) {
  test(name, async (context) => {
    if (browser === null) context.skip('no browser on this machine');
    else await run();
  });
}

inBrowser('a guest joins with the phone code of the hint and stands before their card', async () => {
  const { page, errors } = await visit('card');
  await page.getByRole('button', { name: '注册 / 登录' }).click();
  await page.locator('.field-input input').first().fill('13800005678');
  await page.getByText('获取验证码').click();
  await page.getByText('填入').click();
  await page.locator('.join-form .action').click();
  await page.getByText('金卡').first().waitFor();
  assert.match(await page.locator('.balances').innerText(), /2,486/);
  assert.deepEqual(errors, []);
});

inBrowser('a guest who opens a friend’s link joins on the way and has the coupon without asking twice', async () => {
  const { page, errors } = await visit('coupon-link?gift=ABCD-EFGH-JKLM');
  await page.getByText('李**送您一张优惠券').first().waitFor();
  await page.getByRole('button', { name: '注册并领取' }).click();
  await page.locator('.field-input input').first().fill('13800005678');
  await page.getByText('获取验证码').click();
  await page.getByText('填入').click();
  await page.locator('.join-form .action').click();
  await page.getByText('已放入我的优惠券').first().waitFor();
  assert.equal(await page.getByRole('button', { name: '立即领取' }).count(), 0);
  assert.deepEqual(errors, []);
  const gone = await visit('coupon-link?share=GONE');
  await gone.page.getByText('来晚一步，这个链接的券已领完').first().waitFor();
  const unknown = await visit('coupon-link?share=NOBODY');
  await unknown.page.getByText('链接无效').first().waitFor();
});

inBrowser('the panel that sends a gift shows a code that leads to its link', async () => {
  const { page } = await visit('coupons', { stored: SIGNED_IN });
  await page.getByRole('button', { name: '送给好友 周末聚餐立减券' }).click();
  const panel = page.getByRole('dialog');
  await panel.getByText('ABCD-EFGH-JKLM').waitFor();
  const { data, width, height } = await pixelsOf(page, '.scan-code img');
  assert.equal(jsQR(Uint8ClampedArray.from(data), width, height)?.data, `${mock.origin}/m/?brand=hotpot#/pages/coupon-link/coupon-link?gift=ABCD-EFGH-JKLM`);
});

inBrowser('a wrong code is said at its field', async () => {
  const { page } = await visit('join');
  await page.locator('.field-input input').first().fill('13800005678');
  await page.locator('.field-input input').nth(1).fill('111111');
  await page.locator('.join-form .action').click();
  await page.getByText('验证码不正确').first().waitFor();
});

inBrowser('a payment at the till is on screen by itself', async () => {
  const before = mock.world.streams.size;
  const { page } = await visit('card', { stored: SIGNED_IN });
  await page.getByText('2,486').first().waitFor();
  while (mock.world.streams.size === before) await page.waitForTimeout(20);
  await fetch(`${mock.origin}/control?spend=486`);
  await page.getByText('2,000').first().waitFor();
  await fetch(`${mock.origin}/control?spend=-486`);
});

inBrowser('the code on the screen is read by a decoder, also enlarged', async () => {
  const { page } = await visit('card', { stored: SIGNED_IN });
  await page.locator('.code-face').first().click();
  await page.locator('.overlay .code-qr img').waitFor();
  for (const selector of ['.code-card .code-face .code-qr img', '.overlay .code-qr img']) {
    const { data, width, height } = await pixelsOf(page, selector);
    assert.match(jsQR(Uint8ClampedArray.from(data), width, height)?.data ?? '', /^SK1\.8\d{15}\./);
  }
  await page.locator('.overlay-close').click();
  await page.locator('.overlay').waitFor({ state: 'detached' });
});

inBrowser('a top-up shows WeChat Pay\'s code whole, and closing it takes the wish back', async () => {
  const { page } = await visit('stored-value', { stored: SIGNED_IN });
  await page.getByRole('radio').nth(1).click();
  await page.getByText('充值 ¥500.00').click();
  await page.locator('.scan-code img').waitFor();
  const box = await page.locator('.scan-code').boundingBox();
  const image = await page.locator('.scan-code img').boundingBox();
  assert.ok(image.x >= box.x && image.x + image.width <= box.x + box.width, 'the code is cut off');
  const { data, width, height } = await pixelsOf(page, '.scan-code img');
  assert.equal(jsQR(Uint8ClampedArray.from(data), width, height)?.data, 'weixin://wxpay/bizpayurl?pr=Ab3dEf7');
  await page.getByRole('button', { name: '关闭' }).click();
  await page.locator('.sheet').waitFor({ state: 'detached' });
});

inBrowser('everything is reached by keyboard: a balance opens with Enter', async () => {
  const { page } = await visit('card', { stored: SIGNED_IN });
  await page.getByText('2,486').first().waitFor();
  // Held by the element: what is drawn anew between focus and key would lose the key.
  await page.locator('.balance').first().press('Enter');
  await page.getByText('可用积分').first().waitFor();
});

inBrowser('a lunar birthday in a leap month is chosen and kept', async () => {
  const { page } = await visit('profile', { stored: SIGNED_IN });
  await page.getByText('闰五月').click();
  await page.locator('.sheet').getByText('八月').click();
  await page.locator('.sheet').getByText('十五', { exact: true }).click();
  await page.locator('.sheet-foot .action').click();
  await page.getByText('闰八月 十五').first().waitFor();
  await page.getByText('保存', { exact: true }).click();
  await page.getByText('已保存').first().waitFor();
  assert.deepEqual(mock.world.member.birthday, { calendar: 'lunar', month: 8, day: 15, year: 1990, leap: true });
});

inBrowser('the language changes at once and is remembered', async () => {
  const { page } = await visit('profile', { stored: SIGNED_IN });
  await page.getByText('English').click();
  await page.getByText('Appearance').first().waitFor();
  await page.reload();
  await page.getByText('Appearance').first().waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'en');
});

for (const colorScheme of ['light', 'dark']) {
  inBrowser(`no page shuts anybody out, nor spills over the edge (${colorScheme})`, async () => {
    const problems = [];
    for (const path of PAGES) {
      const { page, errors } = await visit(path, { stored: SIGNED_IN, colorScheme, width: 360 });
      await settled(page);
      await page.evaluate(axeSource());
      const found = await page.evaluate(async () => {
        const { violations } = await globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa'] });
        return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`).join('\n')}`);
      });
      const isWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      problems.push(...[...found, ...errors, ...(isWide ? ['wider than the phone'] : [])].map((problem) => `${path}: ${problem}`));
      await page.context().close();
    }
    assert.deepEqual(problems, []);
  });
}

/** Until what was asked of the server is on the page. */
async function settled(page) {
  await page.locator('.page-body > *').first().waitFor({ state: 'attached' });
  await page.waitForFunction(() => [...document.querySelectorAll('.skeleton, .is-waiting, [aria-busy=true]')].every((one) => one.offsetParent === null));
}

async function pixelsOf(page, selector) {
  return await page.locator(selector).evaluate(async (image) => {
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = 240;
    canvas.height = 240;
    const context = canvas.getContext('2d');
    context.fillStyle = '#fff';
    context.fillRect(0, 0, 240, 240);
    context.drawImage(image, 12, 12, 216, 216);
    return { data: [...context.getImageData(0, 0, 240, 240).data], width: 240, height: 240 };
  });
}
