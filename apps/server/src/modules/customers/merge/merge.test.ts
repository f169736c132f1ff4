import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { broken } from "../../../../test/broken.ts";
import { clock, resetClock } from "../../../../test/server.ts";
import { brokenProofs } from "../../../../test/shop-steps.ts";
import { cart, orderId, tillTenant, type TillTenant } from "../../../../test/till.ts";
import { addressesOf } from "../address.ts";
import { mergeInvariants } from "../../../prove/merge.invariants.ts";

const key = () => ({ key: randomUUID() });
const merge = (tenant: TillTenant, survivorId: string, otherId: string, more: object = {}) =>
  tenant.console.post(`/members/${survivorId}:merge`, { otherId, reason: "同一位顾客", ...more }, key());
const undo = (tenant: TillTenant, mergeId: string) => tenant.console.post(`/merges/${mergeId}:undo`, { reason: "并错了" }, key());
const sell = (tenant: TillTenant, memberId: string, tenders: object[] = [{ kind: "cash" }], id = orderId()) =>
  tenant.till.post(`/quotes/${id}:commit`, { ...cart(tenant, memberId), tenders }, key());

async function have(tenant: TillTenant, memberId: string) {
  const { body } = await tenant.console.get(`/members/${memberId}`);
  return { points: body.points.active, stored: body.storedValue.principalFen + body.storedValue.bonusFen, orders: body.facts.orders, tier: body.tier?.name };
}

async function two(): Promise<{ tenant: TillTenant; one: string; other: string }> {
  const tenant = await tillTenant();
  return { tenant, one: tenant.memberId, other: await tenant.guest(500, 3_000, 600) };
}

describe("two members who are one", () => {
  test("become one with everything that both had, and every proof holds", async () => {
    const { tenant, one, other } = await two();
    await sell(tenant, one);
    await sell(tenant, other, [{ kind: "points", points: 100 }, { kind: "stored-value", amountFen: 1_000 }, { kind: "cash" }]);
    await tenant.console.post(`/members/${other}/tags`, { tag: "爱吃辣" });
    const { body: preview } = await tenant.console.post(`/members/${one}:preview-merge`, { otherId: other });
    expect(preview.blockers).toEqual([]);
    expect(preview.lines).toEqual(expect.arrayContaining([
      { what: "points", survivor: 1_100, absorbed: 500, after: 1_600 }, { what: "prepaid.principal", survivor: 10_000, absorbed: 2_167, after: 12_167 },
      { what: "orders", survivor: 1, absorbed: 1, after: 2 }, { what: "tags", survivor: 0, absorbed: 1, after: 1 }]));
    const { status, body } = await merge(tenant, one, other);
    expect([status, body.state, body.survivor.id, body.absorbed.id]).toEqual([200, "done", one, other]);
    expect(await have(tenant, one)).toEqual({ points: 1_600, stored: 14_600, orders: 2, tier: "银卡" });
    expect((await tenant.console.get(`/members/${one}`)).body.tags).toEqual(["爱吃辣"]);
    const { body: timeline } = await tenant.console.get(`/members/${one}/timeline`);
    const told = (kind: string) => timeline.items.filter((item: { kind: string }) => item.kind === kind).length;
    expect([told("commerce.order-paid"), told("customers.tag-changed"), told("customers.members-merged")]).toEqual([2, 1, 1]);
    expect(await brokenProofs(tenant)).toEqual([]);
  });

  test("the old id, the old number and the old phone find whoever they have become, at the till too", async () => {
    const { tenant, one, other } = await two();
    const { body: before } = await tenant.console.get(`/members/${other}`);
    await tenant.console.post(`/members/${other}/identities:link`, { kind: "phone", value: "13912349911", reason: "本人出示" });
    await merge(tenant, one, other);
    expect((await tenant.console.get(`/members/${other}`)).body.id).toBe(one);
    for (const by of [{ memberNo: before.memberNo }, { phone: "13912349911" }]) expect((await tenant.till.post("/members:lookup", by)).body.id).toBe(one);
    const id = orderId();
    expect((await tenant.till.put(`/quotes/${id}`, cart(tenant, other))).body.member.id).toBe(one);
    expect((await tenant.till.post(`/quotes/${id}:commit`, { tenders: [{ kind: "cash" }] }, key())).body.memberId).toBe(one);
    expect((await sell(tenant, other)).body.memberId).toBe(one);
    const { body: list } = await tenant.console.get("/members");
    expect(list.items.map((item: { id: string }) => item.id)).toEqual([one]);
    expect(await brokenProofs(tenant)).toEqual([]);
  });

  test("staff choose field by field; what is empty is filled, and whoever said no has said no", async () => {
    const { tenant, one, other } = await two();
    await tenant.console.patch(`/members/${one}`, { name: "王明", preferences: { sms: true, wechat: false } });
    await tenant.console.patch(`/members/${other}`, { name: "王小明", gender: "male", preferences: { sms: false, taste: "辣" }, birthday: { calendar: "lunar", month: 8, day: 15 }, address: "春熙路 12 号" });
    const addressOf = (id: string) => tenant.inScope(async (scope) => (await addressesOf(scope, [id])).get(id));
    const { body: preview } = await tenant.console.post(`/members/${one}:preview-merge`, { otherId: other, choices: { name: "absorbed" } });
    expect(Object.fromEntries(preview.fields.map((field: { field: string; winner: string }) => [field.field, field.winner])))
      .toEqual({ name: "absorbed", gender: "absorbed", birthday: "absorbed", phone: "survivor", homeStoreId: "survivor" });
    const { body } = await merge(tenant, one, other, { choices: { name: "absorbed" } });
    expect((await tenant.console.get(`/members/${one}`)).body)
      .toMatchObject({ name: "王小明", gender: "male", birthday: { calendar: "lunar", month: 8, day: 15 }, preferences: { sms: false, wechat: false, taste: "辣" } });
    expect(await addressOf(one)).toBe("春熙路 12 号");
    await tenant.console.patch(`/members/${one}`, { gender: "female" });
    await undo(tenant, body.id);
    expect((await tenant.console.get(`/members/${one}`)).body).toMatchObject({ name: "王明", gender: "female", birthday: null, preferences: { sms: true, wechat: false } });
    expect([await addressOf(one), await addressOf(other)]).toEqual([undefined, "春熙路 12 号"]);
    expect((await tenant.console.get(`/members/${other}`)).body).toMatchObject({ name: "王小明", gender: "male", preferences: { sms: false, taste: "辣" } });
  });

  test("own fields are shown side by side and chosen one by one; what was taken up since stays, and who took a unique value meanwhile keeps it", async () => {
    const { tenant, one, other } = await two();
    for (const field of [{ key: "nick", kind: "text", isUnique: true, isFilterable: true }, { key: "tel", kind: "phone", isUnique: true }, { key: "seats", kind: "number" }]) {
      expect((await tenant.console.post("/objects/member/fields", { name: "字段", ...field })).status).toBe(201);
    }
    await tenant.console.patch(`/members/${one}`, { custom: { nick: "老王", seats: 2 } });
    await tenant.console.patch(`/members/${other}`, { custom: { nick: "王老板", tel: "13912345678", seats: 2 } });
    const { body: preview } = await tenant.console.post(`/members/${one}:preview-merge`, { otherId: other, choices: { custom: { nick: "absorbed" } } });
    expect(preview.custom).toEqual([
      { field: "nick", survivor: "老王", absorbed: "王老板", winner: "absorbed" }, { field: "tel", survivor: null, absorbed: "139****5678", winner: "absorbed" },
    ]);
    const { body } = await merge(tenant, one, other, { choices: { custom: { nick: "absorbed" } } });
    const custom = async (id: string) => (await tenant.console.get(`/members/${id}`)).body.custom;
    expect(await custom(one)).toEqual({ nick: "王老板", tel: "139****5678", seats: 2 });
    const third = await tenant.guest();
    // What either of them had is nobody else's while it can be undone.
    for (const nick of ["老王", "王老板"]) expect((await tenant.console.patch(`/members/${third}`, { custom: { nick } })).body.errors).toMatchObject([{ field: "custom.nick", code: "duplicate" }]);
    await tenant.console.patch(`/members/${one}`, { custom: { nick: "王总", seats: 4 } });
    expect((await tenant.console.patch(`/members/${third}`, { custom: { nick: "王老板" } })).status).toBe(200);
    await undo(tenant, body.id);
    expect([await custom(one), await custom(other)]).toEqual([{ nick: "王总", tel: null, seats: 4 }, { nick: null, tel: "139****5678", seats: 2 }]);
    expect(await brokenProofs(tenant)).toEqual([]);
  });

  test("the higher tier stays with its term, also one given by hand; parted, each has their own again", async () => {
    const { tenant, one, other } = await two();
    await tenant.console.post(`/members/${other}/tier:grant`, { tierId: tenant.goldId, until: "2099-12-31", reason: "合作伙伴" });
    await sell(tenant, one);
    const { body } = await merge(tenant, one, other);
    expect(await have(tenant, one)).toMatchObject({ tier: "金卡" });
    expect(await brokenProofs(tenant)).toEqual([]);
    await undo(tenant, body.id);
    expect([await have(tenant, one), await have(tenant, other)]).toMatchObject([{ tier: "普卡", orders: 1 }, { tier: "金卡", orders: 0 }]);
    expect(await brokenProofs(tenant)).toEqual([]);
  });
});

describe("undone", () => {
  test("each gets back what is left of what they brought; what was spent meanwhile came from the lots that end first", async () => {
    const { tenant, one, other } = await two();
    const sold = await sell(tenant, other);
    const { body } = await merge(tenant, one, other);
    await sell(tenant, one, [{ kind: "points", points: 1_200 }, { kind: "cash" }]);
    const { body: preview } = await tenant.console.get(`/merges/${body.id}:preview-undo`);
    const points = preview.lines.find((line: { what: string }) => line.what === "points");
    const { status } = await undo(tenant, body.id);
    expect(status).toBe(200);
    const [a, b] = [await have(tenant, one), await have(tenant, other)];
    expect([a.points, b.points]).toEqual([points.after, points.absorbed]);
    // 1,000 of the one, 500 and an order's 100 of the other; of the 1,200 that went the oldest 1,000 went first. What the order brought is the one's.
    expect([a.points, b.points]).toEqual([100, 400]);
    expect([a.stored, b.stored, a.orders, b.orders]).toEqual([12_000, 3_600, 1, 1]);
    expect((await tenant.till.get(`/orders/${sold.body.id}`)).body.memberId).toBe(other);
    expect(await brokenProofs(tenant)).toEqual([]);
  });

  test("an order of either is returned before, between and after, and comes back to whose it is", async () => {
    const { tenant, one, other } = await two();
    const tenders = [{ kind: "points", points: 300 }, { kind: "stored-value", amountFen: 2_000 }, { kind: "cash" }];
    const mine = await sell(tenant, other, tenders);
    const { body } = await merge(tenant, one, other);
    const between = await sell(tenant, one, [{ kind: "points", points: 1_150 }, { kind: "stored-value", amountFen: 5_000 }, { kind: "cash" }]);
    const half = { lines: [{ lineId: "a", quantity: 1 }], reason: "退" };
    expect((await tenant.till.post(`/orders/${mine.body.id}:return`, half, key())).status).toBe(200);
    expect(await brokenProofs(tenant)).toEqual([]);
    expect((await undo(tenant, body.id)).status).toBe(200);
    expect(await brokenProofs(tenant)).toEqual([]);
    for (const order of [mine, between]) expect((await tenant.till.post(`/orders/${order.body.id}:return`, { whole: true, reason: "退" }, key())).status).toBe(200);
    // 100 that the order between took from the other's lots come back to the member whose order it is.
    expect([await have(tenant, one), await have(tenant, other)]).toMatchObject([{ points: 1_100, stored: 12_000 }, { points: 400, stored: 3_600 }]);
    expect(await brokenProofs(tenant)).toEqual([]);
  });

  test("the later merge is undone before the earlier, none twice, and none after 180 days", async () => {
    const { tenant, one, other } = await two();
    const third = await tenant.guest(10, 0, 0);
    const { body: first } = await merge(tenant, other, third);
    const { body: second } = await merge(tenant, one, other);
    const early = await undo(tenant, first.id);
    expect([early.status, early.body.blockers]).toEqual([409, ["merged-again"]]);
    expect((await tenant.console.get(`/members/${third}`)).body.id).toBe(one);
    expect((await undo(tenant, second.id)).status).toBe(200);
    expect((await undo(tenant, second.id)).body.blockers).toEqual(["undone"]);
    expect(await have(tenant, other)).toMatchObject({ points: 510 });
    clock.advance(181 * 86_400_000);
    expect((await undo(tenant, first.id)).body.blockers).toEqual(["too-late"]);
    resetClock();
    expect((await undo(tenant, first.id)).status).toBe(200);
    expect(await brokenProofs(tenant)).toEqual([]);
  });

  test("what is held for something after the merge is let go first", async () => {
    const { tenant, one, other } = await two();
    const { body } = await merge(tenant, one, other);
    const { body: frozen } = await tenant.console.post(`/members/${one}/points:freeze`, { points: 1_400, reason: "核查" }, key());
    const refused = await undo(tenant, body.id);
    expect([refused.status, refused.body.code]).toEqual([409, "ledger/value-held"]);
    expect(frozen.id).toBeDefined();
    expect((await have(tenant, other)).points).toBe(100);
  });
});

describe("with others at the same time", () => {
  test("a merge in the middle of orders, top-ups and returns loses nothing", async () => {
    const { tenant, one, other } = await two();
    const sold = await sell(tenant, other, [{ kind: "points", points: 100 }, { kind: "cash" }]);
    const answers = await Promise.all([
      ...Array.from({ length: 6 }, (_, at) => sell(tenant, at % 2 ? one : other, [{ kind: "points", points: 50 }, { kind: "cash" }])),
      merge(tenant, one, other), tenant.till.post(`/orders/${sold.body.id}:return`, { whole: true, reason: "退" }, key()),
      tenant.console.post(`/members/${other}/tags`, { tag: "急" }),
    ]);
    expect(answers.map(({ status }) => status).filter((status) => status >= 500)).toEqual([]);
    expect(answers[6]?.status).toBe(200);
    await tenant.drain();
    expect((await have(tenant, one)).orders).toBe(7);
    expect(await brokenProofs(tenant)).toEqual([]);
  });

  test("two who merge the same pair the one and the other way round: one of them does", async () => {
    const { tenant, one, other } = await two();
    const answers = await Promise.all([merge(tenant, one, other), merge(tenant, other, one), merge(tenant, one, other)]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await brokenProofs(tenant)).toEqual([]);
  });

  test("the same request again answers the same merge", async () => {
    const { tenant, one, other } = await two();
    const [idempotency, body] = [key(), { otherId: other, reason: "同一位顾客" }];
    const first = await tenant.console.post(`/members/${one}:merge`, body, idempotency);
    const again = await tenant.console.post(`/members/${one}:merge`, body, idempotency);
    expect(again.body).toEqual(first.body);
    expect(again.headers["idempotency-hit"]).toBe("true");
  });
});

test("frozen stored value, a stranger, oneself, and staff without the right are refused", async () => {
  const { tenant, one, other } = await two();
  expect((await (await tenant.as("cashier")).post(`/members/${one}:merge`, { otherId: other, reason: "x" }, key())).status).toBe(403);
  expect((await merge(tenant, one, one)).status).toBe(422);
  expect((await merge(tenant, one, randomUUID())).status).toBe(404);
  await tenant.console.post(`/members/${other}/stored-value:freeze`, { kind: "loss", reason: "挂失" }, key());
  const refused = await merge(tenant, one, other);
  expect([refused.status, refused.body.blockers]).toEqual([409, ["stored-value-frozen"]]);
});

test("the proofs find what stayed behind and an alias without its paper", async () => {
  const { tenant, one, other } = await two();
  await sell(tenant, other);
  await merge(tenant, one, other);
  expect(await broken(tenant, mergeInvariants)).toEqual([]);
  const [behind, paper] = mergeInvariants.map(({ name }) => name);
  expect(await broken(tenant, mergeInvariants, `update commerce."order" set member_id = '${other}' where tenant_id = $1 returning 1`)).toEqual([behind]);
  expect(await broken(tenant, mergeInvariants, "update customers.merge set state = 'undone', undone_at = now() where tenant_id = $1 returning 1")).toEqual([paper]);
});
