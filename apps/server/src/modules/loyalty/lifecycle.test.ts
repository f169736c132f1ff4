import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { joinMember } from "../../../test/member.ts";
import { clock } from "../../../test/server.ts";
import { freshTenant } from "../../../test/tenant.ts";
import { orderId, tillTenant, type TillTenant } from "../../../test/till.ts";
import { Problem } from "../../kernel/problem.ts";
import { transferPoints } from "./transfer.ts";
import { activeFromOf, expiryOf } from "./lifetime.ts";
import { currentProgram, type Program } from "./program.ts";

const DAY_MS = 86_400_000;
const ZONE = "Asia/Shanghai";

const program = (tenant: TillTenant, settings: object) => tenant.console.put("/points-program", { earn: { points: 1, perFen: 100 }, spend: { points: 100, fen: 100, step: 1 }, ...settings });

async function pay(tenant: TillTenant, unitPriceFen: number, tenders: object[] = [{ kind: "cash" }], memberId = tenant.memberId): Promise<string> {
  const id = orderId();
  const reply = await tenant.till.post(`/quotes/${id}:commit`, {
    storeId: tenant.storeId, channel: "pos", memberId, lines: [{ lineId: "1", sku: "X", name: "火锅", quantity: 1, unitPriceFen }], tenders,
  }, { key: `${id}-key` });
  expect(reply.status, JSON.stringify(reply.body)).toBe(200);
  return id;
}

const back = (tenant: TillTenant, id: string, body: object = { whole: true }) =>
  tenant.till.post(`/orders/${id}:return`, { reason: "客人退菜", ...body }, { key: randomUUID() });
const pointsOf = async (tenant: TillTenant, memberId = tenant.memberId) => (await tenant.console.get(`/members/${memberId}`)).body.points;
const adjust = (tenant: TillTenant, points: number, memberId = tenant.memberId) =>
  tenant.console.post(`/members/${memberId}/points:adjust`, { points, reason: "盘点" }, { key: randomUUID() });

describe("when points begin and end", () => {
  const at = (text: string) => new Date(text);
  const base = { pendingKind: "none", pendingDays: 0, expiryKind: "never", expiryMonths: 12, expiryDay: "12-31" } as Program;
  const end = (settings: Partial<Program>, earnedAt: Date, activeFrom?: Date) => expiryOf({ ...base, ...settings }, earnedAt, ZONE, activeFrom)?.toISOString() ?? null;

  test("each mode ends at the midnight that it names, in the tenant's zone", () => {
    const earned = at("2020-07-06T04:00:00Z");
    expect(end({ expiryKind: "months" }, earned)).toBe("2021-07-31T16:00:00.000Z");
    expect(end({ expiryKind: "year-end" }, earned)).toBe("2021-12-31T16:00:00.000Z");
    expect(end({ expiryKind: "fixed-date", expiryMonths: 0 }, earned)).toBe("2020-12-31T16:00:00.000Z");
    expect(end({ expiryKind: "fixed-date", expiryMonths: 6 }, earned)).toBe("2021-12-31T16:00:00.000Z");
    expect(end({ expiryKind: "fixed-date", expiryMonths: 0, expiryDay: "07-06" }, earned)).toBe("2020-07-06T16:00:00.000Z");
    expect(end({ expiryKind: "fixed-date", expiryMonths: 0, expiryDay: "02-29" }, at("2021-01-05T04:00:00Z"))).toBe("2021-02-28T16:00:00.000Z");
    expect(end({ expiryKind: "activation" }, earned, at("2020-07-20T16:00:00Z"))).toBe("2021-07-21T16:00:00.000Z");
    expect(end({}, earned)).toBeNull();
  });

  test("pending days run from the moment, a return window to the midnight after its last day", () => {
    const earned = at("2026-11-21T04:00:00Z");
    expect(activeFromOf({ ...base, pendingKind: "days", pendingDays: 3 }, earned, ZONE).toISOString()).toBe("2026-11-24T04:00:00.000Z");
    expect(activeFromOf({ ...base, pendingKind: "return-window", pendingDays: 7 }, earned, ZONE).toISOString()).toBe("2026-11-28T16:00:00.000Z");
  });
});

test("points of an order are pending until the window is over; a return takes the pending ones first; they never pay their own order", async () => {
  const tenant = await tillTenant();
  expect((await program(tenant, { pending: { kind: "return-window", days: 7 } })).status).toBe(200);
  await adjust(tenant, -1_000);
  const id = orderId();
  const own = await tenant.till.post(`/quotes/${id}:commit`, {
    storeId: tenant.storeId, channel: "pos", memberId: tenant.memberId, lines: [{ lineId: "1", sku: "X", name: "火锅", quantity: 1, unitPriceFen: 50_000 }],
    tenders: [{ kind: "points", points: 100 }, { kind: "cash" }],
  }, { key: `${id}-key` });
  expect(own).toMatchObject({ status: 409, body: { code: "ledger/insufficient-balance" } });
  const first = await pay(tenant, 30_000);
  await adjust(tenant, 50);
  expect(await pointsOf(tenant)).toMatchObject({ active: 50, pending: 300, activating: { points: 300 } });
  await back(tenant, first, { amountFen: 10_000 });
  expect(await pointsOf(tenant)).toMatchObject({ active: 50, pending: 200, owed: 0 });
  clock.advance(9 * DAY_MS);
  expect(await pointsOf(tenant)).toMatchObject({ active: 250, pending: 0, activating: null });
});

test("what a return does whose points are gone: refuse, go below zero, show nothing and keep the next, or take it from the money", async () => {
  const tenant = await tillTenant();
  const spent = async (negativePolicy: string) => {
    const memberId = await tenant.guest(0, 0, 0);
    await program(tenant, { negativePolicy });
    const id = await pay(tenant, 10_000, [{ kind: "cash" }], memberId);
    await adjust(tenant, -80, memberId);
    return { memberId, reply: await back(tenant, id) };
  };
  expect((await spent("forbid")).reply).toMatchObject({ status: 409, body: { code: "commerce/points-already-spent", missing: { points: 80 } } });
  const shown = await spent("show");
  expect(shown.reply).toMatchObject({ status: 200, body: { refundedFen: 10_000 } });
  expect(await pointsOf(tenant, shown.memberId)).toMatchObject({ active: -80, owed: 80 });
  const withheld = await spent("withhold");
  expect(await pointsOf(tenant, withheld.memberId)).toMatchObject({ active: 0, owed: 80 });
  await pay(tenant, 10_000, [{ kind: "cash" }], withheld.memberId);
  expect(await pointsOf(tenant, withheld.memberId)).toMatchObject({ active: 20, owed: 0 });
  const [earned] = (await tenant.console.get(`/members/${withheld.memberId}/points-entries`)).body.items;
  expect(earned).toMatchObject({ kind: "earn", points: 100, withheld: 80, balanceAfter: 20 });
  const clawed = await spent("claw");
  expect(clawed.reply).toMatchObject({ status: 200, body: { status: "refunded", refundedFen: 9_920, returns: [{ amountFen: 9_920, pointsTakenBack: 20, pointsClawed: 80, clawedFen: 80 }] } });
  expect(await pointsOf(tenant, clawed.memberId)).toMatchObject({ active: 0, owed: 0 });
});

test("spent points go back to their lot; where it has ended meanwhile they are good for the days of grace only", async () => {
  const tenant = await tillTenant();
  const memberId = await tenant.guest(0, 0, 0);
  await program(tenant, { expiry: "activation", expiryMonths: 1, restoreGraceDays: 5 });
  await adjust(tenant, 300, memberId);
  const id = await pay(tenant, 10_000, [{ kind: "points", points: 200 }, { kind: "cash" }], memberId);
  clock.advance(40 * DAY_MS);
  await program(tenant, { restoreGraceDays: 5, expiry: "never" });
  await back(tenant, id);
  const points = await pointsOf(tenant, memberId);
  // The hundred that were not spent have ended with their lot, the hundred earned went back.
  expect(points).toMatchObject({ active: 200, expiringSoon: { points: 200, days: 5 } });
  clock.advance(6 * DAY_MS);
  expect((await pointsOf(tenant, memberId)).active).toBe(0);
  await tenant.runSchedule("ledger.expire");
  await tenant.drain();
  const proof = await tenant.inScope((scope) => scope.tx.rows<{ ok: boolean }>(
    `select a.balance = 0 and a.balance = (select sum(amount) from ledger.posting p where p.tenant_id = $1 and p.account_id = a.id) as ok
       from ledger.account a where a.tenant_id = $1 and a.holder_id = $2 and a.asset = 'points'`, [scope.tenantId, memberId]));
  expect(proof).toEqual([{ ok: true }]);
});

test("frozen points are nobody's to spend, pass on or take, do not end, and come back once", async () => {
  const tenant = await tillTenant();
  const freeze = (body: object) => tenant.console.post(`/members/${tenant.memberId}/points:freeze`, { reason: "疑似盗用", ...body }, { key: randomUUID() });
  const frozen = await freeze({ points: 700 });
  expect(frozen).toMatchObject({ status: 200, body: { points: 700, releasedAt: null } });
  expect(await pointsOf(tenant)).toMatchObject({ active: 300, frozen: 700 });
  expect(await adjust(tenant, -400)).toMatchObject({ status: 409, body: { missing: { points: 100 } } });
  expect(await freeze({ points: 301 })).toMatchObject({ status: 409, body: { code: "loyalty/insufficient-points", missing: { points: 1 } } });
  expect((await freeze({})).body.points).toBe(300);
  expect(await freeze({})).toMatchObject({ status: 409 });
  const release = (reason = "核实无误") => tenant.console.post(`/members/${tenant.memberId}/points-freezes/${frozen.body.id}:release`, { reason }, { key: randomUUID() });
  expect(await release()).toMatchObject({ status: 200, body: { releaseReason: "核实无误" } });
  expect(await release()).toMatchObject({ status: 409, body: { code: "loyalty/already-released" } });
  expect(await pointsOf(tenant)).toMatchObject({ active: 700, frozen: 300 });
  expect((await tenant.console.get(`/members/${tenant.memberId}/points-freezes`)).body.items).toHaveLength(2);
  const cashier = await tenant.as("cashier");
  expect((await cashier.post(`/members/${tenant.memberId}/points:freeze`, { reason: "x" }, { key: randomUUID() })).status).toBe(403);
});

test("passing points on keeps their dates and their origin, and a member is held to the day's limit", async () => {
  const tenant = await freshTenant();
  const [from, to] = [await joinMember(tenant), await joinMember(tenant)];
  const settings = { earn: { points: 1, perFen: 100 }, spend: { points: 100, fen: 100 }, expiry: "months", expiryMonths: 6 };
  await tenant.console.put("/points-program", settings);
  await tenant.console.post(`/members/${from.memberId}/points:adjust`, { points: 500, reason: "补偿" }, { key: randomUUID() });
  const { memberNo } = (await to.get("/me")).body;
  const pass = (points: number, key = randomUUID() as string) => from.post("/me/points:transfer", { memberNo, points }, { key });
  expect(await pass(10)).toMatchObject({ status: 409, body: { code: "loyalty/transfer-off" } });
  await tenant.console.put("/points-program", { ...settings, transferDayLimit: 200 });
  expect(await pass(150, "pass-150")).toMatchObject({ status: 200, body: { points: 150, balance: { active: 350 } } });
  expect((await pass(150, "pass-150")).headers["idempotency-hit"]).toBe("true");
  expect(await pass(51)).toMatchObject({ status: 409, body: { code: "loyalty/transfer-limit", missing: { points: 1 } } });
  expect(await from.post("/me/points:transfer", { memberNo: (await from.get("/me")).body.memberNo, points: 1 }, { key: randomUUID() })).toMatchObject({ status: 422 });
  const [mine, theirs] = [(await from.get("/me")).body.points, (await to.get("/me")).body.points];
  expect([mine.active, theirs.active, theirs.expiring.on]).toEqual([350, 150, mine.expiring.on]);
  expect((await from.get("/me/points-entries")).body.items[0]).toMatchObject({ kind: "transfer-out", points: -150, balanceAfter: 350, orderId: null });
  const lots = await tenant.inScope((scope) => scope.tx.rows("select origin_holder_id from ledger.lot where tenant_id = $1 and origin_kind = 'adjustment' order by id", [scope.tenantId]));
  expect(lots).toEqual([{ origin_holder_id: from.memberId }, { origin_holder_id: from.memberId }]);
});

test("before passing points on, a member sees how many and the masked name of whom; never their own, nor anything where it is off", async () => {
  const tenant = await freshTenant();
  const [from, to] = [await joinMember(tenant), await joinMember(tenant)];
  const settings = { earn: { points: 1, perFen: 100 }, spend: { points: 100, fen: 100 } };
  await tenant.console.put("/points-program", settings);
  await tenant.console.post(`/members/${from.memberId}/points:adjust`, { points: 120, reason: "补偿" }, { key: randomUUID() });
  const [{ body: { memberNo } }, { body: { memberNo: own } }] = [await to.get("/me"), await from.get("/me")];
  const ask = (by: object) => from.post("/me/points-transfer:recipient", by);
  expect((await from.get("/me/points-transfer")).body).toEqual({ limit: null, most: 0, available: 120 });
  expect(await ask({ memberNo })).toMatchObject({ status: 409, body: { code: "loyalty/transfer-off" } });
  await tenant.console.put("/points-program", { ...settings, transferDayLimit: 100 });
  expect(await ask({ memberNo })).toMatchObject({ status: 200, body: { name: "李**" } });
  expect(await ask({ memberNo: own })).toMatchObject({ status: 422, body: { errors: [{ field: "memberNo", code: "same" }] } });
  expect((await ask({ phone: "13900000001" })).status).toBe(404);
  expect(await ask({ memberNo, phone: "13900000001" })).toMatchObject({ status: 422 });
  await from.post("/me/points:transfer", { memberNo, points: 30 }, { key: randomUUID() });
  expect((await from.get("/me/points-transfer")).body).toEqual({ limit: 100, most: 70, available: 90 });
  const byStaff = await (await tenant.open(["points:write"])).post(`/members/${from.memberId}/points:transfer`, { memberNo, points: 15, reason: "合并" }, { key: randomUUID() });
  expect([byStaff.status, (await from.get("/me/points-transfer")).body]).toEqual([200, { limit: 100, most: 70, available: 75 }]);
  expect((await to.get("/me/points-transfer")).body).toEqual({ limit: 100, most: 45, available: 45 });
});

test("forty transfers at once, there and back, lose nothing and stay within the limit", async () => {
  const tenant = await freshTenant();
  const [a, b] = [await joinMember(tenant), await joinMember(tenant)];
  await tenant.console.put("/points-program", { earn: { points: 1, perFen: 100 }, spend: { points: 100, fen: 100 }, transferDayLimit: 100 });
  for (const { memberId } of [a, b]) await tenant.console.post(`/members/${memberId}/points:adjust`, { points: 1_000, reason: "补偿" }, { key: randomUUID() });
  const numbers = await Promise.all([a, b].map(async (one) => (await one.get("/me")).body.memberNo as string));
  const door = await tenant.open(["points:write"]);
  // The member's own door counts how often one address knocks, so the members go in by the operation.
  const asMember = (fromId: string, toId: string) => tenant.inScope((scope) =>
    transferPoints({ ...scope, actor: { kind: "member", memberId: fromId as never, sessionId: "" } }, { fromId, toId, points: 30, reason: null }))
    .then(() => ({ status: 200, body: { code: "" } }), (error: unknown) => ({ status: 409, body: { code: error instanceof Problem ? error.code : String(error) } }));
  const replies = await Promise.all(Array.from({ length: 40 }, (_, at) => {
    const [from, to] = at % 2 === 0 ? [a, numbers[1]] : [b, numbers[0]];
    return at < 8 ? asMember(from.memberId, from === a ? b.memberId : a.memberId)
      : door.post(`/members/${from.memberId}/points:transfer`, { memberNo: to, points: 7, reason: "合并" }, { key: randomUUID() });
  }));
  expect(replies.filter((reply) => reply.status !== 200).map((reply) => reply.body.code)).toEqual(["loyalty/transfer-limit", "loyalty/transfer-limit"]);
  const moved = await tenant.inScope((scope) => scope.tx.rows<{ by: string; points: number }>(
    "select split_part(by_actor, ':', 1) || from_member_id as by, sum(points)::int as points from loyalty.points_transfer where tenant_id = $1 group by 1 order by 1", [scope.tenantId]));
  expect(moved.map((row) => row.points).toSorted((x, y) => x - y)).toEqual([90, 90, 112, 112]);
  const balances = await Promise.all([a, b].map(async (one) => (await one.get("/me")).body.points.active as number));
  expect(balances).toEqual([1_000, 1_000]);
});

test("a program keeps what a body leaves out, and refuses what does not fit together", async () => {
  const tenant = await tillTenant();
  const reply = await program(tenant, { expiry: "fixed-date", expiryMonths: 3, expiryDay: "03-31", pending: { kind: "days", days: 2 }, combine: "best", maxPerDay: 500, negativePolicy: "claw" });
  expect(reply).toMatchObject({ status: 200, body: { expiry: "fixed-date", expiryDay: "03-31", pending: { kind: "days", days: 2 }, combine: "best", maxPerDay: 500 } });
  expect((await program(tenant, {})).body).toMatchObject({ expiry: "fixed-date", expiryMonths: 3, negativePolicy: "claw", maxPerDay: 500 });
  expect((await program(tenant, { maxPerDay: null })).body.maxPerDay).toBeNull();
  expect((await program(tenant, { expiry: "activation", expiryMonths: null })).body.errors[0].field).toBe("expiryMonths");
  expect((await program(tenant, { pending: { kind: "days", days: 0 } })).body.errors[0].field).toBe("pending.days");
  expect((await program(tenant, { expiryDay: "13-01" })).body.errors[0].field).toBe("expiryDay");
  expect((await tenant.inScope(currentProgram)).expiryDay).toBe("03-31");
});

test("whoever looks names up one by one is stopped after ten, and nobody else at the same address with them", async () => {
  const tenant = await freshTenant();
  const [guesser, neighbour] = [await joinMember(tenant), await joinMember(tenant)];
  const guess = (who: typeof guesser, n: number) => who.post("/me/points-transfer:recipient", { memberNo: `M${n}` });
  const statuses: number[] = [];
  for (let n = 0; n < 11; n++) statuses.push((await guess(guesser, n)).status);
  expect([new Set(statuses.slice(0, 10)).has(429), statuses.at(-1)]).toEqual([false, 429]);
  expect((await guess(neighbour, 1)).status).not.toBe(429);
});
