import { expect, test } from "vitest";
import { Client } from "../../../test/client.ts";
import { clock } from "../../../test/server.ts";
import { freshTenant, type TestTenant } from "../../../test/tenant.ts";
import { issuePhoneCode } from "./phone-code.ts";

const PHONE = "13912348888";
const MINUTE = 60_000;

const askCode = (tenant: TestTenant, phone = PHONE) => tenant.memberDoor.post(`/brands/${tenant.code}/phone-codes`, { phone });
const join = (tenant: TestTenant, phoneCode: string, more: object = {}) => tenant.memberDoor.post(`/brands/${tenant.code}/join`, { phone: PHONE, phoneCode, ...more });
const asMember = (tenant: TestTenant, token: string) => new Client(tenant.server.app, "/api/member", { authorization: `Bearer ${token}` });
const otherThan = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, "0");

async function joined(tenant: TestTenant) {
  const { body: { devCode } } = await askCode(tenant);
  const { body } = await join(tenant, devCode);
  return { ...body, app: asMember(tenant, body.token) } as { token: string; memberId: string; created: boolean; app: Client };
}

test("a guest joins with a phone and its code, and is signed in", async () => {
  const tenant = await freshTenant();
  const { body: { devCode } } = await askCode(tenant);
  expect(devCode).toMatch(/^\d{6}$/);
  const { status, body } = await join(tenant, devCode, { name: "安娜", storeId: tenant.storeId, birthday: { calendar: "solar", year: 1990, month: 2, day: 28 } });
  expect([status, body.created]).toEqual([200, true]);
  expect((await asMember(tenant, body.token).patch("/me", {})).body).toMatchObject({ id: body.memberId, name: "安娜", phoneMasked: "139****8888", joinedVia: "h5" });
});

test("who has joined already, at a till, is signed in as the same member", async () => {
  const tenant = await freshTenant();
  const { body: known } = await tenant.console.post("/members:quick-register", { phone: PHONE, name: "王小明" });
  expect(await joined(tenant)).toMatchObject({ memberId: known.id, created: false });
});

test("a code is good once, for five minutes, for its phone", async () => {
  const tenant = await freshTenant();
  const { body: { devCode } } = await askCode(tenant);
  expect((await tenant.memberDoor.post(`/brands/${tenant.code}/join`, { phone: "13912349999", phoneCode: devCode })).body.code).toBe("customers/phone-code-expired");
  expect((await join(tenant, devCode)).status).toBe(200);
  expect(await join(tenant, devCode)).toMatchObject({ status: 422, body: { code: "customers/phone-code-expired" } });
  clock.advance(2 * MINUTE);
  const { body: { devCode: late } } = await askCode(tenant);
  clock.advance(5 * MINUTE);
  expect((await join(tenant, late)).body.code).toBe("customers/phone-code-expired");
});

test("five wrong tries end a code, also when they come at once", async () => {
  const tenant = await freshTenant();
  const { body: { devCode } } = await askCode(tenant);
  const tries = await Promise.all(Array.from({ length: 8 }, () => join(tenant, otherThan(devCode))));
  expect(tries.map(({ body }) => body.code).toSorted()).toEqual([...Array(4).fill("customers/phone-code-expired"), ...Array(4).fill("customers/phone-code-wrong")].toSorted());
  expect(tries.flatMap(({ body }) => body.triesLeft ?? []).toSorted()).toEqual([1, 2, 3, 4]);
  expect((await join(tenant, devCode)).body.code).toBe("customers/phone-code-expired");
});

test("of two who send the right code at once, one joins", async () => {
  const tenant = await freshTenant();
  const { body: { devCode } } = await askCode(tenant);
  const answers = await Promise.all([join(tenant, devCode), join(tenant, devCode)]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 422]);
});

test("a code that was spent is so for whoever began a moment earlier and waited", async () => {
  const tenant = await freshTenant();
  const { body: { devCode } } = await askCode(tenant);
  expect((await join(tenant, devCode)).status).toBe(200);
  clock.advance(-1_000);
  expect(await join(tenant, devCode)).toMatchObject({ status: 422, body: { code: "customers/phone-code-expired" } });
});

test("a phone gets one message a minute, whoever asks, and placeholders none", async () => {
  const tenant = await freshTenant();
  await askCode(tenant);
  expect(await askCode(tenant, "139-1234-8888")).toMatchObject({ status: 429, body: { retryAfterSeconds: 60 }, headers: { "retry-after": "60" } });
  clock.advance(MINUTE);
  expect((await askCode(tenant)).status).toBe(200);
  expect((await askCode(tenant, "13800138000")).body.code).toBe("customers/phone-blocked");
  expect((await askCode(tenant, "12")).status).toBe(422);
});

test("a phone gets ten messages a day and no more", async () => {
  const tenant = await freshTenant();
  clock.toMorning("Asia/Shanghai");
  // Not through the door, which lets one address ask for thirty a minute: the other tests of this file need those.
  for (let message = 0; message < 10; message++) {
    await tenant.inScope((scope) => issuePhoneCode(scope, PHONE));
    clock.advance(MINUTE);
  }
  expect(await askCode(tenant)).toMatchObject({ status: 429, body: { detail: "This phone was sent 10 codes today" } });
  clock.advance(24 * 60 * MINUTE);
  expect((await askCode(tenant)).status).toBe(200);
});

test("a message that cannot be sent is said so, and does not count", async () => {
  const tenant = await freshTenant();
  const { outside } = tenant.server.installation;
  const { send } = outside.sms;
  outside.sms.send = () => Promise.reject(new Error("no signal"));
  expect(await askCode(tenant)).toMatchObject({ status: 503, body: { code: "customers/sms-unavailable" } });
  outside.sms.send = send;
  const { body: { devCode } } = await askCode(tenant);
  expect((await join(tenant, devCode)).status).toBe(200);
});

test("a brand that does not exist is not found", async () => {
  const tenant = await freshTenant();
  expect((await tenant.memberDoor.post("/brands/no-such-brand/phone-codes", { phone: PHONE })).status).toBe(404);
  expect((await tenant.memberDoor.post("/brands/'; drop table org.tenant/join", { phone: PHONE, phoneCode: "123456" })).status).toBe(404);
});

test("signing out ends the session at once; others go on", async () => {
  const tenant = await freshTenant();
  const first = await joined(tenant);
  clock.advance(MINUTE);
  const second = await joined(tenant);
  expect((await first.app.post("/sign-out")).status).toBe(204);
  expect((await first.app.get("/me/code")).status).toBe(401);
  expect((await second.app.get("/me/code")).status).toBe(200);
});

test("a session lives thirty days", async () => {
  const tenant = await freshTenant();
  const { token } = await joined(tenant);
  clock.advance(31 * 86_400_000);
  expect((await asMember(tenant, token).get("/me/code")).status).toBe(401);
});

test("a token with any part changed, another brand's tenant in it, or a staff cookie opens nothing", async () => {
  const [tenant, other] = [await freshTenant(), await freshTenant()];
  const { token } = await joined(tenant);
  const [tenantId = "", sessionId = "", secret = ""] = token.split(".");
  const cookie = String(tenant.console.headers["cookie"]).replace("shuke_session=", "");
  expect((await tenant.console.get("/session")).status).toBe(200);
  for (const forged of [
    `${other.tenantId}.${sessionId}.${secret}`, `${tenantId}.${other.tenantId}.${secret}`, `${tenantId}.${sessionId}.${secret.slice(1)}A`, `${token}.x`, "x.y.z", "", cookie,
  ]) expect((await asMember(tenant, forged).get("/me/code")).status).toBe(401);
});

test("WeChat's guest without a membership gets a ticket, joins with it by a code or by WeChat's phone button, and signs in alone next time", async () => {
  const tenant = await freshTenant();
  const wechat = (code: string) => tenant.memberDoor.post(`/brands/${tenant.code}/wechat`, { code });
  const wechatJoin = (body: object) => tenant.memberDoor.post(`/brands/${tenant.code}/wechat:join`, body);
  const { body: anna } = await wechat("dev-anna");
  expect(anna).toMatchObject({ needsPhone: true });
  const { body: { devCode } } = await askCode(tenant);
  const byCode = await wechatJoin({ ticket: anna.ticket, phone: PHONE, phoneCode: devCode });
  expect(byCode.body).toMatchObject({ created: true });
  expect(Object.keys((await wechat("dev-anna")).body)).toEqual(["token"]);
  const { body: bo } = await wechat("dev-bo");
  const byButton = await wechatJoin({ ticket: bo.ticket, phoneCode: "dev-bo" });
  expect(byButton).toMatchObject({ status: 200, body: { created: true } });
  const { body: signedIn } = await wechat("dev-bo");
  expect((await asMember(tenant, signedIn.token).patch("/me", {})).body).toMatchObject({ id: byButton.body.memberId, joinedVia: "mini-program" });
});

test("a ticket that was changed, is old or another brand's is refused, and a made-up WeChat code too", async () => {
  const [tenant, other] = [await freshTenant(), await freshTenant()];
  const wechatJoin = (ticket: string, at = tenant) => at.memberDoor.post(`/brands/${at.code}/wechat:join`, { ticket, phoneCode: "dev-carl" });
  const { body: { ticket } } = await tenant.memberDoor.post(`/brands/${tenant.code}/wechat`, { code: "dev-carl" });
  for (const answer of [await wechatJoin(ticket, other), await wechatJoin(`${ticket.slice(0, -2)}AA`), await wechatJoin("AAAA"), await wechatJoin("😀")]) {
    expect(answer).toMatchObject({ status: 422, body: { code: "customers/ticket-invalid" } });
  }
  clock.advance(11 * MINUTE);
  expect((await wechatJoin(ticket)).body.code).toBe("customers/ticket-invalid");
  expect(await tenant.memberDoor.post(`/brands/${tenant.code}/wechat`, { code: "made-up" })).toMatchObject({ status: 422, body: { code: "customers/wechat-refused", errors: [{ field: "code" }] } });
});

test("one address may ask for thirty codes a minute", async () => {
  const tenant = await freshTenant();
  const statuses = new Set<number>();
  for (let ask = 0; ask < 31; ask++) statuses.add((await askCode(tenant, `139${String(10_000_000 + ask)}`)).status);
  expect(statuses).toContain(429);
});
