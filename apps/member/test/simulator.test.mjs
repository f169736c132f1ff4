import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createWorld } from './mock/server.mjs';
import { createHost, settle } from './simulator/host.mjs';
import { compileStyles, compileTemplates, findAll, textOf } from './simulator/templates.mjs';
import { createWx } from './simulator/wx.mjs';

const ROOT = join(import.meta.dirname, '../dist/weapp');
const MAIN_PACKAGE_BYTES = 2 * 1024 * 1024;
const TOKEN = 'shuke.member.token.hotpot';

/** What a signed-in member must find on each page. */
const PAGES = [
  { route: 'pages/card/card', words: ['山城老灶火锅', '王芳', '金卡', '2,486', '495.00', '结账时请向店员出示', '领券中心'] },
  { route: 'pages/join/join', words: ['加入山城老灶火锅', '微信一键登录'] },
  { route: 'pages/points/points', words: ['2,486', '消费积分', '+268', '退款扣回'] },
  { route: 'pages/tier/tier', words: ['金卡', '黑卡', '3,520', '保级'] },
  { route: 'pages/cards/cards', words: ['毛肚月卡', '酸梅汤十次卡'] },
  { route: 'pages/mall/mall', words: ['2,486', '酸梅汤一扎', '九宫格小铜锅', '1,514'] },
  { route: 'pages/mall-item/mall-item', query: { id: 'g1' }, words: ['酸梅汤一扎', '门店现熬', '解放碑店', '立即兑换'] },
  { route: 'pages/redemptions/redemptions', words: ['酸梅汤一扎', '出示取货码', '已完成'] },
  { route: 'pages/benefits/benefits', words: ['每月锅底券', '免费停车', 'VIP-9F3K-77'] },
  { route: 'pages/split/split', query: { bill: 'b1' }, words: ['8 号桌', '整桌 ¥264.00', '雪花肥牛', '付 ¥93.00'] },
  { route: 'pages/offline/offline', words: ['¥200.00'], asksNothing: true },
  { route: 'pages/stored-value/stored-value', words: ['495.00', '2,000', '送 ¥400', '-¥107.40'] },
  { route: 'pages/coupons/coupons', words: ['周末聚餐立减券', '8.8', '满 600 元可用', '还差 ¥120.00'] },
  { route: 'pages/coupon-center/coupon-center', words: ['工作日午市券', '领取', '已领完'] },
  { route: 'pages/coupon-link/coupon-link', query: { gift: 'ABCD-EFGH-JKLM' }, words: ['李**送您一张优惠券', '周末一起吃火锅', '立即领取'] },
  { route: 'pages/orders/orders', words: ['解放碑店', '部分退款', '¥412.00', '共 7 件'] },
  { route: 'pages/order/order', query: { id: 'o2' }, words: ['冰汤圆', '已退 2', '菜品未上', 'HP-20261101-0107'] },
  { route: 'pages/profile/profile', words: ['138****5678', '农历 1990年 闰五月 十二', '退出登录'] },
  { route: 'pages/privacy/privacy', words: ['短信营销', '不同意', '索取一份副本'] },
  { route: 'pages/stores/stores', words: ['春熙路店', '南京西路'] },
];

let evaluate;
const opened = [];
before(() => { evaluate = compileTemplates(ROOT); });
after(() => { for (const page of opened) page.close(); });

async function show({ route, query, token = 'mock-token', change = {} }) {
  const world = Object.assign(createWorld(), change);
  const storage = new Map(token === null ? [] : [[TOKEN, token]]);
  const wx = createWx(world, { storage });
  const host = createHost({ root: ROOT, wx });
  const opening = await host.open(route, query);
  opened.push(opening);
  const tree = () => evaluate(route, opening.data);
  return { world, wx, host, tree, text: () => textOf(tree()).replace(/\s+/g, ' '), touch: opening.touch };
}

test('the main package stays below WeChat\'s 2 MB', () => {
  const bytes = readdirSync(ROOT, { recursive: true }).map((file) => statSync(join(ROOT, file)))
    .reduce((sum, file) => sum + (file.isFile() ? file.size : 0), 0);
  assert.ok(bytes < MAIN_PACKAGE_BYTES, `${bytes} bytes`);
  assert.ok(bytes > 100_000, 'a package this small holds no app');
});

test('every style sheet passes WeChat\'s compiler', () => {
  assert.ok(compileStyles(ROOT) >= 1);
});

test('every page of app.json is looked at', () => {
  const listed = JSON.parse(readFileSync(join(ROOT, 'app.json'), 'utf8')).pages;
  assert.deepEqual(PAGES.map((page) => page.route).sort(), [...listed].sort());
});

for (const { route, query, words, asksNothing = false } of PAGES) {
  test(`${route} shows a member their own`, async () => {
    const { text, host } = await show({ route, query });
    for (const word of words) assert.ok(text().includes(word), `"${word}" is missing from: ${text().slice(0, 600)}`);
    assert.deepEqual(host.errors, []);
  });

  test(`${route} stands without sign-in and without a server`, async () => {
    const guest = await show({ route, query, token: null });
    assert.ok(guest.text().trim().length > 4, 'nothing for a guest');
    assert.deepEqual(guest.host.errors, []);
    const broken = await show({ route, query, change: { fails: true } });
    if (!asksNothing) assert.match(broken.text(), /服务暂时繁忙|重试/);
    assert.deepEqual(broken.host.errors, []);
  });
}

test('the card carries both codes as images with a name for screen readers', async () => {
  const { tree } = await show({ route: 'pages/card/card' });
  const images = findAll(tree(), (node) => node.tag === 'wx-image');
  assert.equal(images.length, 2);
  for (const image of images) assert.match(String(image.attr.src), /^data:image\/svg\+xml/);
  const labels = findAll(tree(), (node) => node.attr?.ariaLabel || node.attr?.['aria-label']).map((node) => node.attr.ariaLabel ?? node.attr['aria-label']);
  assert.ok(labels.includes('会员二维码'), `labels: ${labels.join(', ')}`);
});

test('a payment at the till shows when the server says so', async () => {
  const { world, text } = await show({ route: 'pages/card/card' });
  assert.ok(text().includes('2,486'));
  world.member.points.active = 1_986;
  const event = new TextEncoder().encode('event: changed\ndata: {"what":"points"}\n\n').buffer;
  for (const listener of world.chunkListeners) listener({ data: event });
  await settle();
  assert.ok(text().includes('1,986'));
});

test('a token that the server no longer knows is forgotten, and the way in is shown', async () => {
  const { wx, text } = await show({ route: 'pages/points/points', token: 'old-token' });
  assert.ok(text().includes('登录后查看'));
  assert.equal(wx.storage.has(TOKEN), false);
});

/** The innermost node that can be touched and shows `words`. */
function touchable(tree, words) {
  return findAll(tree, (node) => node.attr?.id && textOf(node).includes(words) && /(^| )(tap|action)( |$)/.test(node.attr.class ?? '')).at(-1).attr.id;
}

test('a guest joins by WeChat and the number that WeChat knows', async () => {
  const { wx, tree, touch, host } = await show({ route: 'pages/join/join', token: null });
  await touch(touchable(tree(), '微信一键登录'));
  await touch(touchable(tree(), '授权手机号并加入'), 'getphonenumber', { code: 'phone-code' });
  assert.equal(wx.storage.get(TOKEN), 'mock-token');
  const joined = wx.calls.find(([name, options]) => name === 'request' && options.url.endsWith('/wechat:join'));
  assert.deepEqual(structuredClone(joined[1].data), { ticket: 'ticket-1', phoneCode: 'phone-code' });
  assert.deepEqual(host.errors, []);
});

test('a top-up is paid in place by WeChat Pay', async () => {
  const { wx, tree, touch, host } = await show({ route: 'pages/stored-value/stored-value' });
  await touch(touchable(tree(), '送 ¥50'));
  await touch(touchable(tree(), '充值 ¥500.00'));
  const begun = wx.calls.find(([name, options]) => name === 'request' && options.url.endsWith('/me/top-ups'));
  assert.deepEqual(structuredClone(begun[1].data), { planId: 'l2', wechatCode: 'wx-code' });
  assert.match(begun[1].header['idempotency-key'], /^m-/);
  const paid = wx.calls.find(([name]) => name === 'requestPayment');
  assert.equal(paid[1].package, 'prepay_id=wx1');
  assert.deepEqual(host.errors, []);
});
