import { evaluate, type RuleSet } from "@shuke/offers";
import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { Client } from "../../../../test/client.ts";
import { clock } from "../../../../test/server.ts";
import { tillTenant, type TillTenant } from "../../../../test/till.ts";
import { Journal } from "../../ledger/index.ts";
import { storedValueAccounts, storedValueAvailable } from "../../payments/index.ts";
import { openMemberSession } from "../../customers/session.ts";
import { quoteHash } from "../cart.ts";

async function codeOf(tenant: TillTenant, allowanceFen = 5_000): Promise<{ code: string; allowanceFen: number }> {
  const token = await tenant.inScope((scope) => openMemberSession(scope, tenant.memberId));
  const phone = new Client(tenant.server.app, "/api/member", { authorization: `Bearer ${token}` });
  const { status, body } = await phone.post("/me/offline-code", { allowanceFen }, { key: randomUUID() });
  expect(status, JSON.stringify(body)).toBe(200);
  expect((await phone.get("/me/offline-code")).body.code).toMatchObject({ code: body.code });
  return body;
}

/** As the till in the browser does: prices with the packed rules, and freezes what it asked for. */
async function sold(tenant: TillTenant, { code, payFen = 8_000, soldAt = clock.now() }: { code?: string; payFen?: number; soldAt?: Date } = {}) {
  const { body: pack } = await tenant.console.get(`/till-pack?storeId=${tenant.storeId}`);
  const line = { lineId: "1", sku: "X", name: "套餐", quantity: 2, unitPriceFen: 5_000 };
  const claims = code ? JSON.parse(Buffer.from(code.split(".")[1] ?? "", "base64url").toString()) : null;
  const member = claims && { id: claims.m, tierId: claims.t, segments: [], firstOrder: claims.f === 1 };
  const quote = evaluate({ lines: [{ id: "1", sku: "X", name: "套餐", category: null, tags: [], quantity: 2, unitPriceFen: 5_000 }], fees: [], channel: "till", storeId: tenant.storeId, manualDiscountFen: 0, couponIds: [], codes: [] },
    { member, coupons: [] }, pack.rules as RuleSet, soldAt.getTime(), { explain: false });
  const [priced] = quote.lines;
  return {
    orderId: `F-${randomUUID()}`, storeId: tenant.storeId, soldAt: soldAt.toISOString(), ...(code && { code }), ruleVersion: pack.ruleVersion, quoteHash: quoteHash(quote), totalFen: quote.totalFen,
    lines: [{ ...line, grossFen: priced?.grossFen ?? 0, discountFen: priced?.discountFen ?? 0, netFen: priced?.netFen ?? 0 }],
    tenders: code ? [{ kind: "stored-value", amountFen: Math.min(payFen, quote.totalFen) }, ...(payFen < quote.totalFen ? [{ kind: "cash", amountFen: quote.totalFen - payFen }] : [])] : [{ kind: "cash", amountFen: quote.totalFen }],
  };
}

const upload = (tenant: TillTenant, ...orders: object[]) => tenant.console.post("/orders:settle-offline", { orders });
const available = (tenant: TillTenant) => tenant.inScope(async (scope) => storedValueAvailable(await Journal.open(scope, storedValueAccounts(tenant.memberId)), tenant.memberId));
const offer = async (tenant: TillTenant) => expect((await tenant.console.post("/offers", { name: "满80减10", kind: "amount-off", amountFen: 1_000, thresholdFen: 8_000, isActive: true })).status).toBe(201);

test("an order of a till without network settles once, at its price and moment, from what the guest had set aside", async () => {
  const tenant = await tillTenant();
  await offer(tenant);
  const { code, allowanceFen } = await codeOf(tenant, 5_000);
  expect([allowanceFen, await available(tenant)]).toEqual([5_000, 7_000]);
  const soldAt = clock.now();
  const order = await sold(tenant, { code, payFen: 4_000, soldAt });
  expect(order.totalFen).toBe(9_000);
  clock.advance(3_600_000);
  const first = await upload(tenant, order);
  expect(first.body).toEqual({ items: [{ orderId: order.orderId, outcome: "settled", flags: [], code: null, detail: null }] });
  const answers = await Promise.all([upload(tenant, order), upload(tenant, order)]);
  for (const { body } of answers) expect(body.items[0].outcome).toBe("unchanged");
  expect((await tenant.console.get(`/orders/${order.orderId}`)).body).toMatchObject({
    memberName: "王小明", netFen: 9_000, paidAt: soldAt.toISOString(), effects: [{ name: "满80减10", amountFen: 1_000 }], tenders: [{ kind: "cash", amountFen: 5_000 }, { kind: "stored-value", amountFen: 4_000 }],
  });
  expect(await tenant.balances()).toMatchObject({ points: 1_090, principal: 10_000 - 3_333, bonus: 2_000 - 667 });
  expect(await available(tenant)).toBe(7_000);
  clock.advance(60 * 3_600_000);
  await tenant.runSchedule("commerce.offline-escrow");
  expect(await available(tenant)).toBe(8_000);
  expect((await tenant.console.get("/offline-exceptions")).body.items).toEqual([]);
});

test("used at two tills at once a code pays no more than its allowance; the rest is told to the manager, who closes it", async () => {
  const tenant = await tillTenant();
  const { code } = await codeOf(tenant, 5_000);
  const orders = [await sold(tenant, { code, payFen: 4_000 }), await sold(tenant, { code, payFen: 4_000 })];
  const answers = await Promise.all(orders.map((order) => upload(tenant, order)));
  expect(answers.map(({ body }) => body.items[0].outcome).toSorted()).toEqual(["flagged", "settled"]);
  expect(await available(tenant)).toBe(7_000);
  const balances = await tenant.balances();
  expect(balances.principal + balances.bonus).toBe(7_000);
  const { body } = await tenant.console.get("/offline-exceptions");
  expect(body.items).toMatchObject([{ kind: "double-use", amountFen: 3_000, memberName: "王小明", orderId: orders[answers.findIndex((one) => one.body.items[0].outcome === "flagged")]?.orderId }]);
  const cashier = await tenant.as("cashier");
  expect((await cashier.get("/offline-exceptions")).status).toBe(403);
  const elsewhere = await tenant.as("store-manager", await tenant.addStore());
  const todos = async (who: Pick<typeof cashier, "get">) => (await who.get("/todos?kind=offline-exceptions")).body.items as object[];
  expect([await todos(tenant.console), await todos(cashier), await todos(elsewhere)]).toMatchObject([[{ count: 1, link: "/offline-exceptions" }], [], []]);
  expect((await tenant.console.post(`/offline-exceptions/${body.items[0].id}:resolve`, { resolution: "已联系客人补款" })).status).toBe(200);
  expect(await todos(tenant.console)).toEqual([]);
  expect((await tenant.console.post(`/offline-exceptions/${body.items[0].id}:resolve`, { resolution: "再来" })).status).toBe(409);
  expect((await tenant.console.get("/offline-exceptions")).body.items).toEqual([]);
  expect((await tenant.console.get("/offline-exceptions?state=resolved")).body.items).toMatchObject([{ resolution: "已联系客人补款" }]);
});

test("another price than the rules give stands, because it was paid, and is told; one that does not add up is refused; so is a forged code", async () => {
  const tenant = await tillTenant();
  const { code } = await codeOf(tenant);
  const cheap = await sold(tenant);
  Object.assign(cheap, { totalFen: 9_500, lines: [{ ...cheap.lines[0], discountFen: 500, netFen: 9_500 }], tenders: [{ kind: "cash", amountFen: 9_500 }] });
  expect((await upload(tenant, cheap)).body.items).toMatchObject([{ outcome: "flagged", flags: ["price"] }]);
  expect((await tenant.console.get(`/orders/${cheap.orderId}`)).body).toMatchObject({ netFen: 9_500, discountFen: 500 });
  const absurd = { ...(await sold(tenant)), totalFen: 1 };
  const forged = await sold(tenant, { code });
  const [mark, payload] = code.split(".");
  const richer = Buffer.from(JSON.stringify({ ...JSON.parse(Buffer.from(payload ?? "", "base64url").toString()), a: 50_000 })).toString("base64url");
  Object.assign(forged, { code: `${mark}.${richer}.${code.split(".")[2]}` });
  const { body } = await upload(tenant, absurd, forged);
  expect(body.items).toMatchObject([{ outcome: "refused", code: "commerce/offline-price-unsound" }, { outcome: "refused", code: "commerce/offline-code-invalid" }]);
  await upload(tenant, absurd);
  expect((await tenant.console.get("/offline-exceptions")).body.items.map((one: { kind: string }) => one.kind).toSorted()).toEqual(["price", "refused", "refused"]);
});

test("a clock that is a day behind sells not before the guest's code was issued; without a code its word stands, for it may have waited", async () => {
  const tenant = await tillTenant();
  const issuedMs = clock.now().getTime();
  const { code } = await codeOf(tenant);
  const behind = new Date(issuedMs - 86_400_000);
  const [named, unnamed] = [await sold(tenant, { code, payFen: 1_000, soldAt: behind }), await sold(tenant, { soldAt: behind })];
  const { body } = await upload(tenant, named, unnamed);
  expect(body.items).toMatchObject([{ outcome: "flagged", flags: ["clock"] }, { outcome: "settled", flags: [] }]);
  const soldMs = async (id: string) => new Date((await tenant.console.get(`/orders/${id}`)).body.paidAt).getTime();
  const namedMs = await soldMs(named.orderId);
  expect(namedMs).toBeGreaterThanOrEqual(issuedMs - 1_000);
  expect(namedMs).toBeLessThanOrEqual(clock.now().getTime());
  expect(await soldMs(unnamed.orderId)).toBe(behind.getTime());
});

test("an order that was refused because its guest's value was frozen meanwhile is sent again after the thaw, settles, and its exception closes itself", async () => {
  const tenant = await tillTenant();
  const { code } = await codeOf(tenant);
  const order = await sold(tenant, { code, payFen: 4_000 });
  await tenant.console.post(`/members/${tenant.memberId}/stored-value:freeze`, { kind: "loss", reason: "手机丢了" });
  expect((await upload(tenant, order)).body.items).toMatchObject([{ outcome: "refused", code: "ledger/account-frozen" }]);
  await tenant.console.post(`/members/${tenant.memberId}/stored-value:unfreeze`, { reason: "找到了" });
  expect((await upload(tenant, order)).body.items).toMatchObject([{ outcome: "settled" }]);
  expect((await tenant.console.get("/offline-exceptions")).body.items).toEqual([]);
  expect((await tenant.console.get("/offline-exceptions?state=resolved")).body.items).toMatchObject([{ kind: "refused", resolution: "重新上传后已入账" }]);
  const balances = await tenant.balances();
  expect(balances.principal + balances.bonus).toBe(8_000);
});

test("a clock that is a day ahead does not sell tomorrow, and a code that had run out is told; another order under the same number is refused", async () => {
  const tenant = await tillTenant();
  const { code } = await codeOf(tenant);
  const ahead = await sold(tenant, { soldAt: new Date(clock.now().getTime() + 86_400_000) });
  expect((await upload(tenant, ahead)).body.items[0]).toMatchObject({ outcome: "flagged", flags: ["clock"] });
  expect(new Date((await tenant.console.get(`/orders/${ahead.orderId}`)).body.paidAt).getTime()).toBeLessThanOrEqual(clock.now().getTime());
  clock.advance(5 * 3_600_000);
  const late = await sold(tenant, { code, payFen: 1_000 });
  expect((await upload(tenant, late)).body.items[0]).toMatchObject({ outcome: "flagged", flags: ["expired"] });
  const other = { ...late, tenders: [{ kind: "cash", amountFen: late.totalFen }] };
  expect((await upload(tenant, other)).body.items[0]).toMatchObject({ outcome: "refused", code: "idempotency/body-mismatch" });
});
