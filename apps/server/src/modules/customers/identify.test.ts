import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { freshTenant, type TestTenant } from "../../../test/tenant.ts";
import type { Client } from "../../../test/client.ts";
import type { IdentityKind } from "./identity.ts";
import { identityKinds, priorityOf } from "./identity.priority.ts";
import { resolveIdentities, type Brought } from "./identity.resolution.ts";

const PHONE = "13912348801";
const YEAR_MS = 365 * 86_400_000;
const one = (kind: IdentityKind, value: string, isVerified = false) => ({ kind, value, isVerified });

async function door(): Promise<{ tenant: TestTenant; api: Client; identify: (identities: object[], more?: object) => Promise<{ memberId: string | null; decision: string; steps: { code: string; kind: string }[]; ways?: string[] }> }> {
  const tenant = await freshTenant();
  const api = await tenant.open(["members:read", "members:write"]);
  return { tenant, api, identify: async (identities, more = {}) => {
    const { status, body } = await api.post("/members:identify", { identities, ...more });
    expect(status, JSON.stringify(body)).toBe(200);
    return body;
  } };
}

const codes = (steps: { code: string; kind: string }[]) => steps.map(({ code, kind }) => `${kind} ${code}`).toSorted();

/** As if nobody had heard of the member for so long. */
const silence = (tenant: TestTenant, memberId: string, forMs: number) => tenant.inScope(async (scope) => {
  const at = new Date(scope.now.getTime() - forMs);
  await scope.tx.rows("update customers.member set joined_at = $3, updated_at = $3 where tenant_id = $1 and id = $2", [scope.tenantId, memberId, at]);
});

/** Events cannot be changed, so the member is written without any. */
async function silentMember(tenant: TestTenant, api: Client, forMs = YEAR_MS): Promise<string> {
  const { body } = await api.post("/members:batch", { members: [{ externalId: "old", phone: PHONE, name: "王 小明", birthday: { calendar: "solar", year: 1990, month: 5, day: 1 } }] });
  const { memberId } = body.outcomes[0];
  await silence(tenant, memberId, forMs);
  return memberId;
}

describe("who a guest is", () => {
  test("a new guest joins with all they brought, and any of it finds them again", async () => {
    const { tenant, identify } = await door();
    const first = await identify([one("wechat-unionid", "u-one"), one("phone", "+86 139-1234-8801"), one("email", "Wang@Example.com"), one("device", "ipad-77")], { traits: { name: "王小明" } });
    expect(first).toMatchObject({ decision: "created" });
    expect(codes(first.steps)).toEqual(["device linked", "email linked", "phone linked", "wechat-unionid linked"]);
    for (const [kind, value] of [["wechat-unionid", "u-one"], ["phone", PHONE], ["email", "wang@example.com"], ["device", "ipad-77"]] as const) {
      expect(await identify([one(kind, value)])).toMatchObject({ decision: "found", memberId: first.memberId });
    }
    const { body } = await tenant.console.get(`/members/${first.memberId}/identities`);
    expect(body.items.map((item: { kind: string; shown: string }) => [item.kind, item.shown])).toEqual([
      ["wechat-unionid", "…"], ["phone", "139****8801"], ["email", "w***@example.com"], ["device", "…"]]);
    const { body: timeline } = await tenant.console.get(`/members/${first.memberId}/timeline`);
    expect(timeline.items.map((item: { kind: string }) => item.kind)).toContain("customers.identity-changed");
  });

  test("twenty at once for one new guest make one member", async () => {
    const { tenant, api } = await door();
    const answers = await Promise.all(Array.from({ length: 20 }, (_, at) => api.post("/members:identify", { identities: [one("phone", PHONE), one("wechat-openid", "openid-abcdefgh"), one("card", `CARD-${at % 4}`)] })));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(new Set(answers.map(({ body }) => body.memberId)).size).toBe(1);
    expect(answers.filter(({ body }) => body.decision === "created")).toHaveLength(1);
    expect(await tenant.inScope((scope) => scope.tx.db.selectFrom("customers.member").select("id").execute())).toHaveLength(1);
    expect(await tenant.inScope((scope) => scope.tx.db.selectFrom("customers.identity").select("id").execute())).toHaveLength(6);
  });

  test("of two who race for the last place of a kind one is linked", async () => {
    const { tenant, api, identify } = await door();
    await tenant.console.put("/identity-rules", { limits: { card: 3 } });
    const { memberId } = await identify([one("phone", PHONE), one("card", "CARD-0")]);
    await Promise.all(Array.from({ length: 12 }, (_, at) => api.post("/members:identify", { identities: [one("phone", PHONE), one("card", `CARD-${at + 1}`)] })));
    const rows = await tenant.inScope((scope) => scope.tx.db.selectFrom("customers.identity").select("kind").where("member_id", "=", memberId ?? "").where("kind", "=", "card").execute());
    expect(rows).toHaveLength(3);
  });

  test("the strongest names the member, what is another's is put aside and says so", async () => {
    const { tenant, identify } = await door();
    const [a, b] = [await identify([one("wechat-unionid", "unionid-of-a")]), await identify([one("phone", PHONE), one("device", "shared-ipad")])];
    const both = await identify([one("device", "shared-ipad"), one("phone", PHONE), one("wechat-unionid", "unionid-of-a"), one("card", "CARD-9")]);
    expect(both).toMatchObject({ decision: "found", memberId: a.memberId });
    expect(codes(both.steps)).toEqual(["card linked", "device belongs-to-another", "phone belongs-to-another", "wechat-unionid matched"]);
    expect(await identify([one("phone", PHONE)])).toMatchObject({ memberId: b.memberId });
    const { body } = await tenant.console.get("/duplicates");
    expect(body.items).toMatchObject([{ state: "open", reasons: [{ field: "identity", agreement: "same" }], members: expect.arrayContaining([expect.objectContaining({ id: a.memberId }), expect.objectContaining({ id: b.memberId })]) }]);
    await tenant.console.post(`/duplicates/${body.items[0].id}:decide`, { state: "different" });
    await identify([one("phone", PHONE), one("wechat-unionid", "unionid-of-a")]);
    expect((await tenant.console.get("/duplicates")).body.items).toEqual([]);
  });

  test("a shared device alone makes nobody a duplicate", async () => {
    const { tenant, identify } = await door();
    await identify([one("phone", PHONE), one("device", "shared-ipad")]);
    await identify([one("wechat-unionid", "unionid-of-a")]);
    expect(codes((await identify([one("wechat-unionid", "unionid-of-a"), one("device", "shared-ipad")])).steps)).toContain("device belongs-to-another");
    expect((await tenant.console.get("/duplicates")).body.items).toEqual([]);
  });

  test("the rules can be tried out, and nothing comes of it", async () => {
    const { tenant, identify } = await door();
    const [a, b] = [await identify([one("wechat-unionid", "unionid-of-a")]), await identify([one("phone", PHONE)])];
    const look = async (...identities: object[]) => (await tenant.console.post("/identity-rules:try", { identities })).body;
    expect(await look(one("phone", PHONE), one("wechat-unionid", "unionid-of-a"), one("card", "CARD-9"))).toMatchObject({
      decision: "found", memberId: a.memberId, steps: expect.arrayContaining([expect.objectContaining({ kind: "phone", code: "belongs-to-another" }), expect.objectContaining({ kind: "card", code: "linked" })]),
    });
    expect(await look(one("card", "CARD-9"))).toMatchObject({ decision: "created", memberId: null });
    expect(await look(one("device", "ipad-7"))).toMatchObject({ decision: "unknown", steps: [{ code: "nobody" }] });
    expect(await look(one("phone", "13800138000"))).toMatchObject({ decision: "unknown", steps: [{ code: "blocked" }] });
    expect((await tenant.console.get("/duplicates")).body.items).toEqual([]);
    expect((await tenant.console.get(`/members/${b.memberId}/identities`)).body.items).toHaveLength(1);
  });

  test("another unionid than the phone's member has is another person: the phone stays where it was", async () => {
    const { identify } = await door();
    const first = await identify([one("wechat-unionid", "unionid-1"), one("phone", PHONE)]);
    const second = await identify([one("wechat-unionid", "unionid-2"), one("phone", PHONE, true)]);
    expect(second).toMatchObject({ decision: "created" });
    expect(second.memberId).not.toBe(first.memberId);
    expect(codes(second.steps)).toEqual(["phone belongs-to-another", "wechat-unionid linked"]);
    expect(await identify([one("phone", PHONE)])).toMatchObject({ memberId: first.memberId });
  });

  test("shared values recognise nobody: placeholders, phones of stores and staff, what somebody blocked", async () => {
    const { tenant, api, identify } = await door();
    await tenant.inScope(async (scope) => {
      await scope.tx.rows("update org.unit set phone = '137 6666 8888' where tenant_id = $1 and id = $2", [scope.tenantId, tenant.storeId]);
      await scope.tx.rows("update org.staff set account = '13755556666' where tenant_id = $1 and id = $2", [scope.tenantId, (await tenant.as("cashier")).staffId]);
    });
    expect((await tenant.console.post("/blocked-values", { kind: "device", value: "till-tablet", reason: "收银台平板" })).body.items).toMatchObject([{ kind: "device", shown: "till…blet" }]);
    const { body } = await api.post("/members:identify", { identities: [one("phone", "13800138000"), one("phone", "13766668888"), one("phone", "13755556666"), one("device", "till-tablet"), one("card", "0000"), one("phone", "12")] });
    expect([body.code, codes(body.steps)]).toEqual(["customers/nothing-to-go-by", ["card blocked", "device blocked", "phone blocked", "phone blocked", "phone blocked", "phone unreadable"]]);
    expect((await tenant.console.post("/members:quick-register", { phone: "13755556666" })).body.code).toBe("customers/phone-blocked");
    const [listed] = (await tenant.console.get("/blocked-values")).body.items;
    expect((await tenant.console.post("/blocked-values:unblock", { kind: "device", digest: listed.digest })).body.items).toEqual([]);
    const known = await identify([one("phone", PHONE), one("device", "till-tablet")]);
    expect(codes(known.steps)).toEqual(["device linked", "phone linked"]);
  });

  test("a device alone makes nobody a member, and nobody joins who is only asked about", async () => {
    const { tenant, identify } = await door();
    expect(await identify([one("device", "browser-1234")])).toMatchObject({ decision: "unknown", memberId: null });
    expect(await identify([one("phone", PHONE)], { joins: false })).toMatchObject({ decision: "unknown", memberId: null });
    expect(await tenant.inScope((scope) => scope.tx.db.selectFrom("customers.member").select("id").execute())).toEqual([]);
  });
});

describe("a phone is a lease", () => {
  test("after long silence something new with it asks for a proof, and changes nothing before", async () => {
    const { tenant, api, identify } = await door();
    const memberId = await silentMember(tenant, api);
    const asked = await identify([one("phone", PHONE, true), one("wechat-openid", "openid-new-phone")]);
    expect(asked).toMatchObject({ decision: "step-up", memberId: null, ways: ["name", "birthday", "memberNo"] });
    expect(codes(asked.steps)).toEqual(["phone lapsed", "wechat-openid waits"]);
    expect((await tenant.console.get(`/members/${memberId}/identities`)).body.items).toHaveLength(2);
    await silence(tenant, memberId, YEAR_MS);
  });

  test.each([["the name", { name: "王小明" }], ["the birthday", { birthday: { calendar: "solar", year: 1990, month: 5, day: 1 } }]])("%s proves that it is the same person", async (_what, proof) => {
    const { tenant, api, identify } = await door();
    const memberId = await silentMember(tenant, api);
    expect(await identify([one("phone", PHONE), one("device", "a-new-phone")], { proof })).toMatchObject({ decision: "found", memberId });
    expect(await identify([one("device", "a-new-phone")])).toMatchObject({ memberId });
  });

  test("what is wrong proves nothing; whoever has the number now starts anew and gets nothing of the other's", async () => {
    const { tenant, api, identify } = await door();
    const memberId = await silentMember(tenant, api);
    const wrong = { name: "李四", birthday: { calendar: "solar", year: 1991, month: 5, day: 1 }, memberNo: "2000000000" };
    expect(await identify([one("phone", PHONE, true), one("device", "a-new-phone")], { proof: wrong })).toMatchObject({ decision: "step-up" });
    const fresh = await door();
    const old = await silentMember(fresh.tenant, fresh.api);
    const anew = await fresh.identify([one("phone", PHONE, true), one("device", "a-new-phone")], { isNewHolder: true });
    expect(anew).toMatchObject({ decision: "created" });
    expect(anew.memberId).not.toBe(old);
    expect(await fresh.identify([one("phone", PHONE)])).toMatchObject({ memberId: anew.memberId });
    expect((await fresh.tenant.console.get(`/members/${old}`)).body).toMatchObject({ phoneMasked: null, name: "王 小明" });
    expect(memberId).toBeDefined();
  });

  test("nobody is asked within the lease, for the same device, or whose unionid is known", async () => {
    const { tenant, api, identify } = await door();
    const memberId = await silentMember(tenant, api, 100 * 86_400_000);
    expect(await identify([one("phone", PHONE), one("device", "device-number-1")])).toMatchObject({ decision: "found", memberId });
    const late = await door();
    const old = await silentMember(late.tenant, late.api);
    expect(await late.identify([one("phone", PHONE)])).toMatchObject({ decision: "found", memberId: old });
    expect(await late.identify([one("phone", PHONE), one("external", "old"), one("device", "device-number-1")])).toMatchObject({ decision: "found", memberId: old });
  });
});

describe("by hand", () => {
  test("staff link and unlink with a reason; a value of another member names that member", async () => {
    const { tenant, identify } = await door();
    const [a, b] = [await identify([one("phone", PHONE)]), await identify([one("card", "CARD-1")])];
    const taken = await tenant.console.post(`/members/${b.memberId}/identities:link`, { kind: "phone", value: PHONE, reason: "本人出示" });
    expect([taken.status, taken.body.code, taken.body.memberId]).toEqual([409, "customers/identity-taken", a.memberId]);
    const { body: linked } = await tenant.console.post(`/members/${b.memberId}/identities:link`, { kind: "phone", value: "13912348802", reason: "本人出示" });
    expect((await tenant.console.post("/members:lookup", { phone: "13912348802" })).body).toMatchObject({ id: b.memberId, phoneMasked: "139****8802" });
    const phone = linked.items.find((item: { kind: string }) => item.kind === "phone");
    expect((await tenant.console.post(`/members/${b.memberId}/identities:unlink`, { identityId: phone.id, reason: "换号" })).body.items).toHaveLength(1);
    expect((await tenant.console.post("/members:lookup", { phone: "13912348802" })).status).toBe(404);
    expect((await tenant.console.get(`/members/${b.memberId}`)).body.phoneMasked).toBeNull();
    expect((await tenant.console.post(`/members/${b.memberId}/identities:link`, { kind: "email", value: "not one", reason: "x" })).body.errors[0].field).toBe("value");
  });
});

test("whatever is brought, the strongest that is known is kept, no limit is passed, and everything is kept or put aside", () => {
  const limits = { "wechat-unionid": 1, alipay: 1, phone: 2, "wechat-openid": 2, email: 1, card: 2, device: 2, external: 2 };
  const brought = fc.array(fc.record({ kind: fc.constantFrom(...identityKinds), value: fc.string({ minLength: 1, maxLength: 3 }), isVerified: fc.boolean(), holderId: fc.option(fc.constantFrom("a", "b", "c"), { nil: undefined }) }), { maxLength: 8 });
  const held = fc.dictionary(fc.constantFrom("a", "b", "c"), fc.dictionary(fc.constantFrom(...identityKinds), fc.integer({ min: 0, max: 2 })));
  fc.assert(fc.property(brought, held, (given: Brought[], has) => {
    const counts = new Map(Object.entries(has).map(([id, kinds]) => [id, new Map(Object.entries(kinds))]));
    const { memberId, kept, demoted } = resolveIdentities(given, counts, limits);
    expect(kept.length + demoted.length).toBe(given.length);
    expect(kept.every((one) => !one.holderId || one.holderId === memberId)).toBe(true);
    for (const [kind, some] of Map.groupBy(kept.filter((one) => !one.holderId), (one) => one.kind)) {
      expect(some.length + (counts.get(memberId ?? "")?.get(kind) ?? 0)).toBeLessThanOrEqual(limits[kind]);
    }
    const strongest = given.toSorted((a, b) => priorityOf(a) - priorityOf(b))[0];
    if (strongest?.holderId) expect(kept.some((one) => priorityOf(one) === priorityOf(strongest))).toBe(true);
  }), { numRuns: 500 });
});
