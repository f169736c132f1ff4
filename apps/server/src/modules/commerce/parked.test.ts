import { expect, test } from "vitest";
import { Client } from "../../../test/client.ts";
import { clock } from "../../../test/server.ts";
import { cart, orderId, tillTenant, type TillTenant } from "../../../test/till.ts";
import { openMemberSession } from "../customers/session.ts";

async function park(tenant: TillTenant, till: Client, note: string, overrides: object = {}): Promise<string> {
  const id = orderId();
  expect((await till.put(`/quotes/${id}`, { ...cart(tenant, tenant.memberId), ...overrides })).status).toBe(200);
  expect((await till.post(`/quotes/${id}:hold`, { ttlSeconds: 600, park: true, note }, { key: `${id}-hold-key` })).status).toBe(200);
  return id;
}

test("a parked cart is listed with who parked it, when and for whom; what is only held is not", async () => {
  const tenant = await tillTenant();
  const cashier = await tenant.as("cashier");
  const id = await park(tenant, cashier, "8 号桌");
  const held = orderId();
  await cashier.put(`/quotes/${held}`, cart(tenant));
  await cashier.post(`/quotes/${held}:hold`, {}, { key: `${held}-hold-key` });
  const { body } = await cashier.get(`/quotes?storeId=${tenant.storeId}`);
  expect(body.items).toMatchObject([{ orderId: id, note: "8 号桌", memberName: "王小明", items: 4, firstItem: "毛肚", dueFen: 10_000, parkedBy: "小周" }]);
  expect(new Date(body.items[0].heldUntil).getTime()).toBeGreaterThan(clock.now().getTime());
  expect((await cashier.get("/quotes?storeId=00000000-0000-7000-8000-000000000000")).body.items).toEqual([]);
});

test("whoever takes a parked cart up gets all of it, with its coupon free again; the second finds it taken", async () => {
  const tenant = await tillTenant();
  const couponId = await tenant.coupon();
  const id = await park(tenant, tenant.console, "8 号桌", { couponIds: [couponId] });
  const answers = await Promise.all([tenant.console, await tenant.as("cashier")].map((till) => till.post(`/quotes/${id}:take-up`, {})));
  expect(answers.map((one) => one.status).toSorted()).toEqual([200, 409]);
  const taken = answers.find((one) => one.status === 200)?.body;
  expect(taken).toMatchObject({ orderId: id, note: "8 号桌", member: { id: tenant.memberId, name: "王小明" }, couponIds: [couponId], lines: [{ lineId: "a" }, { lineId: "b" }, { lineId: "c" }] });
  expect(answers.find((one) => one.status === 409)?.body.code).toBe("commerce/cart-taken");
  expect((await tenant.console.get("/quotes")).body.items).toEqual([]);
  const other = orderId();
  const commit = await tenant.till.post(`/quotes/${other}:commit`, { ...cart(tenant, tenant.memberId), couponIds: [couponId], tenders: [{ kind: "cash" }] }, { key: `${other}-key` });
  expect(commit.status).toBe(200);
});

test("when its hold runs out a parked cart gives its value back and stays on the list; released by somebody it leaves it", async () => {
  const tenant = await tillTenant();
  const id = await park(tenant, tenant.console, "外带");
  clock.advance(601_000);
  await tenant.runSchedule("commerce.stale-quotes");
  expect((await tenant.console.get("/quotes")).body.items).toMatchObject([{ orderId: id, heldUntil: null }]);
  expect((await tenant.console.post(`/quotes/${id}:release`, {})).status).toBe(200);
  expect((await tenant.console.get("/quotes")).body.items).toEqual([]);
});

test("a coupon whose hold has run out is anybody's at once, whether the minute's job has run or not", async () => {
  const tenant = await tillTenant();
  const couponId = await tenant.coupon();
  await park(tenant, tenant.console, "8 号桌", { couponIds: [couponId] });
  const commit = (order: string) => tenant.till.post(`/quotes/${order}:commit`, { ...cart(tenant, tenant.memberId), couponIds: [couponId], tenders: [{ kind: "cash" }] }, { key: `${order}-key` });
  expect((await commit(orderId())).body.code).toBe("promotions/coupon-unusable");
  clock.advance(601_000);
  expect((await commit(orderId())).body).toMatchObject({ netFen: 8_000 });
});

test("an order that is paid without the coupon that its quote held lets the coupon go", async () => {
  const tenant = await tillTenant();
  const couponId = await tenant.coupon();
  const [id, other] = [await park(tenant, tenant.console, "8 号桌", { couponIds: [couponId] }), orderId()];
  const commit = (order: string, couponIds: string[]) => tenant.till.post(`/quotes/${order}:commit`, { ...cart(tenant, tenant.memberId), couponIds, tenders: [{ kind: "cash" }] }, { key: `${order}-key` });
  expect((await commit(id, [])).body).toMatchObject({ netFen: 10_000 });
  expect((await commit(other, [couponId])).body).toMatchObject({ netFen: 8_000 });
});

test("a cashier of another store neither sees nor takes a parked cart", async () => {
  const tenant = await tillTenant();
  const id = await park(tenant, tenant.console, "8 号桌");
  const stranger = await tenant.as("cashier", await tenant.addStore());
  expect((await stranger.get("/quotes")).body.items).toEqual([]);
  expect((await stranger.post(`/quotes/${id}:take-up`, {})).status).toBe(403);
  expect((await stranger.post(`/quotes/${id}:release`, {})).status).toBe(403);
  expect((await stranger.post(`/quotes/${id}:hold`, {}, { key: `${id}-strange-key` })).status).toBe(403);
});

/** What the guest's phone shows. */
async function scanned(tenant: TillTenant): Promise<string> {
  const token = await tenant.inScope((scope) => openMemberSession(scope, tenant.memberId));
  return (await new Client(tenant.server.app, "/api/member", { authorization: `Bearer ${token}` }).get("/me/code")).body.code;
}

test("one call scans, prices and pays; sent again it answers the same, also when the code has run out; for another order the code is spent", async () => {
  const tenant = await tillTenant();
  const code = await scanned(tenant);
  const id = orderId();
  const body = { ...cart(tenant), member: { code }, tenders: [{ kind: "stored-value" }] };
  const first = await tenant.till.post(`/quotes/${id}:commit`, body, { key: `${id}-key` });
  expect(first).toMatchObject({ status: 200, body: { memberName: "王小明", balances: { storedValueFen: 2_000 } } });
  clock.advance(120_000);
  const again = await tenant.till.post(`/quotes/${id}:commit`, body, { key: `${id}-key` });
  expect(again).toMatchObject({ status: 200, body: first.body });
  expect(again.headers["idempotency-hit"]).toBe("true");
  clock.advance(-120_000);
  const other = orderId();
  expect(await tenant.till.post(`/quotes/${other}:commit`, body, { key: `${other}-key` })).toMatchObject({ status: 409, body: { code: "customers/code-used" } });
});

test("an order that was refused may send its code again; a quote may be asked for as often as the cart changes", async () => {
  const tenant = await tillTenant();
  const code = await scanned(tenant);
  const id = orderId();
  const short = await tenant.till.post(`/quotes/${id}:commit`, { ...cart(tenant), member: { code }, tenders: [{ kind: "cash", amountFen: 1 }] }, { key: `${id}-key` });
  expect(short.body.code).toBe("commerce/tender-mismatch");
  for (let times = 0; times < 2; times++) {
    expect((await tenant.till.put(`/quotes/${id}`, { ...cart(tenant), member: { code } })).body.member).toMatchObject({ id: tenant.memberId });
  }
  expect((await tenant.till.post(`/quotes/${id}:commit`, { tenders: [{ kind: "cash" }] }, { key: `${id}-key-2` })).body.memberName).toBe("王小明");
});

test("a cart names its member once, in one way, and only where its key may look members up", async () => {
  const tenant = await tillTenant();
  const phone = (await tenant.console.post(`/members/${tenant.memberId}:reveal`, { reason: "test" })).body.phone;
  const ask = (till: Client, body: object) => till.put(`/quotes/${orderId()}`, { ...cart(tenant), ...body });
  expect((await ask(tenant.till, { member: { phone } })).body.member.id).toBe(tenant.memberId);
  for (const wrong of [{ member: {} }, { member: { phone, card: "VIP-1" } }, { member: { phone }, memberId: tenant.memberId }]) {
    expect(await ask(tenant.till, wrong)).toMatchObject({ status: 422, body: { errors: [{ field: "member" }] } });
  }
  const id = orderId();
  await tenant.till.put(`/quotes/${id}`, cart(tenant));
  expect((await tenant.till.post(`/quotes/${id}:commit`, { member: { phone }, tenders: [{ kind: "cash" }] }, { key: `${id}-key` })).body.errors).toMatchObject([{ field: "member" }]);
  expect((await ask(await tenant.open(["orders:write"]), { member: { phone } })).status).toBe(403);
  expect((await ask(await tenant.open(["orders:write"]), { memberId: tenant.memberId })).status).toBe(200);
});
