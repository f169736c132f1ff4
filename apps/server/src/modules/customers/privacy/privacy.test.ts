import { expect, test } from "vitest";
import { asOwner } from "../../../../test/owner.ts";
import { cart, orderId, tillTenant, type TillTenant } from "../../../../test/till.ts";
import { Client } from "../../../../test/client.ts";
import { privacySteps } from "../../../app.ts";
import { openMemberSession } from "../session.ts";

const NAME = "慕容紫英";
const SECRETS = [NAME, "murongziying", "13912347788", "139****7788", "花生严重过敏", "坐靠窗的位子", "给你的生日小惊喜", "琼华派弟子"];

interface Leaver extends Client { memberId: string }

/** A guest with traces everywhere: orders, coupons given away, tags, preferences, history, a webhook that was told. */
async function leaver(tenant: TillTenant): Promise<Leaver> {
  const desk = tenant.console;
  await desk.post("/webhooks", { url: "http://127.0.0.1:9/", events: ["*"] });
  const { body } = await desk.post("/members:quick-register", { phone: "13912347788", name: "紫英", storeId: tenant.storeId });
  const memberId = body.id as string;
  await desk.patch(`/members/${memberId}`, { name: NAME, preferences: { seat: "坐靠窗的位子" }, birthday: { calendar: "solar", year: 1990, month: 7, day: 7 } });
  await desk.post(`/members/${memberId}/tags`, { tag: "花生严重过敏" });
  await desk.post(`/members/${memberId}/tags`, { tag: "琼华派弟子" });
  await desk.delete(`/members/${memberId}/tags/${encodeURIComponent("琼华派弟子")}`);
  await desk.post(`/members/${memberId}/points:adjust`, { points: 500, reason: "开业礼" }, { key: `points-${memberId}` });
  const token = await tenant.inScope((scope) => openMemberSession(scope, memberId));
  const member = Object.assign(new Client(tenant.server.app, "/api/member", { authorization: `Bearer ${token}` }), { memberId });
  const template = (await desk.post("/coupon-templates", { name: "满100减20", kind: "amount-off", amountFen: 2_000, thresholdFen: 10_000, validity: { kind: "days", days: 30 }, isGiftable: true })).body.id as string;
  await desk.post(`/coupon-templates/${template}:publish`);
  for (const key of ["first", "second"]) await desk.post(`/coupon-templates/${template}:issue`, { memberIds: [memberId] }, { key: `${key}-${memberId}` });
  const [coupon] = (await member.get("/me/coupons")).body.items;
  await member.post(`/me/coupons/${coupon.id}:give`, { message: "给你的生日小惊喜" }, { key: `gift-${memberId}` });
  const paid = orderId();
  expect((await tenant.till.post(`/quotes/${paid}:commit`, { ...cart(tenant, memberId), tenders: [{ kind: "cash" }] }, { key: paid })).status).toBe(200);
  await tenant.till.put(`/quotes/${orderId()}`, cart(tenant, memberId));
  await tenant.drain();
  return member;
}

/** Every row of every table as text, as a dump would have it; of this tenant where rows say whose they are. */
async function dump(tenantId: string): Promise<string> {
  const tables = await asOwner<{ name: string; rows: string }>(
    `select t.name, query_to_xml(format('select t::text from %s t where %s', t.name, case when t.fenced then format('tenant_id = %L', $1::text) else format('t::text like %L', '%' || $1::text || '%') end), false, true, '')::text as rows
       from (select format('%I.%I', n.nspname, c.relname) as name, exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped) as fenced
               from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema')) as t`, [tenantId]);
  return tables.map(({ name, rows }) => rows.split("\n").map((row) => `${name} ${row}`).join("\n")).join("\n");
}
const tracesIn = (text: string, of: readonly string[]): string[] => text.split("\n").filter((line) => of.some((secret) => line.includes(secret))).map((line) => line.slice(0, 400));

async function weekPasses(tenant: TillTenant): Promise<void> {
  await tenant.inScope((scope) => scope.tx.rows("update customers.deletion set purge_at = asked_at where tenant_id = $1", [scope.tenantId]));
  await tenant.runSchedule("customers.start-purges");
  await tenant.drain();
}

test("a member who leaves is gone from every table after a week, and the books still balance", async () => {
  const tenant = await tillTenant();
  const member = await leaver(tenant);
  expect(tracesIn(await dump(tenant.tenantId), [NAME]).length).toBeGreaterThan(0);
  const before = (await member.get("/me/deletion")).body;
  expect(before).toMatchObject({ blockers: [], standing: null });
  expect(before.lost).toEqual(expect.arrayContaining([{ what: "coupons", amount: 2 }, { what: "points", amount: expect.any(Number) }]));
  expect((await member.post("/me/deletion")).body).toMatchObject({ state: "waiting" });
  expect((await tenant.console.post("/members:lookup", { phone: "13912347788" })).body.code).toBe("customers/member-frozen");
  await tenant.runSchedule("customers.start-purges");
  await tenant.drain();
  expect((await tenant.console.get(`/members/${member.memberId}`)).body.name).toBe(NAME);
  await weekPasses(tenant);
  expect(tracesIn(await dump(tenant.tenantId), SECRETS)).toEqual([]);
  const { body } = await tenant.console.get(`/members/${member.memberId}/deletion`);
  expect(body.standing).toMatchObject({ state: "done", certificate: { statement: { memberIds: [member.memberId], keyDestroyed: true, removed: { promotions: { coupons: 2, gifts: 1 }, customers: { identities: 1, tags: 1, sessions: 1 } } }, signature: expect.any(String) } });
  expect((await tenant.console.get("/members?q=murong")).body.items).toEqual([]);
  expect((await tenant.console.get(`/members/${member.memberId}/points-entries`)).body.items.length).toBeGreaterThan(0);
  expect((await tenant.console.get(`/members/${member.memberId}/changes`)).body.items.flatMap((one: { fields: unknown[] }) => one.fields)).toEqual([]);
  expect((await tenant.console.post("/members:quick-register", { phone: "13912347788", name: "新客" })).body.id).not.toBe(member.memberId);
});

test("within the week it can be undone, and nothing was lost", async () => {
  const tenant = await tillTenant();
  const member = await leaver(tenant);
  const points = (await member.get("/me")).body.points.active;
  await member.post("/me/deletion");
  expect((await member.post("/me/deletion:undo")).body).toMatchObject({ state: "undone" });
  await weekPasses(tenant);
  expect((await member.get("/me")).body).toMatchObject({ name: NAME, state: "active", points: { active: points } });
  expect((await member.post("/me/deletion:undo")).status).toBe(404);
  expect((await member.post("/me/deletion")).body).toMatchObject({ state: "waiting" });
});

test("stored value is paid out first, also where it comes back within the week", async () => {
  const tenant = await tillTenant();
  const door = async (path: string, body?: unknown, key?: string) => tenant.console.post(`/members/${tenant.memberId}${path}`, body, key ? { key } : {});
  expect(await door("/deletion")).toMatchObject({ status: 409, body: { code: "customers/deletion-blocked", blockers: ["stored-value"] } });
  const { memberId } = await leaver(tenant);
  await tenant.console.post(`/members/${memberId}/deletion`);
  const plan = (await tenant.console.post("/top-up-plans", { name: "充500", payFen: 50_000, principalFen: 50_000, bonusFen: 0 })).body.id;
  await tenant.inScope((scope) => scope.tx.rows("update customers.member set state = 'active' where tenant_id = $1 and id = $2", [scope.tenantId, memberId]));
  expect((await tenant.console.post(`/members/${memberId}/stored-value:top-up`, { planId: plan, payment: "cash", storeId: tenant.storeId }, { key: `late-top-up-${memberId}` })).status).toBeLessThan(300);
  await weekPasses(tenant);
  const { body } = await tenant.console.get(`/members/${memberId}/deletion`);
  expect(body.standing).toMatchObject({ state: "waiting", blockers: ["stored-value"] });
  expect((await tenant.console.get(`/members/${memberId}`)).body.name).toBe(NAME);
});

test("points are forfeited and shown before; what was paid for in money has to be fetched first", async () => {
  const tenant = await tillTenant();
  const member = await leaver(tenant);
  const item = (await tenant.console.post("/mall-items", { name: "酸梅汤", kind: "dish", points: 10, state: "live" })).body.id;
  expect((await member.post(`/mall-items/${item}:redeem`, {}, { key: `redeem-${member.memberId}` })).status).toBe(201);
  const look = async () => (await member.get("/me/deletion")).body;
  expect(await look()).toMatchObject({ blockers: [], lost: expect.arrayContaining([{ what: "redemptions", amount: 1 }]) });
  await tenant.inScope((scope) => scope.tx.rows("update loyalty.redemption set cash_fen = 100 where tenant_id = $1", [scope.tenantId]));
  expect(await look()).toMatchObject({ blockers: ["redemptions"] });
  expect((await member.post("/me/deletion")).body).toMatchObject({ code: "customers/deletion-blocked", blockers: ["redemptions"] });
});

test("a copy holds everything, is made in the background, and is the member's alone", async () => {
  const tenant = await tillTenant();
  const member = await leaver(tenant);
  const [asked] = (await member.post("/me/data-copies")).body.items;
  expect(asked.readyAt).toBe(null);
  expect((await member.get(`/me/data-copies/${asked.id}`)).status).toBe(404);
  await tenant.drain();
  const copy = await member.get(`/me/data-copies/${asked.id}`);
  expect(copy.body).toMatchObject({ format: "shuke.member-copy/1", profile: { name: NAME, phone: "13912347788", preferences: { seat: "坐靠窗的位子" } } });
  expect(Object.keys(copy.body.modules)).toEqual(expect.arrayContaining(["customers", "promotions", "loyalty", "commerce"]));
  expect(tracesIn(await dump(tenant.tenantId), ["13912347788"])).toEqual([]);
  const other = Object.assign(new Client(tenant.server.app, "/api/member", { authorization: `Bearer ${await tenant.inScope((scope) => openMemberSession(scope, tenant.memberId))}` }));
  expect((await other.get(`/me/data-copies/${asked.id}`)).status).toBe(404);
});

test("each yes and no is kept with its version; a new text asks again", async () => {
  const tenant = await tillTenant();
  const member = await leaver(tenant);
  const consent = async (purpose: string) => (await member.get("/me/consents")).body.items.find((one: { purpose: string }) => one.purpose === purpose);
  expect(await consent("marketing-sms")).toMatchObject({ given: null, version: null, currentVersion: 1 });
  expect((await member.post("/me/consents", { purpose: "marketing-sms", version: 1, given: true })).status).toBe(200);
  expect(await member.post("/me/consents", { purpose: "membership", version: 1, given: false })).toMatchObject({ status: 422, body: { errors: [{ field: "given", code: "needed" }] } });
  await tenant.console.post("/privacy-policies", { purpose: "marketing-sms", text: "每月最多两条短信。" });
  expect(await consent("marketing-sms")).toMatchObject({ given: true, version: 1, currentVersion: 2, text: "每月最多两条短信。" });
  expect(await member.post("/me/consents", { purpose: "marketing-sms", version: 1, given: true })).toMatchObject({ status: 422, body: { errors: [{ field: "version", code: "outdated" }] } });
  await member.post("/me/consents", { purpose: "marketing-sms", version: 2, given: false });
  expect(await consent("marketing-sms")).toMatchObject({ given: false, version: 2 });
  expect((await tenant.console.get(`/members/${member.memberId}/consents`)).body.items).toHaveLength(4);
  expect(await tenant.inScope((scope) => scope.tx.rows("select given from customers.consent where tenant_id = $1 order by id", [scope.tenantId]))).toEqual([{ given: true }, { given: false }]);
});

test("whoever joins agrees to the text in force, and to nothing else", async () => {
  const tenant = await tillTenant();
  const phone = "13912347799";
  const { body: { devCode } } = await tenant.memberDoor.post(`/brands/${tenant.code}/phone-codes`, { phone });
  const { body: { memberId } } = await tenant.memberDoor.post(`/brands/${tenant.code}/join`, { phone, phoneCode: devCode });
  const { body: { items } } = await tenant.console.get(`/members/${memberId}/consents`);
  expect(items.map((one: { purpose: string; given: boolean | null; version: number | null }) => [one.purpose, one.given, one.version])).toEqual(
    [["membership", true, 1], ["marketing-sms", null, null], ["marketing-wechat", null, null], ["profiling", null, null]]);
});

test("every column that names a member is in a module's list", async () => {
  const columns = await asOwner<{ held: string }>(
    `select n.nspname || '.' || c.relname || '.' || a.attname as held from pg_attribute a join pg_class c on c.oid = a.attrelid and c.relkind in ('r', 'p')
       join pg_namespace n on n.oid = c.relnamespace
      where a.atttypid = 'uuid'::regtype and not a.attisdropped and n.nspname not in ('pg_catalog', 'information_schema', 'pgboss')
        and (a.attname ~ '(^|_)member_id$' or exists (select 1 from pg_constraint k where k.contype = 'f' and k.conrelid = c.oid and k.confrelid = 'customers.member'::regclass and a.attnum = any(k.conkey) and a.attname <> 'tenant_id'))`);
  const held = privacySteps.flatMap((step) => step.holds);
  expect(columns.map((one) => one.held).filter((one) => !held.includes(one))).toEqual([]);
  for (const one of held) expect(columns.length > 0 && one).toMatch(/^[a-z_]+\.[a-z_]+\.[a-z_]+$/);
});
