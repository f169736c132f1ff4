// `npm run bench:coupons [-- members]`: how long it takes to push a coupon to a million members.
import { cpus } from "node:os";
import { createTemplate, publishTemplate } from "../apps/server/src/modules/promotions/index.ts";
import { standingConditions } from "../apps/server/src/modules/loyalty/index.ts";
import { startPush } from "../apps/server/src/modules/promotions/coupon-push.ts";
import { work } from "../apps/server/src/worker.ts";
import { foundBrand } from "./brand.ts";
import { startBenchPostgres } from "./postgres.ts";

const MEMBERS = Number(process.argv[2] ?? 1_000_000);
const BAR_S = 60;
const POLL_MS = 1_000;

console.log(`Coupons: one push to all ${MEMBERS.toLocaleString("en")} members of a brand, from starting it to its last coupon being durable, on ${cpus().length} cores
  (${cpus()[0]?.model ?? "?"}). The template has a stock and allows one a member, so every coupon is counted against both; Postgres with fsync and
  its defaults but 1 GB of buffers and 4 GB of log. The push is the task that the console's button starts, run in this process.\n`);

const postgres = await startBenchPostgres({ shared_buffers: "1GB", max_wal_size: "4GB", fsync: "on", synchronous_commit: "on", full_page_writes: "on" });
try {
  const { tenantId, installation: { database, outside }, inScope, admin, close } = await foundBrand(postgres);
  await admin.query(
    `insert into customers.member (tenant_id, id, member_no, name, joined_at, joined_via, updated_at)
     select $1, ('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'B' || n, '客' || n, now() - interval '1 day', 'bench', now()
       from generate_series(1, $2::int) n`, [tenantId, MEMBERS]);
  await admin.query("vacuum analyze");
  const templateId = await inScope(async (scope) => {
    const { id } = await createTemplate(scope, { name: "满100减20", kind: "amount-off", amountFen: 2_000, thresholdFen: 10_000, validity: { kind: "days", days: 30 }, stock: MEMBERS, perMember: 1 });
    await publishTemplate(scope, id);
    return id;
  });

  const start = performance.now();
  const cpuBefore = process.cpuUsage();
  const { id: pushId } = await inScope((scope) => startPush(scope, standingConditions, templateId, { name: "bench", audience: {} }));
  const timer = setInterval(() => void tell(), POLL_MS * 5);
  const tell = async () => {
    const { rows } = await admin.query<{ looked: number }>("select looked from promotions.coupon_push where id = $1", [pushId]);
    console.log(`  ${Math.round((performance.now() - start) / 1000)} s: ${(rows[0]?.looked ?? 0).toLocaleString("en")}`);
  };
  await work({ outside }).tasks.find((task) => task.name === "promotions.push-coupons")?.run({ tenantId, pushId }, database);
  const seconds = (performance.now() - start) / 1_000;
  clearInterval(timer);
  const { user, system } = process.cpuUsage(cpuBefore);

  const { rows: [found] } = await admin.query<{ coupons: string; members: string; codes: string; issued: number; state: string }>(
    `select count(*) as coupons, count(distinct c.member_id) as members, count(distinct c.code) as codes, max(t.issued) as issued, max(p.state) as state
       from promotions.coupon c join promotions.coupon_template t on t.id = c.template_id join promotions.coupon_push p on p.id = c.push_id where c.push_id = $1`, [pushId]);
  await close();
  const isExact = [found?.coupons, found?.members, found?.codes, found?.issued].every((count) => Number(count) === MEMBERS) && found?.state === "done";
  console.log(`\n${isExact ? "exact" : "NOT EXACT"}: ${found?.coupons} coupons, ${found?.members} members, ${found?.codes} codes, ${found?.issued} counted; ${Math.round(MEMBERS / seconds).toLocaleString("en")} a second, ${((user + system) / 1e6).toFixed(1)} s of processor in this process`);
  console.log(JSON.stringify({ bench: "coupons", coupons: MEMBERS, push_1m_s: Number((seconds * 1_000_000 / MEMBERS).toFixed(1)) }));
  process.exitCode = isExact && seconds * 1_000_000 / MEMBERS <= BAR_S ? 0 : 1;
} finally {
  await postgres.stop();
}
