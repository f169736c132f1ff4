// `npm run bench:night [-- members]`: the nightly work of a brand with a million members, in one piece.
import { cpus } from "node:os";
import { createBenefit, createTier, setProgram } from "../apps/server/src/modules/loyalty/index.ts";
import { createTemplate, publishTemplate } from "../apps/server/src/modules/promotions/index.ts";
import { prove } from "../apps/server/src/prove/prove.ts";
import { work } from "../apps/server/src/worker.ts";
import { foundBrand, type Brand } from "./brand.ts";
import { startBenchPostgres } from "./postgres.ts";

const MEMBERS = Number(process.argv[2] ?? 1_000_000);
/** In the order of the clock. Tasks are what the schedules of the night enqueue. */
const NIGHT = {
  tasks: ["ledger.expire-lots", "loyalty.evaluate-tiers", "loyalty.place-overdue", "loyalty.grant-benefits", "promotions.expire-coupons", "promotions.remind-expiring", "loyalty.tell-expiring"],
  schedules: ["payments.count-days", "insight.liability", "loyalty.warn-expiring"],
};

console.log(`Night: ${MEMBERS.toLocaleString("en")} members in three tiers with points, of whom half lose a lot, half have a coupon that ends or will soon, a third end their
  tier's year, and those with a birthday in a week (some lunar) or in the top tier are given points, on ${cpus().length} cores (${cpus()[0]?.model ?? "?"}).
  Postgres with fsync and its defaults but 1 GB of buffers and 4 GB of log; the schedules and tasks of the worker, one after another in this process.\n`);

const postgres = await startBenchPostgres({ shared_buffers: "1GB", max_wal_size: "4GB", fsync: "on", synchronous_commit: "on", full_page_writes: "on" });
try {
  const brand = await foundBrand(postgres);
  await fill(brand, await defineRules(brand));
  const first = await night(brand);
  console.log("  once more: there is nothing left to do");
  const again = await night(brand);
  const { rows: [done] } = await brand.admin.query<Record<string, number>>(`select
    (select count(*)::int from ledger.posting where kind = 'expire') as lots_ended, (select count(*)::int from loyalty.tier_change) as tier_changes,
    (select count(*)::int from loyalty.expiry_notice where told_at is not null) as warned, (select count(*)::int from loyalty.benefit_use) as gifts,
    (select count(*)::int from promotions.coupon where state = 'expired') as coupons_ended`);
  await brand.close();
  const broken = (await prove(postgres.ownerUrl)).filter((finding) => finding.broken > 0);
  for (const { name, broken: count, examples } of broken) console.log(`  BROKEN: ${name}: ${count}, e.g. ${JSON.stringify(examples[0])}`);
  console.log(JSON.stringify({ bench: "night", members: MEMBERS, night_s: first, again_s: again, ...done, peak_mb: Math.round(process.resourceUsage().maxRSS / 1024), violations: broken.length }));
  process.exitCode = broken.length === 0 ? 0 : 1;
} finally {
  await postgres.stop();
}

async function night({ tenantId, inScope, installation: { database, outside } }: Brand): Promise<number> {
  const { tasks, schedules } = work({ outside });
  const started = performance.now();
  const step = async (name: string, run: (() => Promise<void>) | undefined) => {
    if (!run) throw new Error(`the worker knows no ${name}`);
    const start = performance.now();
    await run();
    console.log(`  ${name.padEnd(28)} ${seconds(start)} s`);
  };
  for (const name of NIGHT.schedules) {
    const schedule = schedules.find((one) => one.name === name);
    await step(name, schedule && (() => inScope((scope) => schedule.run(scope))));
  }
  for (const name of NIGHT.tasks) {
    const task = tasks.find((one) => one.name === name);
    await step(name, task && (() => task.run({ tenantId }, database)));
  }
  console.log(`  ${"all of it".padEnd(28)} ${seconds(started)} s\n`);
  return seconds(started);
}

/** Three tiers, gifts for birthdays and for the top tier, a coupon. */
async function defineRules({ inScope }: Brand): Promise<{ tierIds: string[]; templateId: string }> {
  return inScope(async (scope) => {
    await setProgram(scope, { earn: { points: 1, perFen: 100 }, spend: { points: 100, fen: 100 } });
    const tierIds: string[] = [];
    for (const [rank, spendFen] of [null, 50_000, 200_000].entries()) tierIds.push((await createTier(scope, { name: `T${rank}`, rank, spendFen })).id);
    const benefit = { description: "", tierIds: [], quota: 1, couponTemplateId: null, offerId: null, leadDays: 7, validDays: 30, isAutomatic: true, position: 1, state: "live" as const };
    await createBenefit(scope, { ...benefit, name: "生日礼", kind: "points", points: 88, grantOn: "birthday" });
    await createBenefit(scope, { ...benefit, name: "月礼", kind: "points", points: 10, grantOn: "month", tierIds: tierIds.slice(2) });
    const { id: templateId } = await createTemplate(scope, { name: "满100减20", kind: "amount-off", amountFen: 2_000, thresholdFen: 10_000, validity: { kind: "days", days: 30 }, stock: null, perMember: null });
    await publishTemplate(scope, templateId);
    return { tierIds, templateId };
  });
}

/** Straight into the tables, each with the postings that explain it: what is measured is the night. */
async function fill({ admin, tenantId }: Brand, { tierIds, templateId }: { tierIds: string[]; templateId: string }): Promise<void> {
  const start = performance.now();
  const id = (kind: string) => `('${kind}-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid`;
  const each = `generate_series(1, ${MEMBERS}) n`;
  const insert = (sql: string, values: unknown[] = []) => admin.query(sql, [tenantId, ...values]);
  // Millions of rows would spend their time on foreign keys that nobody measures here.
  await admin.query("set session_replication_role = replica");
  await insert(`insert into customers.member (tenant_id, id, member_no, name, joined_at, joined_via, updated_at, birth_calendar, birth_month, birth_day)
    select $1, ${id("01900000")}, 'B' || n, '客' || n, now() - interval '400 days', 'bench', now(), case when n % 5 = 0 then 'lunar' else 'solar' end, 1 + n % 12, 1 + (n / 12) % 28 from ${each}`);
  await insert(`insert into loyalty.standing (tenant_id, member_id, tier_id, tier_since, tier_until, months, orders, net_fen, first_order_at, last_order_at)
    select $1, ${id("01900000")}, ($2::uuid[])[1 + n % 3], now() - interval '1 year', case when n % 3 = 1 then now() - interval '1 hour' when n % 3 = 2 then now() + interval '90 days' end,
           jsonb_build_object($3::text, jsonb_build_array(case when n % 10 = 0 then 100 when n % 3 = 2 then 250000 else 60000 end, 3)), 0, 0, null, null from ${each}`,
  [tierIds, new Date().toISOString().slice(0, 7)]);
  await insert(`insert into ledger.account (tenant_id, id, holder_id, asset, balance, opened_at)
    select $1, ${id("01910000")}, ${id("01900000")}, 'points', 150 * (2 - n % 2), now() - interval '1 year' from ${each}`);
  for (const [lot, ending, of] of [["01920000", "now() - interval '1 hour'", "n % 2 = 0"], ["01920001", "now() + interval '20 days'", "true"]]) {
    await insert(`insert into ledger.lot (tenant_id, id, account_id, amount, remaining, earned_at, active_from, expires_at, origin_kind, origin_id, origin_holder_id)
      select $1, ${id(lot!)}, ${id("01910000")}, 150, 150, now() - interval '1 year', now() - interval '1 year', ${ending}, 'opening', 'bench', ${id("01900000")} from ${each} where ${of}`);
  }
  await insert(`insert into ledger.posting (tenant_id, account_id, id, lot_id, amount, counter, kind, ref_id, at, balance_after)
    select $1, account_id, gen_random_uuid(), id, 150, 'issued', 'earn', 'bench', earned_at, 150 * row_number() over (partition by account_id order by id) from ledger.lot where tenant_id = $1`);
  await insert(`insert into promotions.coupon (tenant_id, id, template_id, template_version, member_id, code, state, valid_from, valid_until, issued_at, issued_by)
    select $1, ${id("01930000")}, $2, 1, ${id("01900000")}, 'B' || n, 'issued', now() - interval '30 days', date_trunc('second', now()) + case when n % 4 = 0 then interval '-1 hour' else interval '2 days' end, now() - interval '30 days', 'push'
      from ${each} where n % 2 = 0`, [templateId]);
  await insert("update promotions.coupon_template set issued = $3 where tenant_id = $1 and id = $2", [templateId, Math.floor(MEMBERS / 2)]);
  await admin.query("vacuum analyze");
  console.log(`  filled in ${seconds(start)} s`);
}

function seconds(since: number): number {
  return Number(((performance.now() - since) / 1_000).toFixed(1));
}
