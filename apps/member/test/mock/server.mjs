// Answers the member API with a story and serves the built H5, so that pages can be looked at alone.
// Usage: node test/mock/server.mjs [port]. `?fail=1` on /control makes every call fail, /control?empty=1 empties the lists.
import { createServer } from 'node:http';
import { existsSync, readFileSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import { benefits, benefitUses, brands, cardProducts, cards, consents, couponLink, coupons, deletionPreview, mallItems, member, orders, plans, pointsEntries, pointsMonths, redemptions, refundQuote, storedValueEntries, table, templates } from './story.mjs';

const MIME = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css' };

export function startMock({ port = 0, root }) {
  const world = createWorld();
  const server = createServer((request, response) => {
    const url = new URL(request.url, 'http://mock');
    if (url.pathname.startsWith('/m/')) return serveFile(root, url.pathname.slice(3) || 'index.html', response);
    if (url.pathname === '/control') return control(world, url, response);
    if (!url.pathname.startsWith('/api/member')) return send(response, 404, problem('http/404', 404));
    let body = '';
    request.on('data', (part) => { body += part; });
    request.on('end', () => answer(world, request, url, body === '' ? null : JSON.parse(body), response));
    return undefined;
  });
  return new Promise((resolve) => {
    server.listen(port, '127.0.0.1', () => resolve({ server, world, origin: `http://127.0.0.1:${server.address().port}` }));
  });
}

function answer(world, request, url, body, response) {
  const reply = replyTo(world, { method: request.method, url, authorization: request.headers.authorization, body });
  if (reply === LIVE) stream(world, response);
  else send(response, ...reply);
}

const LIVE = [200, null];

/** `[status, body]` for one call of the member API; also used by the mini program's host. */
export function replyTo(world, { method, url, authorization, body }) {
  const path = url.pathname.slice('/api/member'.length);
  if (world.fails) return [503, problem('server/busy', 503, '服务暂时繁忙，请稍后再试')];
  const open = publicReply(world, path, body);
  if (open) return open;
  if (authorization !== 'Bearer mock-token') return [401, problem('auth/sign-in-needed', 401, '请先登录')];
  return path === '/me/live' ? LIVE : signedInReply(world, method, path, url, body);
}

export function createWorld() {
  return { fails: false, isEmpty: false, member: structuredClone(member), streams: new Set(), topUps: 0, codes: 0 };
}

function publicReply(world, path, body) {
  const [, code, rest] = /^\/brands\/([^/]+)(.*)$/.exec(path) ?? [];
  if (code === undefined) return null;
  if (!brands[code]) return [404, problem('org/unknown-brand', 404, '没有这个品牌')];
  if (rest === '') return [200, brands[code]];
  if (rest.startsWith('/coupon-')) return linkReply(world, rest);
  if (rest === '/phone-codes') return [200, { devCode: '246810' }];
  if (rest === '/wechat') return [200, { needsPhone: true, ticket: 'ticket-1' }];
  if (rest === '/join' && body.phoneCode !== '246810') {
    return [422, { ...problem('validation', 422), errors: [{ field: 'phoneCode', code: 'wrong', message: '验证码不正确' }] }];
  }
  return [200, { token: 'mock-token', memberId: 'm1', created: true }];
}

function signedInReply(world, method, path, url, body) {
  const listed = (items) => [200, { items: world.isEmpty ? [] : items, nextCursor: null }];
  if (path === '/me' && method === 'GET') return [200, world.member];
  if (path === '/me') {
    Object.assign(world.member, body);
    return [200, world.member];
  }
  if (path === '/me/code') return [200, memberCode(world)];
  if (path === '/me/points-entries') return listed(pointsEntries);
  if (path === '/me/points-months') return listed(pointsMonths);
  if (path === '/me/stored-value-entries') return listed(storedValueEntries);
  if (path === '/me/coupons') return listed(coupons[url.searchParams.get('state')]);
  if (path === '/coupon-center') return listed(templates);
  if (path.endsWith(':give') || path.endsWith(':share')) return [201, { ...couponLink, isMine: true, against: 'own' }];
  if (path.startsWith('/coupon-gifts/') || path.startsWith('/coupon-shares/')) return linkReply(world, path);
  if (path.endsWith(':claim')) return [409, problem('promotions/limit-reached', 409, '您已领过这张券')];
  if (path === '/me/orders') return listed(orders.map((order) => ({ ...order, items: order.lines.reduce((sum, line) => sum + line.quantity, 0) })));
  if (path.startsWith('/me/orders/')) return [200, orders.find((order) => order.id === path.slice(11)) ?? orders[0]];
  if (path === '/card-products') return listed(cardProducts);
  if (path === '/me/cards' && method === 'GET') return listed(cards);
  if (path === '/me/withdrawals') return listed([{ id: 'w1', state: 'done', refundFen: 5_000, askedAt: '2026-09-12T09:00:00Z', cardId: null }]);
  if (path.endsWith(':quote-withdrawal') || path.endsWith(':quote-refund')) return [200, refundQuote];
  if (path === '/top-up-plans') return listed(plans);
  if (path === '/me/top-ups') {
    const jsapi = { timeStamp: '1764000000', nonceStr: 'n', package: 'prepay_id=wx1', signType: 'RSA', paySign: 's' };
    return [201, { topUpId: 't1', paymentId: 'p1', pay: body.wechatCode ? jsapi : { codeUrl: 'weixin://wxpay/bizpayurl?pr=Ab3dEf7' } }];
  }
  if (path.startsWith('/me/top-ups/')) return [200, { id: 't1', status: 'waiting', principalFen: 50_000, bonusFen: 5_000 }];
  if (path === '/mall-items') return listed(mallItems);
  if (path.startsWith('/mall-items/')) return [200, mallItems.find(({ id }) => id === path.slice(12)) ?? mallItems[0]];
  if (path === '/me/redemptions') return listed(redemptions);
  if (path === '/me/benefits') return listed(benefits);
  if (path === '/me/benefit-uses') return listed(benefitUses);
  if (path === '/me/consents') return [200, { items: consents }];
  if (path === '/me/data-copies') return [200, { items: [] }];
  if (path === '/me/deletion') return [200, deletionPreview];
  if (path.startsWith('/tables/')) return [200, table];
  if (path === '/me/offline-code') return [201, offlineCode(body)];
  if (path === '/sign-out') return [204, null];
  return [404, problem('http/404', 404)];
}

/** Links of the story: one that can be taken once, one that is gone, and none else. */
function linkReply(world, path) {
  const [, token, verb] = /-(?:gift|share)s\/([^:]+)(:\w+)?$/.exec(path);
  if (token === 'GONE') return [200, { ...couponLink, against: 'used-up' }];
  if (token !== couponLink.token) return [404, problem('not-found', 404)];
  if (verb) world.hasTaken = true;
  return verb ? [201, coupons.usable[0]] : [200, { ...couponLink, against: world.hasTaken ? 'taken' : null }];
}

function memberCode(world) {
  world.codes += 1;
  const barcode = `8${String(Date.now()).slice(-11)}${String(world.codes).padStart(4, '0')}`;
  return { code: barcode, qr: `SK1.${barcode}.mVq7Zp2LxT9aKd4w`, barcode, expiresAt: new Date(Date.now() + 60_000).toISOString() };
}

function offlineCode({ allowanceFen }) {
  const inAnHour = new Date(Date.now() + 3_600_000).toISOString();
  return { code: 'SKO1.m1.Zk4pQ', allowanceFen, usedFen: 0, expiresAt: inAnHour, heldUntil: inAnHour };
}

function control(world, url, response) {
  if (url.searchParams.has('fail')) world.fails = url.searchParams.get('fail') === '1';
  if (url.searchParams.has('empty')) world.isEmpty = url.searchParams.get('empty') === '1';
  if (url.searchParams.has('spend')) {
    world.member.points.active -= Number(url.searchParams.get('spend'));
    for (const live of world.streams) live.write('event: changed\ndata: {"what":"points"}\n\n');
  }
  send(response, 200, { ok: true });
}

function stream(world, response) {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write(': open\n\n');
  world.streams.add(response);
  response.on('close', () => world.streams.delete(response));
}

function problem(code, status, detail) {
  return { type: `https://shuke.dev/problems/${code}`, code, title: code, status, ...(detail ? { detail } : {}) };
}

function send(response, status, body) {
  const type = status >= 400 ? 'application/problem+json' : 'application/json';
  response.writeHead(status, { 'content-type': type });
  response.end(body === null ? undefined : JSON.stringify(body));
}

function serveFile(root, path, response) {
  const file = join(root, normalize(path));
  if (!file.startsWith(root) || !existsSync(file)) return send(response, 404, problem('http/404', 404));
  response.writeHead(200, { 'content-type': MIME[extname(file)] ?? 'application/octet-stream' });
  response.end(readFileSync(file));
  return undefined;
}

if (process.argv[1] === import.meta.filename) {
  const { origin } = await startMock({ port: Number(process.argv[2] ?? 8099), root: join(import.meta.dirname, '../../dist/h5') });
  console.log(`${origin}/m/?brand=hotpot`);
}
