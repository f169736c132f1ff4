import { randomUUID } from "node:crypto";
import { expect, inject, test } from "vitest";
import { joinMember, type TestMember } from "../../../../test/member.ts";
import { clock } from "../../../../test/server.ts";
import { tillTenant, type TillTenant } from "../../../../test/till.ts";
import { payByWechat } from "../../../../test/wechat.ts";
import { invariants } from "../../../prove/invariants.ts";
import { prove } from "../../../prove/prove.ts";
import { adjustPoints } from "../points.ts";
import { periodOf } from "./limit.ts";

const DAY_MS = 86_400_000;

interface Shop extends TillTenant {
  member: TestMember;
}

async function shop(points = 1_000): Promise<Shop> {
  const tenant = await tillTenant();
  return { ...tenant, member: await rich(tenant, points) };
}

/** A member with so many points. */
async function rich(tenant: TillTenant, points: number): Promise<TestMember> {
  const member = await joinMember(tenant);
  if (points > 0) await tenant.inScope((scope) => adjustPoints(scope, { memberId: member.memberId, points, reason: "开业礼" }));
  return member;
}

async function item(tenant: TillTenant, more: object = {}): Promise<string> {
  const { status, body } = await tenant.console.post("/mall-items", { name: "酸梅汤", kind: "dish", points: 300, state: "live", ...more });
  expect(status, JSON.stringify(body)).toBe(201);
  return body.id;
}

const redeem = (member: TestMember, id: string, body: object = {}, key: string = randomUUID()) => member.post(`/mall-items/${id}:redeem`, body, { key });
const points = async (member: TestMember) => (await member.get("/me")).body.points;
const stockOf = async (tenant: TillTenant, id: string) => (await tenant.console.get(`/mall-items/${id}`)).body;
const handOut = (tenant: TillTenant, id: string, storeId = tenant.storeId) => tenant.console.post(`/redemptions/${id}:hand-out`, { storeId }, { key: randomUUID() });

/** The proofs that concern the mall, of this tenant alone: others' tests break theirs on purpose. */
async function expectProved(tenant: TillTenant): Promise<void> {
  const own = invariants.map(({ name, sql }) => ({ name, sql: `select * from (${sql}) x where x.tenant_id = '${tenant.tenantId}'` }));
  expect((await prove(inject("ownerUrl"), undefined, own)).filter((finding) => finding.broken > 0)).toEqual([]);
}

test("a member redeems points for a dish, a counter finds it by its code in whatever spelling, and hands it out once", async () => {
  const tenant = await shop();
  const id = await item(tenant, { stock: 5 });
  const { status, body } = await redeem(tenant.member, id, { points: 300, cashFen: 0 });
  expect([status, body.state, body.balance, body.pay]).toEqual([201, "ready", 700, null]);
  expect(body.code).toMatch(/^[34679ACDEFGHJKMNPQRTWXY]{4}-[34679ACDEFGHJKMNPQRTWXY]{4}$/);
  const cashier = await tenant.as("cashier");
  const found = await cashier.post("/redemptions:lookup", { code: ` ${body.code.toLowerCase().replace("-", " ")} ` });
  expect(found.body).toMatchObject({ id: body.id, state: "ready", memberName: "李小花", name: "酸梅汤" });
  expect((await cashier.post("/redemptions:lookup", { code: "AAAA-AAAA" })).body.code).toBe("loyalty/pickup-code-unknown");
  const counters = await Promise.all(Array.from({ length: 10 }, () => handOut(tenant, body.id)));
  expect(counters.map((answer) => answer.status).toSorted()).toEqual([200, ...Array(9).fill(409)]);
  expect(counters.find((answer) => answer.status === 409)?.body.code).toBe("loyalty/already-handed");
  expect((await tenant.member.get(`/me/redemptions/${body.id}`)).body).toMatchObject({ state: "done", code: null });
  expect(await stockOf(tenant, id)).toMatchObject({ redeemed: 1, left: 4 });
  expect((await tenant.console.get("/mall-statistics")).body.totals).toMatchObject({ redemptions: 1, points: 300, handed: 1 });
  await expectProved(tenant);
});

test("fifty members at once get the ten that there are, and nobody else loses a point", async () => {
  const tenant = await shop();
  const id = await item(tenant, { stock: 10 });
  const members = await Promise.all(Array.from({ length: 50 }, () => rich(tenant, 500)));
  const answers = await Promise.all(members.map((member) => redeem(member, id)));
  expect(answers.filter((answer) => answer.status === 201)).toHaveLength(10);
  expect(answers.filter((answer) => answer.body.code === "loyalty/out-of-stock")).toHaveLength(40);
  expect(await stockOf(tenant, id)).toMatchObject({ redeemed: 10, left: 0 });
  const left = await Promise.all(members.map(async (member) => (await points(member)).active));
  expect(left.toSorted()).toEqual([...Array(10).fill(200), ...Array(40).fill(500)]);
  await expectProved(tenant);
});

test("one member who taps twenty times spends once a key, and gets as many as one may have and can pay", async () => {
  const tenant = await shop(2_000);
  const id = await item(tenant, { perMember: 2, limitPeriod: "month" });
  const [same, many] = [randomUUID(), await Promise.all(Array.from({ length: 20 }, () => redeem(tenant.member, id)))];
  expect(many.filter((answer) => answer.status === 201)).toHaveLength(2);
  expect(many.find((answer) => answer.status !== 201)?.body.code).toBe("loyalty/item-limit");
  const dear = await item(tenant, { points: 1_000 });
  const answers = [await redeem(tenant.member, dear, {}, same), await redeem(tenant.member, dear, {}, same)];
  expect(answers.map((answer) => [answer.status, answer.body.id])).toEqual([[201, answers[0]?.body.id], [201, answers[0]?.body.id]]);
  expect(answers[1]?.headers["idempotency-hit"]).toBe("true");
  expect((await redeem(tenant.member, dear)).body).toMatchObject({ code: "loyalty/insufficient-points", missing: { points: 600 } });
  clock.advance(32 * DAY_MS);
  const { body } = await tenant.member.get(`/mall-items/${id}`);
  expect([body.taken, body.reasons]).toEqual([0, []]);
});

test("what is not for a member says why and how far it is; a price that changed is not charged", async () => {
  const tenant = await shop(100);
  const gold = await item(tenant, { name: "金卡专享", tierIds: [tenant.goldId] });
  const empty = await item(tenant, { name: "没了", stock: 0 });
  const later = await item(tenant, { name: "明年", points: 50, startsOn: "2099-01-01" });
  const draft = await item(tenant, { name: "草稿", state: "draft" });
  const { body: { items } } = await tenant.member.get("/mall-items");
  const reasons = new Map(items.map((one: { id: string; reasons: { code: string }[] }) => [one.id, one.reasons.map((reason) => reason.code)]));
  expect([reasons.get(gold), reasons.get(empty), reasons.get(later), reasons.has(draft)]).toEqual([["tier", "points"], ["stock", "points"], ["not-yet"], false]);
  expect(items.find((one: { id: string }) => one.id === empty).reasons[1].missing).toEqual({ points: 200 });
  expect((await redeem(tenant.member, gold)).body.code).toBe("loyalty/not-for-tier");
  expect((await redeem(tenant.member, later)).body.code).toBe("loyalty/not-offered");
  expect((await redeem(tenant.member, draft)).status).toBe(404);
  const cheap = await item(tenant, { points: 90 });
  await tenant.console.patch(`/mall-items/${cheap}`, { points: 95 });
  expect((await redeem(tenant.member, cheap, { points: 90, cashFen: 0 })).body).toMatchObject({ code: "loyalty/item-price-changed", points: 95 });
  expect((await points(tenant.member)).active).toBe(100);
});

test("a redemption that nobody fetched expires: the points are back on their lots with their dates, the stock too", async () => {
  const tenant = await shop();
  const before = await points(tenant.member);
  const id = await item(tenant, { stock: 1, pickupDays: 3, perMember: 1 });
  const { body } = await redeem(tenant.member, id);
  clock.advance(2 * DAY_MS);
  await tenant.runSchedule("loyalty.redemptions-overdue");
  expect((await tenant.member.get(`/me/redemptions/${body.id}`)).body.state).toBe("ready");
  clock.advance(2 * DAY_MS);
  expect((await handOut(tenant, body.id)).body.code).toBe("loyalty/not-ready");
  await tenant.runSchedule("loyalty.redemptions-overdue");
  expect((await tenant.member.get(`/me/redemptions/${body.id}`)).body).toMatchObject({ state: "expired", endReason: "unfetched", code: null });
  expect(await points(tenant.member)).toMatchObject({ active: 1_000, expiring: before.expiring });
  expect(await stockOf(tenant, id)).toMatchObject({ redeemed: 0, left: 1 });
  expect((await redeem(tenant.member, id)).status).toBe(201);
  await expectProved(tenant);
});

test("a member gives up what was not fetched, once; staff take back what was handed out, broken or whole", async () => {
  const tenant = await shop(1_200);
  const id = await item(tenant, { kind: "goods", name: "保温杯", stock: 3 });
  const { body: first } = await redeem(tenant.member, id);
  const gone = await Promise.all(Array.from({ length: 5 }, () => tenant.member.post(`/me/redemptions/${first.id}:cancel`)));
  expect(gone.map((answer) => answer.status).toSorted()).toEqual([200, 409, 409, 409, 409]);
  expect((await points(tenant.member)).active).toBe(1_200);
  const { body: second } = await redeem(tenant.member, id);
  await handOut(tenant, second.id);
  expect((await tenant.member.post(`/me/redemptions/${second.id}:cancel`)).body.code).toBe("loyalty/redemption-state");
  const back = await tenant.console.post(`/redemptions/${second.id}:cancel`, { reason: "杯盖碎了", restock: false }, { key: randomUUID() });
  expect(back.body).toMatchObject({ state: "refunded", endReason: "杯盖碎了" });
  expect((await points(tenant.member)).active).toBe(1_200);
  expect(await stockOf(tenant, id)).toMatchObject({ redeemed: 1, left: 2 });
  await expectProved(tenant);
});

test("points and cash: the points are held until the money is there, and then it can be fetched", async () => {
  const tenant = await shop();
  const id = await item(tenant, { kind: "goods", name: "铸铁锅", points: 600, cashFen: 9_900, stock: 1 });
  const { status, body } = await redeem(tenant.member, id);
  expect([status, body.state, body.code, typeof body.pay.codeUrl]).toEqual([201, "waiting", null, "string"]);
  expect(await points(tenant.member)).toMatchObject({ active: 400, frozen: 600 });
  expect((await handOut(tenant, body.id)).body.code).toBe("loyalty/not-ready");
  await expectProved(tenant);
  await payByWechat(tenant, body.paymentId);
  const paid = (await tenant.member.get(`/me/redemptions/${body.id}`)).body;
  expect([paid.state, typeof paid.code]).toEqual(["ready", "string"]);
  expect(await points(tenant.member)).toMatchObject({ active: 400, frozen: 0 });
  await tenant.console.post(`/redemptions/${body.id}:cancel`, { reason: "客人不要了" }, { key: randomUUID() });
  expect((await points(tenant.member)).active).toBe(1_000);
  const refunds = await tenant.inScope((scope) => scope.tx.rows<{ amount_fen: number }>("select amount_fen from payments.refund where tenant_id = $1", [scope.tenantId]));
  expect(refunds).toEqual([{ amount_fen: 9_900 }]);
  await expectProved(tenant);
});

test("what is not paid in time is given up with its points and stock; money that comes later goes back", async () => {
  const tenant = await shop();
  const id = await item(tenant, { points: 600, cashFen: 500, stock: 1 });
  const { body } = await redeem(tenant.member, id);
  clock.advance(16 * 60_000);
  await tenant.runSchedule("loyalty.redemptions-overdue");
  expect((await tenant.member.get(`/me/redemptions/${body.id}`)).body).toMatchObject({ state: "cancelled", endReason: "unpaid" });
  expect(await points(tenant.member)).toMatchObject({ active: 1_000, frozen: 0 });
  expect(await stockOf(tenant, id)).toMatchObject({ left: 1 });
  await payByWechat(tenant, body.paymentId);
  expect((await tenant.member.get(`/me/redemptions/${body.id}`)).body.state).toBe("cancelled");
  const refunds = await tenant.inScope((scope) => scope.tx.rows<{ amount_fen: number }>("select amount_fen from payments.refund where tenant_id = $1", [scope.tenantId]));
  expect(refunds).toEqual([{ amount_fen: 500 }]);
  await expectProved(tenant);
});

test("a coupon of the mall comes from its template, with its stock, and is in the wallet at once", async () => {
  const tenant = await shop(2_000);
  const { body: template } = await tenant.console.post("/coupon-templates", { name: "满100减20", kind: "amount-off", amountFen: 2_000, thresholdFen: 10_000, stock: 1, validity: { kind: "days", days: 30 } });
  await tenant.console.post(`/coupon-templates/${template.id}:publish`);
  const id = await item(tenant, { kind: "coupon", couponTemplateId: template.id });
  const { body } = await redeem(tenant.member, id);
  expect([body.state, body.couponIds.length]).toEqual(["done", 1]);
  expect((await tenant.member.get("/me/coupons?state=usable")).body.items).toMatchObject([{ id: body.couponIds[0] }]);
  expect((await redeem(tenant.member, id)).body.code).toBe("promotions/out-of-stock");
  expect((await points(tenant.member)).active).toBe(1_700);
  await expectProved(tenant);
});

test("an item names what is there; pictures are small pictures and are served as such", async () => {
  const tenant = await shop();
  const wrong = await tenant.console.post("/mall-items", { name: "x", kind: "coupon", points: 1, tierIds: [randomUUID()], pictureId: randomUUID(), startsOn: "2026-12-02", endsOn: "2026-12-01" });
  expect(wrong.body.errors.map((error: { field: string }) => error.field).toSorted()).toEqual(["couponTemplateId", "endsOn", "pictureId", "tierIds.0"]);
  const png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
  const { body: picture } = await tenant.console.post("/mall-pictures", { base64: png });
  expect(picture.mediaType).toBe("image/png");
  const id = await item(tenant, { pictureId: picture.id });
  const shown = await tenant.memberDoor.get(`/brands/${tenant.code}/mall-pictures/${picture.id}`);
  expect([shown.status, shown.headers["content-type"], shown.headers["x-content-type-options"]]).toEqual([200, "image/png", "nosniff"]);
  expect((await tenant.member.get(`/mall-items/${id}`)).body.pictureId).toBe(picture.id);
  const other = await tillTenant();
  expect((await other.memberDoor.get(`/brands/${other.code}/mall-pictures/${picture.id}`)).status).toBe(404);
  const svg = Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>").toString("base64");
  expect((await tenant.console.post("/mall-pictures", { base64: svg })).body.errors[0].code).toBe("not-a-picture");
  expect((await tenant.console.post("/mall-pictures", { base64: Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(205_000)]).toString("base64") })).body.errors[0].code).toBe("too-large");
  await tenant.console.patch(`/mall-items/${id}`, { stock: 1 });
  await redeem(tenant.member, id);
  expect((await tenant.console.patch(`/mall-items/${id}`, { stock: 0 })).body.code).toBe("loyalty/stock-below-redeemed");
});

test("an item is fetched in its stores, by staff of the store that hands it out", async () => {
  const tenant = await shop();
  const second = await tenant.addStore();
  const { body } = await redeem(tenant.member, await item(tenant, { storeIds: [second] }));
  expect((await handOut(tenant, body.id)).body.code).toBe("loyalty/other-store");
  const elsewhere = await tenant.as("cashier");
  expect((await elsewhere.post(`/redemptions/${body.id}:hand-out`, { storeId: second }, { key: randomUUID() })).status).toBe(403);
  expect((await handOut(tenant, body.id, second)).status).toBe(200);
});

test("at the counter a member redeems for points and cash: handed over at once, and taken back with the points to their lots", async () => {
  const tenant = await shop();
  const id = await item(tenant, { name: "铸铁锅", kind: "goods", cashFen: 9_900, stock: 2, perMember: 1 });
  const cashier = await tenant.as("cashier");
  const { memberId } = tenant.member;
  const wish = { itemId: id, storeId: tenant.storeId, points: 300, cashFen: 9_900, payment: "cash" };
  const take = (more: object = {}, key: string = randomUUID()) => cashier.post(`/members/${memberId}/redemptions`, { ...wish, ...more }, { key });
  expect((await cashier.get(`/members/${memberId}/mall-items`)).body.items).toMatchObject([{ id, isRedeemable: true }]);
  expect((await take({ payment: undefined })).body.errors).toMatchObject([{ field: "payment", code: "required" }]);
  expect((await take({ cashFen: 8_800 })).body.code).toBe("loyalty/item-price-changed");
  const [made, again] = [await take({}, "counter-1"), await take({}, "counter-1")];
  expect(made).toMatchObject({ status: 201, body: { state: "done", code: null, paidBy: "cash", storeId: tenant.storeId, memberName: "李小花", points: 300, cashFen: 9_900 } });
  expect(again.body.id).toBe(made.body.id);
  expect((await take()).body.code).toBe("loyalty/item-limit");
  expect(await points(tenant.member)).toMatchObject({ active: 700, frozen: 0 });
  expect((await tenant.member.get("/me/points-months")).body.items).toMatchObject([{ redeemed: -300, other: 1_000, closing: 700 }]);
  expect((await tenant.console.get("/mall-statistics")).body.totals).toMatchObject({ cashFen: 9_900, handed: 1 });
  await expectProved(tenant);
  expect(await tenant.console.post(`/redemptions/${made.body.id}:cancel`, { reason: "有裂纹", restock: false }, { key: randomUUID() })).toMatchObject({ body: { state: "refunded" } });
  expect(await points(tenant.member)).toMatchObject({ active: 1_000 });
  expect(await stockOf(tenant, id)).toMatchObject({ left: 1 });
  await expectProved(tenant);
});

test("a counter redeems no item of another store, nothing for nobody, and takes no money that is not asked for", async () => {
  const tenant = await shop();
  const { body: { id: elsewhere } } = await tenant.console.post("/org-units", { parentId: tenant.cityId, kind: "store", code: "FAR-1", name: "远店" });
  const id = await item(tenant);
  const take = (body: object) => tenant.console.post(`/members/${tenant.member.memberId}/redemptions`, { itemId: id, storeId: tenant.storeId, ...body }, { key: randomUUID() });
  expect((await take({ payment: "cash" })).body.errors).toMatchObject([{ field: "payment", code: "not-for-kind" }]);
  expect((await take({ storeId: randomUUID() })).status).toBe(404);
  await tenant.console.patch(`/mall-items/${id}`, { storeIds: [tenant.storeId] });
  expect((await take({ storeId: elsewhere })).body.code).toBe("loyalty/other-store");
  expect((await take({})).status).toBe(201);
  expect((await tenant.console.post(`/members/${randomUUID()}/redemptions`, { itemId: id, storeId: tenant.storeId }, { key: randomUUID() })).status).toBe(404);
});

test("the period of a limit is the day's own; a week begins on Monday", () => {
  expect((["ever", "day", "month", "year"] as const).map((kind) => periodOf(kind, "2026-11-22"))).toEqual(["ever", "2026-11-22", "2026-11", "2026"]);
  expect(["2026-11-16", "2026-11-22", "2026-11-23"].map((on) => periodOf("week", on))).toEqual(["week 2026-11-16", "week 2026-11-16", "week 2026-11-23"]);
});
