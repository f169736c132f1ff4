import { randomUUID } from "node:crypto";
import { expect, inject, test } from "vitest";
import { joinMember, type TestMember } from "../../../../test/member.ts";
import { clock } from "../../../../test/server.ts";
import { tillTenant, type TillTenant } from "../../../../test/till.ts";
import { addDays, dayOf, type Day } from "../../../kernel/days.ts";
import { mallInvariants } from "../../../prove/mall.invariants.ts";
import { prove } from "../../../prove/prove.ts";
import { termOf } from "./period.ts";

const ZONE = "Asia/Shanghai";
const HOUR_MS = 3_600_000;

async function benefit(tenant: TillTenant, body: object): Promise<string> {
  const reply = await tenant.console.post("/benefits", { name: "权益", state: "live", ...body });
  expect(reply.status, JSON.stringify(reply.body)).toBe(201);
  return reply.body.id;
}

const key = () => ({ key: randomUUID() });
const grantsOf = async (member: TestMember) => (await member.get("/me/benefits")).body.items;
const claim = (member: TestMember, grantId: string) => member.post(`/me/benefits/${grantId}:claim`, {}, key());
const use = (tenant: TillTenant, memberId: string, grantId: string) => tenant.console.post(`/members/${memberId}/benefits:use`, { grantId, storeId: tenant.storeId }, key());

async function night(tenant: TillTenant): Promise<void> {
  await tenant.runSchedule("loyalty.benefits-nightly");
  await tenant.drain();
}

/** The server's clock at ten in the morning of a day. */
const goTo = (day: Day) => clock.toMorning(ZONE, day);

async function expectProved(tenant: TillTenant): Promise<void> {
  const own = mallInvariants.map(({ name, sql }) => ({ name, sql: `select * from (${sql}) x where x.tenant_id = '${tenant.tenantId}'` }));
  expect((await prove(inject("ownerUrl"), undefined, own)).filter((finding) => finding.broken > 0)).toEqual([]);
}

test("periods have names and bounds of the tenant's zone", () => {
  const name = (kind: "month" | "quarter" | "year", day: Day) => {
    const { period, from, until } = termOf(kind, day, ZONE);
    return [period, dayOf(from, ZONE), until && dayOf(until, ZONE)];
  };
  expect(name("month", "2026-12-31")).toEqual(["2026-12", "2026-12-01", "2027-01-01"]);
  expect(name("quarter", "2026-11-21")).toEqual(["2026-Q4", "2026-10-01", "2027-01-01"]);
  expect(name("year", "2026-01-01")).toEqual(["2026", "2026-01-01", "2027-01-01"]);
});

test("a benefit of each month is there without waiting for the night, is used up, and is back with the next month", async () => {
  const tenant = await tillTenant();
  const member = await joinMember(tenant);
  goTo(addDays(dayOf(clock.now(), ZONE).slice(0, 7) + "-15", 0));
  await benefit(tenant, { name: "免费停车", kind: "service", grantOn: "month", quota: 2 });
  const [grant] = await grantsOf(member);
  expect(grant).toMatchObject({ name: "免费停车", quota: 2, used: 0, left: 2, isClaimable: false, isUsable: true });
  expect((await claim(member, grant.id)).body.code).toBe("loyalty/benefit-at-counter");
  const answers = await Promise.all(Array.from({ length: 10 }, () => use(tenant, member.memberId, grant.id)));
  expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, 200, ...Array(8).fill(409)]);
  expect(answers.find((answer) => answer.status === 409)?.body).toMatchObject({ code: "loyalty/benefit-used-up", quota: 2 });
  clock.advance(31 * 24 * HOUR_MS);
  expect((await use(tenant, member.memberId, grant.id)).body.code).toBe("loyalty/benefit-over");
  expect(await grantsOf(member)).toMatchObject([{ used: 0, left: 2 }]);
  await expectProved(tenant);
});

test("a counter that repeats its request uses a benefit once, and an undone use can be used again", async () => {
  const tenant = await tillTenant();
  const member = await joinMember(tenant);
  await benefit(tenant, { name: "优先排队", kind: "priority-queue", grantOn: "quarter", quota: 1 });
  expect((await member.get("/me")).body.rights).toEqual([{ kind: "priority-queue", name: "优先排队" }]);
  const [grant] = await grantsOf(member);
  const cashier = await tenant.as("cashier");
  const same = { key: randomUUID() };
  const twice = [1, 2].map(() => cashier.post(`/members/${member.memberId}/benefits:use`, { grantId: grant.id, storeId: tenant.storeId, orderId: "o-1" }, same));
  const [first, second] = await Promise.all(twice);
  expect([first?.status, second?.status, first?.body.id === second?.body.id]).toEqual([200, 200, true]);
  const undo = (reason: object = { reason: "客人走了" }) => tenant.console.post(`/members/${member.memberId}/benefit-uses/${first?.body.id}:undo`, reason, key());
  expect((await member.get("/me")).body.rights).toEqual([]);
  expect((await cashier.post(`/members/${member.memberId}/benefit-uses/${first?.body.id}:undo`, { reason: "x" }, key())).status).toBe(403);
  expect((await undo()).body).toMatchObject({ undoReason: "客人走了" });
  expect((await undo()).status).toBe(409);
  expect((await use(tenant, member.memberId, grant.id)).status).toBe(200);
  expect((await tenant.console.get(`/members/${member.memberId}/benefit-uses`)).body.items).toHaveLength(2);
  await expectProved(tenant);
});

test("what a tier always brings goes with the tier; somebody else's grant is not found", async () => {
  const tenant = await tillTenant();
  const [member, other] = [await joinMember(tenant), await joinMember(tenant)];
  await benefit(tenant, { name: "优先排队", kind: "priority-queue", grantOn: "always", quota: null, tierIds: [tenant.silverId] });
  expect(await grantsOf(member)).toEqual([]);
  await silver(tenant, member.memberId);
  const [grant] = await grantsOf(member);
  expect(grant).toMatchObject({ quota: null, left: null, validUntil: null });
  for (const by of [await tenant.console.get(`/members/${member.memberId}`), await member.get("/me")]) expect(by.body.rights).toEqual([{ kind: "priority-queue", name: "优先排队" }]);
  expect((await other.get("/me")).body.rights).toEqual([]);
  expect((await use(tenant, other.memberId, grant.id)).status).toBe(404);
  expect((await use(tenant, member.memberId, grant.id)).status).toBe(200);
  await tenant.console.post(`/members/${member.memberId}/tier:revoke`, { reason: "说错了" });
  expect(await grantsOf(member)).toEqual([]);
  expect((await use(tenant, member.memberId, grant.id)).body.code).toBe("loyalty/benefit-over");
});

test("fifty members who ask at once get a partner's code each, ten of them, and none twice", async () => {
  const tenant = await tillTenant();
  const id = await benefit(tenant, { name: "视频会员", kind: "partner-code", grantOn: "year" });
  const codes = Array.from({ length: 10 }, (_, at) => `PARTNER-${at}`);
  expect((await tenant.console.post(`/benefits/${id}/codes`, { codes: [...codes, "PARTNER-0"] })).body).toEqual({ added: 10, known: 1, left: 10 });
  expect((await tenant.console.post(`/benefits/${id}/codes`, { codes })).body).toEqual({ added: 0, known: 10, left: 10 });
  const members = await Promise.all(Array.from({ length: 50 }, () => joinMember(tenant)));
  const grants = await Promise.all(members.map((member) => grantsOf(member)));
  const answers = await Promise.all(members.map((member, at) => claim(member, grants[at][0].id)));
  const handed = answers.filter((answer) => answer.status === 200).map((answer) => answer.body.code);
  expect(handed.toSorted()).toEqual(codes);
  expect(answers.find((answer) => answer.status !== 200)?.body.code).toBe("loyalty/codes-used-up");
  const lucky = answers.findIndex((answer) => answer.status === 200);
  const shown = (await tenant.console.get(`/members/${members[lucky]?.memberId}/benefit-uses`)).body.items[0];
  expect(codes).not.toContain(shown.code);
  expect((await tenant.console.post(`/members/${members[lucky]?.memberId}/benefit-uses/${shown.id}:undo`, { reason: "x" }, key())).status).toBe(409);
  await expectProved(tenant);
});

test("a gift of points is a lot of its own; undone it goes back, and what was spent of it is owed", async () => {
  const tenant = await tillTenant();
  const member = await joinMember(tenant);
  await benefit(tenant, { name: "月礼", kind: "points", points: 200, grantOn: "month" });
  const [grant] = await grantsOf(member);
  const { body } = await claim(member, grant.id);
  expect(body).toMatchObject({ points: 200, kind: "points" });
  expect((await member.get("/me")).body.points.active).toBe(200);
  expect((await member.get("/me/points-entries")).body.items).toMatchObject([{ kind: "earn.benefit", points: 200, reason: "月礼" }]);
  await tenant.console.post(`/members/${member.memberId}/points:adjust`, { points: -150, reason: "试" }, key());
  await tenant.console.post(`/members/${member.memberId}/benefit-uses/${body.id}:undo`, { reason: "给错了" }, key());
  expect((await member.get("/me")).body.points).toMatchObject({ owed: 150 });
  await expectProved(tenant);
});

test("a coupon that a benefit gave is taken back with it, unless it was used", async () => {
  const tenant = await tillTenant();
  const member = await joinMember(tenant);
  const { body: template } = await tenant.console.post("/coupon-templates", { name: "满100减20", kind: "amount-off", amountFen: 2_000, thresholdFen: 10_000, validity: { kind: "days", days: 30 } });
  await tenant.console.post(`/coupon-templates/${template.id}:publish`);
  await benefit(tenant, { kind: "coupon", couponTemplateId: template.id, grantOn: "month" });
  const [grant] = await grantsOf(member);
  const { body } = await claim(member, grant.id);
  expect((await member.get("/me")).body.couponsUsable).toBe(1);
  expect((await tenant.console.post(`/members/${member.memberId}/benefit-uses/${body.id}:undo`, { reason: "给错了" }, key())).status).toBe(200);
  expect((await member.get("/me")).body.couponsUsable).toBe(0);
});

/** A member who was born on a day of a calendar. */
async function born(tenant: TillTenant, birthday: object): Promise<TestMember> {
  const member = await joinMember(tenant);
  expect((await tenant.console.patch(`/members/${member.memberId}`, { birthday })).status).toBe(200);
  return member;
}

test("birthdays are given by night, in both calendars, on the day that they fall on", async () => {
  const tenant = await tillTenant();
  // 2027-02-10 is 正月初五; 2027 has no 29 February; 冬月 of the lunar year 2026 (from 2026-12-09) has 30 days, 腊月 29.
  goTo("2027-02-10");
  const solar = await born(tenant, { calendar: "solar", month: 2, day: 12 });
  const leapDay = await born(tenant, { calendar: "solar", year: 2000, month: 2, day: 29 });
  const lunar = await born(tenant, { calendar: "lunar", month: 1, day: 6 });
  const far = await born(tenant, { calendar: "lunar", month: 8, day: 15 });
  await benefit(tenant, { name: "生日礼", kind: "points", points: 88, grantOn: "birthday", leadDays: 3, validDays: 7, isAutomatic: true });
  const given = async () => Promise.all([solar, leapDay, lunar, far].map(async (member) => (await member.get("/me")).body.points.active));
  await night(tenant);
  expect(await given()).toEqual([88, 0, 88, 0]);
  await night(tenant);
  goTo("2027-02-26");
  await night(tenant);
  expect(await given()).toEqual([88, 88, 88, 0]);
  const [grant] = await grantsOf(leapDay);
  expect(grant).toMatchObject({ period: "birthday-2027", used: 1, left: 0 });
  goTo("2027-09-14");
  await night(tenant);
  expect(await given()).toEqual([88, 88, 88, 88]);
  await expectProved(tenant);
});

test("whoever moves the birthday gets no second gift within the year, over the turn of the year neither", async () => {
  const tenant = await tillTenant();
  goTo("2027-12-28");
  const member = await born(tenant, { calendar: "solar", month: 12, day: 29 });
  await benefit(tenant, { name: "生日礼", kind: "points", points: 88, grantOn: "birthday", leadDays: 3, isAutomatic: true });
  await night(tenant);
  // Not through the doors: sessions end within these months.
  const move = (month: number, day: number) => tenant.inScope((scope) =>
    scope.tx.rows("update customers.member set birth_month = $3, birth_day = $4 where tenant_id = $1 and id = $2 returning 1", [scope.tenantId, member.memberId, month, day]));
  const gifts = () => tenant.inScope((scope) =>
    scope.tx.rows<{ period: string }>("select period from loyalty.benefit_grant where tenant_id = $1 and used = 1 order by granted_at", [scope.tenantId]));
  for (const [month, day, on] of [[12, 30, "2027-12-29"], [1, 2, "2028-01-01"], [3, 15, "2028-03-14"]] as const) {
    await move(month, day);
    goTo(on);
    await night(tenant);
  }
  expect(await gifts()).toEqual([{ period: "birthday-2027" }]);
  await move(12, 20);
  goTo("2028-12-19");
  await night(tenant);
  expect(await gifts()).toEqual([{ period: "birthday-2027" }, { period: "birthday-2028" }]);
});

test("when the coupons run out at night the right is there all the same, to be claimed when there are some again", async () => {
  const tenant = await tillTenant();
  const members = [await joinMember(tenant), await joinMember(tenant)];
  const { body: template } = await tenant.console.post("/coupon-templates", { name: "月券", kind: "amount-off", amountFen: 500, thresholdFen: 0, stock: 1, validity: { kind: "days", days: 30 } });
  await tenant.console.post(`/coupon-templates/${template.id}:publish`);
  await benefit(tenant, { kind: "coupon", couponTemplateId: template.id, grantOn: "month", isAutomatic: true });
  await night(tenant);
  for (const member of members) expect(await grantsOf(member)).toMatchObject([{ used: 0, isClaimable: true }]);
  await tenant.console.patch(`/coupon-templates/${template.id}`, { stock: 10 });
  for (const member of members) expect((await claim(member, (await grantsOf(member))[0].id)).status).toBe(200);
  await expectProved(tenant);
});

test("a night gives what arrives by itself to the tiers that are named, once a period; it writes no right that somebody may claim later", async () => {
  const tenant = await tillTenant();
  const [member, other] = [await joinMember(tenant), await joinMember(tenant)];
  await silver(tenant, member.memberId);
  await benefit(tenant, { name: "月礼", kind: "points", points: 30, grantOn: "month", isAutomatic: true, tierIds: [tenant.silverId] });
  await benefit(tenant, { name: "停车", kind: "service", grantOn: "month", quota: 2 });
  for (const _night of [1, 2]) await night(tenant);
  expect([(await member.get("/me")).body.points.active, (await other.get("/me")).body.points.active]).toEqual([30, 0]);
  expect(await tenant.inScope((scope) => scope.tx.rows("select period from loyalty.benefit_grant where tenant_id = $1", [scope.tenantId]))).toHaveLength(1);
  await expectProved(tenant);
});

test("a benefit that contradicts itself is refused with every wrong field", async () => {
  const tenant = await tillTenant();
  const { body } = await tenant.console.post("/benefits", { name: "x", kind: "points", grantOn: "always", quota: null, couponTemplateId: randomUUID(), tierIds: [randomUUID()], isAutomatic: true });
  expect(body.errors.map((error: { field: string }) => error.field)).toEqual(["couponTemplateId", "points", "quota", "grantOn", "couponTemplateId", "tierIds.0"]);
});

test("staff give a benefit by hand; the mall sells one", async () => {
  const tenant = await tillTenant();
  const member = await joinMember(tenant);
  const id = await benefit(tenant, { name: "专人倒水", kind: "service", grantOn: "hand", quota: 3, validDays: 10 });
  const { body } = await tenant.console.post(`/members/${member.memberId}/benefits:grant`, { benefitId: id, reason: "赔礼" }, key());
  expect(body.items).toMatchObject([{ benefitId: id, quota: 3 }]);
  const { body: item } = await tenant.console.post("/mall-items", { name: "专人倒水 3 次", kind: "benefit", benefitId: id, points: 10, state: "live" });
  await tenant.console.post(`/members/${member.memberId}/points:adjust`, { points: 10, reason: "试" }, key());
  expect((await member.post(`/mall-items/${item.id}:redeem`, {}, key())).body.state).toBe("done");
  expect(await grantsOf(member)).toHaveLength(2);
  await expectProved(tenant);
});

/** What a delivered order of a member comes to, by its fees and its goods. */
async function priced(tenant: TillTenant, memberId: string | undefined): Promise<{ feesFen: number; netFen: number; names: string[] }> {
  const { status, body } = await tenant.till.put(`/quotes/${randomUUID()}`, {
    storeId: tenant.storeId, channel: "takeaway", ...(memberId ? { memberId } : {}), fees: [{ kind: "delivery", amountFen: 600 }],
    lines: [{ lineId: "1", sku: "HG-001", name: "毛肚", category: "荤菜", quantity: 2, unitPriceFen: 5_000 }],
  });
  expect(status, JSON.stringify(body)).toBe(200);
  return { feesFen: body.feesFen, netFen: body.netFen, names: body.effects.map((effect: { name: string }) => effect.name) };
}

const silver = (tenant: TillTenant, memberId: string) =>
  tenant.console.post(`/members/${memberId}/tier:grant`, { tierId: tenant.silverId, until: addDays(dayOf(clock.now(), ZONE), 30), reason: "赔礼" });

test("free delivery of a tier is an offer: the quote takes the fee off its members' orders, for as long as the benefit is in force", async () => {
  const tenant = await tillTenant();
  const [member, other] = [await joinMember(tenant), await joinMember(tenant)];
  await silver(tenant, member.memberId);
  const id = await benefit(tenant, { name: "银卡免配送费", kind: "free-delivery", grantOn: "always", quota: null, tierIds: [tenant.silverId] });
  expect(await priced(tenant, member.memberId)).toEqual({ feesFen: 0, netFen: 10_000, names: ["银卡免配送费"] });
  for (const memberId of [other.memberId, undefined]) expect(await priced(tenant, memberId)).toMatchObject({ feesFen: 600, netFen: 10_000 });
  const [grant] = await grantsOf(member);
  expect(grant).toMatchObject({ isApplied: true, isUsable: false, isClaimable: false });
  expect((await use(tenant, member.memberId, grant.id)).body.code).toBe("loyalty/benefit-at-till");
  expect((await member.get("/me")).body.rights).toEqual([{ kind: "free-delivery", name: "银卡免配送费" }]);
  for (const [change, feesFen] of [[{ tierIds: [tenant.goldId] }, 600], [{ tierIds: [tenant.silverId] }, 0], [{ state: "ended" }, 600]] as const) {
    expect([(await tenant.console.patch(`/benefits/${id}`, change)).status, (await priced(tenant, member.memberId)).feesFen]).toEqual([200, feesFen]);
  }
  expect((await member.get("/me")).body.rights).toEqual([]);
  expect((await tenant.console.get("/offers")).body.items).toMatchObject([{ name: "银卡免配送费", state: "paused" }]);
});

test("a tier's prices are an offer that the benefit names; while the offer rests, nobody is promised them", async () => {
  const tenant = await tillTenant();
  const member = await joinMember(tenant);
  await silver(tenant, member.memberId);
  const offer = await tenant.console.post("/offers", { name: "会员价", state: "paused", definition: { kind: "member-price", level: "line", prices: [{ sku: "HG-001", priceFen: 4_000 }] } });
  const fees = await tenant.console.post("/offers", { name: "运费", definition: { kind: "delivery-fee-off", level: "delivery" } });
  const prices = { name: "银卡价", kind: "exclusive-price", grantOn: "always", quota: null, tierIds: [tenant.silverId], state: "live" };
  const wrong = async (more: object) => (await tenant.console.post("/benefits", { ...prices, ...more })).body.errors.map((error: { field: string }) => error.field);
  expect(await wrong({})).toEqual(["offerId"]);
  expect(await wrong({ offerId: fees.body.id })).toEqual(["offerId"]);
  expect(await wrong({ offerId: offer.body.id, grantOn: "month", quota: 2 })).toEqual(["grantOn"]);
  expect(await wrong({ offerId: offer.body.id, tierIds: [] })).toEqual(["tierIds"]);
  expect((await tenant.console.post("/benefits", { ...prices, offerId: randomUUID() })).status).toBe(404);
  await benefit(tenant, { ...prices, offerId: offer.body.id });
  expect(await priced(tenant, member.memberId)).toMatchObject({ netFen: 8_000 });
  expect(await priced(tenant, undefined)).toMatchObject({ netFen: 10_000 });
  expect(await grantsOf(member)).toMatchObject([{ name: "银卡价", isApplied: true }]);
  await tenant.console.patch(`/offers/${offer.body.id}`, { state: "paused" });
  expect(await grantsOf(member)).toEqual([]);
  expect(await priced(tenant, member.memberId)).toMatchObject({ netFen: 10_000 });
});
