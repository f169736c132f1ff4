import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createMemberApi } from '../src/api/client.ts';
import { fetchTransport } from '../src/api/fetchTransport.ts';
import { ApiProblem } from '../src/api/problem.ts';
import { startMock } from './mock/server.mjs';

let mock;
before(async () => { mock = await startMock({ root: import.meta.dirname }); });
after(() => {
  mock.server.closeAllConnections();
  mock.server.close();
});

function apiWith({ token = 'mock-token', transport = fetchTransport, base = mock.origin } = {}) {
  const held = { token, signedOut: 0 };
  const api = createMemberApi({
    base, transport, token: () => held.token, language: () => 'zh-CN', newKey: () => 'key-1',
    onSignedOut: () => { held.token = null; held.signedOut += 1; },
  });
  return { api, held };
}

async function refusal(promise) {
  try {
    await promise;
  } catch (error) {
    assert.ok(error instanceof ApiProblem, `not a problem: ${String(error)}`);
    return error;
  }
  throw new assert.AssertionError({ message: 'it was not refused' });
}

test('a member signs in with a phone code and reads their own balances', async () => {
  const { api, held } = apiWith({ token: null });
  const { devCode } = await api.sendPhoneCode('hotpot', '13800005678');
  const { token } = await api.join('hotpot', { phone: '13800005678', phoneCode: devCode });
  held.token = token;
  assert.equal((await api.me()).points.active, 2_486);
});

test('a wrong field is shown in the server\'s own words', async () => {
  const { api, held } = apiWith({ token: null });
  const problem = await refusal(api.join('hotpot', { phone: '13800005678', phoneCode: '000000' }));
  assert.equal(problem.status, 422);
  assert.equal(problem.message, '验证码不正确');
  assert.deepEqual(problem.fields.map((field) => field.field), ['phoneCode']);
  assert.equal(held.signedOut, 0);
});

test('a refused token signs out once, a refusal without a token does not', async () => {
  const stale = apiWith({ token: 'old' });
  assert.equal((await refusal(stale.api.me())).status, 401);
  assert.deepEqual(stale.held, { token: null, signedOut: 1 });
  await refusal(stale.api.me());
  assert.equal(stale.held.signedOut, 1);
});

test('no reply at all is a problem of its own kind', async () => {
  const { api } = apiWith({ base: 'http://127.0.0.1:1' });
  const problem = await refusal(api.me());
  assert.equal(problem.isOffline, true);
});

test('an error page of a proxy keeps its status', async () => {
  const { api } = apiWith({ transport: async () => ({ status: 502, body: null }) });
  const problem = await refusal(api.me());
  assert.equal(problem.status, 502);
  assert.equal(problem.code, 'http/502');
});

test('what moves value carries the key of the wish, reads carry none', async () => {
  const sent = [];
  const { api } = apiWith({ transport: async (request) => { sent.push(request); return { status: 200, body: {} }; } });
  await api.startTopUp({ planId: 'plan-1' }, 'wish-7');
  await api.claimCoupon('template-1');
  await api.coupons('used', 'next/page');
  assert.deepEqual(sent.map((request) => request.headers['idempotency-key']), ['wish-7', 'key-1', undefined]);
  assert.ok(sent.every((request) => request.headers.authorization === 'Bearer mock-token'));
  assert.ok(sent[2].url.endsWith('/api/member/me/coupons?state=used&cursor=next%2Fpage'));
  assert.equal('body' in sent[2], false);
});
