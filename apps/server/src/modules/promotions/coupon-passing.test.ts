import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { joinMember, type TestMember } from "../../../test/member.ts";
import { clock } from "../../../test/server.ts";
import { freshTenant, type TestTenant } from "../../../test/tenant.ts";

const DAY_MS = 86_400_000;
const TEMPLATE = { name: "满100减20", kind: "amount-off", amountFen: 2_000, thresholdFen: 10_000, validity: { kind: "days", days: 30 }, isGiftable: true };

async function live(tenant: TestTenant, more: object = {}): Promise<string> {
  const { body } = await tenant.console.post("/coupon-templates", { ...TEMPLATE, ...more });
  expect((await tenant.console.post(`/coupon-templates/${body.id}:publish`)).status).toBe(200);
  return body.id;
}

const claim = async (member: TestMember, id: string): Promise<string> => (await member.post(`/coupon-templates/${id}:claim`, {}, { key: randomUUID() })).body.id;
const wallet = async (member: TestMember) => (await member.get("/me/coupons")).body.items;

test("a coupon that is given away changes hands once, however many friends open the link", async () => {
  const tenant = await freshTenant();
  const giver = await joinMember(tenant);
  const friends = await Promise.all(Array.from({ length: 10 }, () => joinMember(tenant)));
  const id = await live(tenant);
  const couponId = await claim(giver, id);
  const { status, body: gift } = await giver.post(`/me/coupons/${couponId}:give`, { message: "请你喝一杯" });
  expect([status, gift]).toMatchObject([201, { state: "offered", fromName: "李**", isMine: true, message: "请你喝一杯" }]);
  expect(await wallet(giver)).toMatchObject([{ id: couponId, state: "given", isUsable: false, reasons: [{ code: "given" }], gift: { token: gift.token } }]);
  expect((await giver.post(`/me/coupons/${couponId}:give`, {})).body.code).toBe("promotions/coupon-unusable");
  expect((await giver.post(`/coupon-gifts/${gift.token}:accept`)).body.code).toBe("promotions/own-gift");
  const replies = await Promise.all([...friends.map((friend) => friend.post(`/coupon-gifts/${gift.token.toLowerCase()}:accept`)), giver.post(`/coupon-gifts/${gift.token}:take-back`)]);
  expect(replies.filter((reply) => reply.status === 200)).toHaveLength(1);
  expect(new Set(replies.filter((reply) => reply.status !== 200).map((reply) => reply.body.code))).toEqual(new Set(["promotions/gift-over"]));
  const held = await Promise.all([giver, ...friends].map(wallet));
  expect(held.flat()).toMatchObject([{ id: couponId, state: "usable", isUsable: true }]);
});

test("a gift is taken back, lapses after three days, and does not arrive at somebody who has enough of it", async () => {
  const tenant = await freshTenant();
  const [giver, friend] = [await joinMember(tenant), await joinMember(tenant)];
  const id = await live(tenant, { perMember: 1 });
  const couponId = await claim(giver, id);
  const give = async () => (await giver.post(`/me/coupons/${couponId}:give`, {})).body.token as string;
  const first = await give();
  expect((await giver.post(`/coupon-gifts/${first}:take-back`)).body.state).toBe("taken-back");
  const second = await give();
  clock.advance(4 * DAY_MS);
  expect((await friend.get(`/coupon-gifts/${second}`)).body.state).toBe("lapsed");
  expect((await friend.post(`/coupon-gifts/${second}:accept`)).body.code).toBe("promotions/gift-over");
  await tenant.runSchedule("promotions.expire");
  await tenant.drain();
  expect(await wallet(giver)).toMatchObject([{ state: "usable", gift: null }]);
  await claim(friend, id);
  expect((await friend.post(`/coupon-gifts/${await give()}:accept`)).body.code).toBe("promotions/per-member-limit");
  expect((await giver.post(`/me/coupons/${await claim(friend, await live(tenant))}:give`, {})).status).toBe(404);
  expect((await giver.post(`/me/coupons/${await claim(giver, await live(tenant, { isGiftable: false }))}:give`, {})).body.code).toBe("promotions/not-giftable");
});

test("a shared link gives so many friends one each, and nothing to the one who shares", async () => {
  const tenant = await freshTenant();
  const sharer = await joinMember(tenant);
  const friends = await Promise.all(Array.from({ length: 20 }, () => joinMember(tenant)));
  const id = await live(tenant, { isClaimable: false, share: { maxClaims: 5, days: 7 } });
  const { body: link } = await sharer.post(`/coupon-templates/${id}:share`);
  expect(link).toMatchObject({ maxClaims: 5, claims: 0, against: "own" });
  expect((await sharer.post(`/coupon-templates/${id}:share`)).body.token).toBe(link.token);
  const take = (member: TestMember) => member.post(`/coupon-shares/${link.token}:claim`, {}, { key: randomUUID() });
  expect((await take(sharer)).body).toMatchObject({ code: "promotions/share-refused", reason: "own" });
  const replies = await Promise.all([...friends, ...friends].map(take));
  expect(replies.filter((reply) => reply.status === 201)).toHaveLength(5);
  expect((await friends[0]?.get(`/coupon-shares/${link.token}`))?.body).toMatchObject({ claims: 5 });
  expect((await tenant.console.get(`/coupon-templates/${id}`)).body.issued).toBe(5);
  expect((await sharer.post(`/coupon-templates/${await live(tenant)}:share`)).status).toBe(404);
});

test("a guest sees what a link gives, and a member why it gives no more", async () => {
  const tenant = await freshTenant();
  const [giver, friend, late] = [await joinMember(tenant), await joinMember(tenant), await joinMember(tenant)];
  const id = await live(tenant, { share: { maxClaims: 1, days: 7 } });
  const { body: gift } = await giver.post(`/me/coupons/${await claim(giver, id)}:give`, {});
  const { body: share } = await giver.post(`/coupon-templates/${id}:share`);
  for (const [way, link, verb] of [["gifts", gift, "accept"], ["shares", share, "claim"]] as const) {
    const guest = async (code = tenant.code) => tenant.memberDoor.get(`/brands/${code}/coupon-${way}/${link.token}`);
    const against = async (member: TestMember) => (await member.get(`/coupon-${way}/${link.token}`)).body.against;
    expect(await guest()).toMatchObject({ status: 200, body: { name: "满100减20", fromName: "李**", isMine: false, against: null, sentence: expect.stringContaining("满100") } });
    expect((await guest((await freshTenant()).code)).status).toBe(404);
    expect((await friend.post(`/coupon-${way}/${link.token}:${verb}`, {}, { key: randomUUID() })).status).toBeLessThan(300);
    expect([await against(giver), await against(friend), await against(late), (await guest()).body.against]).toEqual(["own", "taken", "used-up", "used-up"]);
  }
  expect((await wallet(friend)).map((one: { isShareable: boolean }) => one.isShareable)).toEqual([true, true]);
});

test("a code is kept by the first member who enters it, within the template's limits", async () => {
  const tenant = await freshTenant();
  const members = await Promise.all(Array.from({ length: 10 }, () => joinMember(tenant)));
  const id = await live(tenant, { perMember: 1 });
  await tenant.console.post(`/coupon-templates/${id}:import-codes`, { name: "传单", codes: ["FLYER-0001", "FLYER-0002"] }, { key: randomUUID() });
  const replies = await Promise.all(members.map((member) => member.post("/me/coupons:add", { code: "flyer 0001" })));
  expect(replies.filter((reply) => reply.status === 201)).toHaveLength(1);
  const winner = members[replies.findIndex((reply) => reply.status === 201)];
  expect((await winner?.post("/me/coupons:add", { code: "flyer0001" }))?.status).toBe(201);
  expect((await winner?.post("/me/coupons:add", { code: "flyer0002" }))?.body.code).toBe("promotions/per-member-limit");
  expect((await members[0]?.post("/me/coupons:add", { code: "NO-SUCH-CODE" }))?.body.code).toBe("promotions/coupon-unknown");
});

test("a partner uses a coupon by its code, once, and takes that back", async () => {
  const tenant = await freshTenant();
  const member = await joinMember(tenant);
  await claim(member, await live(tenant));
  const [coupon] = await wallet(member);
  const [partner, other] = [await tenant.open(["coupons:write"]), await tenant.open(["coupons:write"])];
  const redeem = (door: typeof partner, reference: string) => door.post("/coupons:redeem", { code: ` ${coupon.code.toLowerCase()} `, reference }, { key: randomUUID() });
  const replies = await Promise.all(Array.from({ length: 10 }, (_, at) => redeem(partner, `p-${at}`)));
  expect(replies.filter((reply) => reply.status === 200)).toHaveLength(1);
  const reference = replies.find((reply) => reply.status === 200)?.body.orderId;
  expect((await redeem(partner, reference)).status).toBe(200);
  expect((await redeem(other, reference)).body.code).toBe("promotions/coupon-unusable");
  expect((await tenant.console.get(`/coupon-templates/${coupon.templateId}`)).body.redeemed).toBe(1);
  expect((await other.post("/coupons:revert", { code: coupon.code, reference }, { key: randomUUID() })).status).toBe(409);
  expect((await partner.post("/coupons:revert", { code: coupon.code, reference }, { key: randomUUID() })).body.state).toBe("usable");
  expect((await tenant.console.get(`/coupon-templates/${coupon.templateId}/statistics`)).body).toMatchObject({ redeemed: 0, states: { usable: 1, redeemed: 0 }, sources: [{ source: "claimed", issued: 1 }] });
});

test("members hear three days before the end, once; who is to have a message and agreed to messages gets one", async () => {
  const tenant = await freshTenant();
  const [member, silent, outdated] = [await joinMember(tenant), await joinMember(tenant), await joinMember(tenant)];
  const agree = (one: typeof member, version: number) => one.post("/me/consents", { purpose: "marketing-sms", version, given: true });
  await agree(outdated, 1);
  await tenant.console.post("/privacy-policies", { purpose: "marketing-sms", text: "每月最多两条短信。", textEn: "At most two messages a month." });
  expect((await agree(member, 2)).status).toBe(200);
  await member.post("/me/consents", { purpose: "marketing-wechat", version: 1, given: false });
  const id = await live(tenant, { validity: { kind: "days", days: 10 }, remindsBySms: true });
  for (const one of [member, member, member, silent, outdated]) await claim(one, id);
  const sent: { phone: string; params: Readonly<Record<string, string>> }[] = [];
  const { sms } = tenant.server.installation.outside;
  const { send } = sms;
  sms.send = async (message) => { sent.push(message); return { providerId: "1" }; };
  const told = async () => {
    await tenant.runSchedule("promotions.remind-daily");
    await tenant.drain();
    const rows = await tenant.inScope((scope) => scope.tx.rows<{ payload: { coupons: unknown[] } }>("select payload from kernel.event where tenant_id = $1 and type = 'promotions.coupons-expiring'", [scope.tenantId]));
    return rows.flatMap((row) => row.payload.coupons).length;
  };
  expect(await told()).toBe(0);
  clock.advance(5 * DAY_MS);
  expect(await told()).toBe(0);
  clock.advance(2 * DAY_MS);
  expect(await told()).toBe(5);
  clock.advance(DAY_MS);
  expect(await told()).toBe(5);
  sms.send = send;
  expect(sent).toMatchObject([{ template: "coupon-expiring", params: { coupon: "满100减20", count: "3" } }]);
});
