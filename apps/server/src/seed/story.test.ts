import { tmpdir } from "node:os";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startThrowaway } from "../../test/throwaway-postgres.ts";
import { closeInstallation, openInstallation, type Installation } from "../installation.ts";
import { readConfig } from "../kernel/config.ts";
import { migrate } from "../kernel/db/migrate.ts";
import { secureRandom } from "../kernel/entropy.ts";
import { installJobs } from "../kernel/jobs.ts";
import { createLog } from "../kernel/log.ts";
import { outsideWorld } from "../outside.ts";
import { verifyOrder } from "../modules/commerce/proof.ts";
import { derivedInvariants, invariants } from "../prove/invariants.ts";
import { prove } from "../prove/prove.ts";
import { work } from "../worker.ts";
import { seedCrowd } from "./crowd.ts";
import { seedStory } from "./index.ts";

/** A Saturday evening, when everything of the day has happened. */
const NOW = new Date("2026-11-21T15:30:00Z");
const ROLE = "shuke_app";

let postgres: Awaited<ReturnType<typeof startThrowaway>>;
let installation: Installation;

beforeAll(async () => {
  postgres = await startThrowaway();
  const config = readConfig({
    SHUKE_LOG: "silent", SHUKE_DATA_DIR: tmpdir(), SHUKE_KEYRING: JSON.stringify({ current: "test", keys: { test: Buffer.alloc(32, 7).toString("base64") } }),
  });
  const log = createLog(config.SHUKE_LOG);
  await migrate({ ownerUrl: postgres.ownerUrl, role: ROLE });
  const admin = new pg.Client({ connectionString: postgres.ownerUrl });
  await admin.connect();
  await installJobs(postgres.ownerUrl, ROLE, work({ outside: outsideWorld(config, log) }), admin);
  await admin.end();
  installation = await openInstallation({ config, databaseUrl: postgres.url, log, clock: () => NOW, random: secureRandom() });
  await seedStory(installation);
}, 180_000);

afterAll(async () => {
  await closeInstallation(installation);
  await postgres.stop();
});

interface Row {
  [column: string]: unknown;
}

/** In the brand's own scope, as every request. */
async function rowsOf(brand: string, text: string): Promise<Row[]> {
  const { id } = await installation.database.tenants.byCode(brand);
  return installation.database.inScope({ tenantId: id, actor: { kind: "system", name: "test" } }, (scope) => scope.tx.rows<Row>(text, [scope.tenantId]));
}

test("the story holds every invariant", { timeout: 60_000 }, async () => {
  const findings = await prove(postgres.ownerUrl, undefined, [...invariants, ...derivedInvariants]);
  expect(findings.filter((finding) => finding.broken > 0)).toEqual([]);
});

test("colleagues have talked about a guest, and the head office has announced something that waits to be confirmed", async () => {
  const [said] = await rowsOf("hotpot", "select count(*)::int as comments, count(*) filter (where cardinality(mentions) > 0)::int as mentioning from platform.comment where tenant_id = $1");
  expect(said).toEqual({ comments: 3, mentioning: 1 });
  expect(await rowsOf("hotpot", "select state, needs_confirmation from platform.announcement where tenant_id = $1 order by id")).toEqual([{ state: "published", needs_confirmation: true }, { state: "withdrawn", needs_confirmation: false }]);
  const bells = await rowsOf("hotpot", "select distinct n.kind from platform.notification n join org.staff s on s.tenant_id = $1 and s.id = n.staff_id and s.account = 'admin' where n.tenant_id = $1");
  expect(bells.map((row) => row["kind"])).toEqual(expect.arrayContaining(["mention", "announcement", "run"]));
});

test("somebody joined twice and is one again, somebody twice more, and one is leaving; own fields have values", async () => {
  const [merged] = await rowsOf("hotpot", "select count(*)::int as merges from customers.merge where tenant_id = $1 and state = 'done'");
  const leaving = await rowsOf("hotpot", "select m.name, d.state from customers.deletion d join customers.member m on m.tenant_id = $1 and m.id = d.member_id where d.tenant_id = $1");
  const namesakes = await rowsOf("hotpot", "select count(*)::int as twice from customers.member where tenant_id = $1 and name = '唐婉清' and state = 'active'");
  const [own] = await rowsOf("hotpot", "select (select count(*)::int from commerce.order_custom where tenant_id = $1 and ext <> '{}') as orders, (select count(*)::int from customers.member where tenant_id = $1 and ext <> '{}') as members");
  const [found] = await rowsOf("hotpot", `select count(*)::int as members from customers.member m join objects.field f on f.tenant_id = $1 and f.key = 'company' and f.is_list_ready
    where m.tenant_id = $1 and m.terms @> objects.terms(jsonb_build_object(f.id, '设计院'), array[f.id])`);
  expect(found, "whom the search box finds by where they work").toEqual({ members: 2 });
  expect([merged, leaving, namesakes, own]).toEqual([{ merges: 1 }, [{ name: "沈知遥", state: "waiting" }], [{ twice: 2 }], { orders: 5, members: 6 }]);
});

test("a platform has leads in every state: public, held, near their date, won, fallen back and returned", async () => {
  const [leads] = await rowsOf("chengke", `select count(*)::int as leads, count(*) filter (where owner_id is null)::int as public, count(distinct owner_id)::int as owners,
    count(*) filter (where owner_id is not null and due_at is null)::int as won, count(*) filter (where warned_due_at is not null)::int as near from sales.holding where tenant_id = $1`);
  expect(leads).toMatchObject({ leads: 40, owners: 2, won: 2 });
  expect(leads?.["public"]).toBeGreaterThan(15);
  expect(leads?.["near"]).toBeGreaterThan(0);
  const kinds = await rowsOf("chengke", "select distinct kind from sales.holding_entry where tenant_id = $1 order by kind");
  expect(kinds.map((row) => row["kind"])).toEqual(["assign", "claim", "extend", "join", "recycle", "return", "transfer"]);
});

test("two brands have 90 days of business behind them, with members in every tier", async () => {
  const [hotpot] = await rowsOf("hotpot", `select count(*) as orders, count(distinct business_on) as days, count(distinct store_id) as stores, count(member_id) as of_members from commerce."order" where tenant_id = $1`);
  expect(hotpot).toMatchObject({ days: 91, stores: 12 });
  expect(hotpot?.["orders"]).toBeGreaterThan(3_500);
  const [bakery] = await rowsOf("bakery", `select count(*) as orders, count(distinct store_id) as stores from commerce."order" where tenant_id = $1`);
  expect(bakery).toMatchObject({ stores: 4 });
  expect(bakery?.["orders"]).toBeGreaterThan(1_300);
  const tiers = await rowsOf("hotpot", "select t.name, count(*) as members from loyalty.standing s join loyalty.tier t on t.tenant_id = $1 and t.id = s.tier_id where s.tenant_id = $1 group by t.name, t.rank order by t.rank");
  expect(tiers.map((row) => row["name"])).toEqual(["普卡", "银卡", "金卡", "钻石"]);
  const stages = await rowsOf("hotpot", "select stage, count(*) as members from loyalty.life_stage where tenant_id = $1 group by stage order by stage");
  expect(stages.map((row) => row["stage"])).toEqual(["aware", "dormant", "first", "lost", "loyal", "repeat"]);
  const kinds = await rowsOf("hotpot", "select distinct kind from commerce.tender where tenant_id = $1 order by kind");
  expect(kinds.map((row) => row["kind"])).toEqual(["card", "cash", "external", "points", "stored-value"]);
  const states = await rowsOf("hotpot", "select distinct state from promotions.coupon where tenant_id = $1 order by state");
  expect(states.map((row) => row["state"])).toEqual(["expired", "given", "held", "issued", "redeemed", "void"]);
});

const memberSql = (name: string, select: string): string => `select ${select} from customers.member m left join loyalty.standing s on s.tenant_id = $1 and s.member_id = m.id
  left join loyalty.tier t on t.tenant_id = $1 and t.id = s.tier_id where m.tenant_id = $1 and m.name = '${name}'`;
const couponsSql = (name: string): string => `select c.state, c.ended_reason from promotions.coupon c join customers.member m on m.tenant_id = $1 and m.id = c.member_id
  where c.tenant_id = $1 and m.name = '${name}' order by c.id`;
const ordersSql = (name: string): string => `select o.status from commerce."order" o join customers.member m on m.tenant_id = $1 and m.id = o.member_id
  where o.tenant_id = $1 and m.name = '${name}' and o.id like 'hotpot-%' order by o.id`;

test("the cast are who the guide says they are", async () => {
  expect(await rowsOf("hotpot", memberSql("王小明", "t.name as tier, m.birth_calendar as calendar"))).toEqual([{ tier: "金卡", calendar: "lunar" }]);
  expect(await rowsOf("hotpot", memberSql("欧阳雪", "t.name as tier, (select sum(balance)::bigint from ledger.account a where a.tenant_id = $1 and a.holder_id = m.id and a.asset like 'prepaid.%') as stored")))
    .toEqual([{ tier: "钻石", stored: expect.any(Number) }]);
  expect(await rowsOf("hotpot", ordersSql("陈建国"))).toEqual([{ status: "refunded" }]);
  expect(await rowsOf("hotpot", ordersSql("何婷"))).toEqual([{ status: "partially-refunded" }]);
  // Who has not come for three weeks has the coupon of the push besides.
  expect(await rowsOf("hotpot", couponsSql("刘思琪"))).toEqual([{ state: "expired", ended_reason: "expired" }, { state: "issued", ended_reason: null }]);
  expect((await rowsOf("hotpot", couponsSql("赵婉清"))).map((row) => row["state"])).toContain("issued");
  expect((await rowsOf("hotpot", couponsSql("周子涵"))).map((row) => row["state"])).toContain("held");
  expect((await rowsOf("hotpot", couponsSql("诸葛明轩"))).map((row) => row["state"])).toEqual(expect.arrayContaining(["void"]));
  expect(await rowsOf("hotpot", memberSql("孙浩然", "(select owed from ledger.account a where a.tenant_id = $1 and a.holder_id = m.id and a.asset = 'points') > 0 as owes"))).toEqual([{ owes: true }]);
});

test("coupons were pushed, made as codes, shared and given, and a rule brings them", async () => {
  for (const brand of ["hotpot", "bakery"]) {
    expect(await rowsOf(brand, "select kind, state, issued > 0 as reached from promotions.coupon_push where tenant_id = $1 order by kind")).toEqual([
      { kind: "audience", state: "done", reached: true }, { kind: "codes", state: "done", reached: true },
    ]);
    expect(await rowsOf(brand, "select state from promotions.coupon_gift where tenant_id = $1 order by state")).toEqual([{ state: "accepted" }, { state: "offered" }]);
    expect(await rowsOf(brand, "select claims from promotions.coupon_share where tenant_id = $1")).toEqual([{ claims: 2 }]);
    expect(await rowsOf(brand, "select trigger from promotions.coupon_rule where tenant_id = $1")).toEqual([{ trigger: "order-paid" }]);
  }
});

test("the price of an order of any day can be derived again", async () => {
  const orders = await rowsOf("hotpot", `select id from commerce."order" where tenant_id = $1 and (discount_fen > 0 or points_spent > 0) order by md5(id) limit 60`);
  expect(orders).toHaveLength(60);
  const { id } = await installation.database.tenants.byCode("hotpot");
  for (const order of orders) {
    const verdict = await installation.database.inScope({ tenantId: id, actor: { kind: "system", name: "test" } }, (scope) => verifyOrder(scope, String(order["id"])));
    expect(verdict).toMatchObject({ ok: true, differences: [] });
  }
});

test("the dashboards have the facts of each day, and the timelines what happened", async () => {
  const [facts] = await rowsOf("hotpot", "select sum(orders)::bigint as orders, count(distinct business_on) filter (where orders > 0) as days from insight.store_hour where tenant_id = $1");
  const [orders] = await rowsOf("hotpot", `select count(*) as orders, 91::bigint as days from commerce."order" where tenant_id = $1`);
  expect(facts).toEqual(orders);
  const kinds = await rowsOf("hotpot", "select distinct e.type as kind from kernel.event e join customers.member m on m.tenant_id = $1 and m.id::text = e.subject_id where e.tenant_id = $1 and m.name = '陈建国' order by kind");
  expect(kinds.map((row) => row["kind"])).toEqual(expect.arrayContaining(["commerce.order-paid", "commerce.order-returned", "loyalty.tier-changed"]));
});

test("nothing waits in the queue, and a second telling changes nothing", { timeout: 30_000 }, async () => {
  const count = async (): Promise<unknown> => (await installation.database.pool.query(
    `select (select count(*) from pgboss.job where name not like '%.tick' and name not like '\\_\\_%')::int as jobs, (select count(*) from kernel.milestone)::int as steps`)).rows[0];
  const before = await count();
  expect(before).toMatchObject({ jobs: 0 });
  await seedStory(installation);
  expect(await count()).toEqual(before);
});

test("a crowd comes once, grows when more are asked for, and breaks no invariant", { timeout: 60_000 }, async () => {
  const crowd = (members: number) => seedCrowd(installation, { brand: "bakery", members, onProgress: () => {} });
  expect(await crowd(3_000)).toEqual({ added: 3_000, orders: 60 });
  expect(await crowd(3_000)).toEqual({ added: 0, orders: 0 });
  expect(await crowd(3_500)).toMatchObject({ added: 500 });
  const [row] = await rowsOf("bakery", "select count(*) as members from customers.member where tenant_id = $1 and joined_via = 'seed' and phone_last4 is not null and cardinality(grams) > 0");
  expect(row?.["members"]).toBeGreaterThan(3_500);
  expect((await prove(postgres.ownerUrl, undefined, [...invariants, ...derivedInvariants])).filter((finding) => finding.broken > 0)).toEqual([]);
});
