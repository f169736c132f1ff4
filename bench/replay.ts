// `npm run bench:replay [-- orders]`: how long a draft rule takes over a million real orders.
import { cpus } from "node:os";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { evaluate, type Cart } from "@shuke/offers";
import type pg from "pg";
import { seededRandom } from "../apps/server/src/kernel/entropy.ts";
import { uuidv7 } from "../apps/server/src/kernel/ids.ts";
import { insertOrders, type Order } from "../apps/server/src/modules/commerce/order.ts";
import { replayBody } from "../apps/server/src/modules/commerce/replay/replay.schema.ts";
import { getReplay, startReplay } from "../apps/server/src/modules/commerce/replay/replay.ts";
import { runReplay } from "../apps/server/src/modules/commerce/replay/replay.run.ts";
import { createOffer, currentRules } from "../apps/server/src/modules/promotions/index.ts";
import { foundBrand, type InScope } from "./brand.ts";
import { startBenchPostgres } from "./postgres.ts";

const ORDERS = Number(process.argv[2] ?? 1_000_000);
const BAR_S = 300;
const COPIES = 20;
const BATCH = 1_000;
const MEMBERS = 100_000;
const WEEK_MS = 604_800_000;
const random = seededRandom(20_261_122);
const draw = (below: number): number => {
  const [a = 0, b = 0, c = 0, d = 0] = random(4);
  return Math.floor(((a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d) / 2 ** 32) * below);
};

console.log(`Replay: ${ORDERS.toLocaleString("en")} orders of three lines over ${COPIES} weeks, 60 % of members, each priced by the twelve offers in force, as tills write them (a week is
  priced and written by the settlement's own writer, then copied week by week). The draft, a ladder limited to five uses a member, runs over all of them as the console starts it:
  pages of 500 through the ordinary pool, two counting threads, checkpoints, sums and overlaps. One process, on ${cpus().length} cores (${cpus()[0]?.model ?? "?"}), database included\n`);

const postgres = await startBenchPostgres({ shared_buffers: "1GB", max_wal_size: "8GB", checkpoint_timeout: "30min" });
try {
  const { tenantId, installation, inScope, admin, close } = await foundBrand(postgres);
  await writeOrders(inScope, admin);
  const { id } = await inScope((scope) => startReplay(scope, replayBody.parse({
    name: "bench", days: COPIES * 7 + 7, budgetFen: 100_000_000,
    subject: { kind: "definition", name: "阶梯", definition: { kind: "ladder", level: "order", trigger: "auto", steps: [{ atAmountFen: 6_000, amountFen: 300 }, { atAmountFen: 12_000, amountFen: 900 }], limits: { perMember: 5 } } },
  })));
  const loop = monitorEventLoopDelay({ resolution: 5 });
  loop.enable();
  const start = performance.now();
  await runReplay(installation.database, tenantId, id);
  const seconds = (performance.now() - start) / 1_000;
  loop.disable();
  const { state, result, failure } = await inScope((scope) => getReplay(scope, id));
  if (state !== "done" || !result) throw new Error(`The replay ended ${state}: ${failure}`);
  console.log(`  ${result.orders.toLocaleString("en")} orders, ${result.hits.toLocaleString("en")} with the draft, ${result.members.gained.toLocaleString("en")} members gain ${(result.costFen / 100).toLocaleString("en")} yuan;
  ${result.overlaps.length} offers overlap, the budget ends ${result.budget?.runsOutAt ?? "never"}, ${result.drifted} orders do not come out as they were`);
  if (result.drifted > 0) throw new Error("Orders do not come out as they were priced");
  await close();
  const measured = { seconds: Number(seconds.toFixed(1)), orders_per_s: Math.round(result.orders / seconds), loop_p99_ms: Number((loop.percentile(99) / 1e6).toFixed(1)), bar_s: BAR_S };
  console.log(JSON.stringify({ bench: "replay", orders: result.orders, ...measured }));
  process.exitCode = seconds <= (BAR_S * ORDERS) / 1_000_000 ? 0 : 1;
} finally {
  await postgres.stop();
}

/** A week by the writer that settlement uses; the other weeks are its copies: same weekday, same hour, so each price still proves itself. */
async function writeOrders(inScope: InScope, admin: pg.Client): Promise<void> {
  const start = performance.now();
  for (const offer of offersInForce()) await inScope((scope) => createOffer(scope, offer));
  const stores = Array.from({ length: 40 }, () => uuidv7(new Date(), random));
  const members = Array.from({ length: MEMBERS }, () => uuidv7(new Date(), random));
  const monday = Date.now() - WEEK_MS;
  const week = Math.ceil(ORDERS / COPIES);
  for (let from = 0; from < week; from += BATCH) {
    await inScope(async (scope) => {
      const rules = await currentRules(scope);
      const orders = Array.from({ length: Math.min(BATCH, week - from) }, (_, k): Order => {
        const no = from + k;
        const member = draw(10) < 6 ? { id: members[draw(MEMBERS)]!, tierId: null, segments: [], firstOrder: draw(20) === 0 } : null;
        return orderOf(`w0-${no}`, new Date(monday + Math.floor((no / week) * (WEEK_MS - 60_000))), stores[draw(stores.length)]!, member, rules);
      });
      insertOrders(scope, orders);
    });
  }
  for (let copy = 1; copy < COPIES; copy++) {
    await admin.query(`insert into commerce."order" select tenant_id, 'w${copy}' || substr(id, 3), store_id, channel, source, member_id, status, gross_fen, discount_fen, fees_fen, net_fen, refunded_fen,
        points_earned, points_spent, points_returned, rule_version, proof, cashier, paid_at - interval '${copy * 7} days', business_on - ${copy * 7}, recorded_at from commerce."order" where id like 'w0-%'`);
    await admin.query(`insert into commerce.order_line select tenant_id, 'w${copy}' || substr(order_id, 3), no, line_id, sku, name, category, quantity, unit_price_fen, gross_fen, discount_fen, net_fen,
        points_earned, tender_split, returned_quantity, returned_fen, returned_split from commerce.order_line where order_id like 'w0-%'`);
  }
  await admin.query("vacuum analyze");
  console.log(`  ${ORDERS.toLocaleString("en")} orders written in ${Math.round((performance.now() - start) / 1000)} s`);
}

function orderOf(id: string, paidAt: Date, storeId: string, member: { id: string; tierId: null; segments: string[]; firstOrder: boolean } | null, rules: Awaited<ReturnType<typeof currentRules>>): Order {
  const cart: Cart = {
    lines: Array.from({ length: 3 }, (_, at) => {
      const no = draw(300);
      return { id: String(at + 1), sku: `S${no}`, name: `菜品${no}`, category: `C${no % 12}`, tags: [], quantity: 1 + draw(3), unitPriceFen: 800 + draw(60) * 100 };
    }),
    fees: [], channel: "till", storeId, manualDiscountFen: 0, couponIds: [], codes: [],
  };
  const quote = evaluate(cart, { member, coupons: [] }, rules, paidAt.getTime(), { explain: false });
  return {
    id, storeId, channel: "till", source: "till", memberId: member?.id ?? null, status: "paid", grossFen: quote.grossFen, discountFen: quote.discountFen, feesFen: 0, netFen: quote.totalFen,
    refundedFen: 0, pointsEarned: 0, pointsSpent: 0, pointsReturned: 0, ruleVersion: rules.version, cashier: "bench", paidAt, businessOn: paidAt.toISOString().slice(0, 10),
    proof: {
      effects: quote.effects, fees: [], engine: quote.proof, hash: "bench", tags: {}, manualDiscountFen: 0, codes: [], couponIds: [],
      member: member && { tierId: member.tierId, firstOrder: member.firstOrder },
    },
    lines: quote.lines.map((line, at) => ({
      no: at + 1, lineId: line.lineId, sku: line.sku, name: cart.lines[at]!.name, category: cart.lines[at]!.category, quantity: line.quantity, unitPriceFen: cart.lines[at]!.unitPriceFen,
      grossFen: line.grossFen, discountFen: line.discountFen, netFen: line.netFen, pointsEarned: 0, tenderSplit: [line.netFen], returnedQuantity: 0, returnedFen: 0, returnedSplit: [0],
    })),
    tenders: [],
  };
}

/** As a chain has them: by category, time of day and weekday, for the whole order. */
function offersInForce(): { name: string; state: "live"; definition: never }[] {
  const rules: Record<string, unknown>[] = [
    ...Array.from({ length: 6 }, (_, at) => ({ kind: "percent-off", level: "category", percentOff: 5 + at, scope: { categories: [`C${at}`] }, stacking: { stackable: false } })),
    { kind: "percent-off", level: "order", percentOff: 8, scope: { timeSlots: [{ from: "14:00", until: "17:00" }] } },
    { kind: "amount-off", level: "order", amountFen: 500, threshold: { amountFen: 15_000 }, scope: { weekdays: [1, 2, 3, 4] } },
    { kind: "buy-get", level: "line", buyQuantity: 2, getQuantity: 1, percentOff: 50, scope: { categories: ["C7"] }, maxTimes: 1 },
    { kind: "member-price", level: "line", prices: Array.from({ length: 20 }, (_, at) => ({ sku: `S${at * 7}`, priceFen: 900 })), scope: { firstOrder: true } },
    { kind: "gift", level: "order", gifts: [{ sku: "G", name: "酸梅汤", quantity: 1 }], threshold: { amountFen: 20_000 } },
    { kind: "unit-off", level: "line", pick: "cheapest", percentOff: 30, threshold: { quantity: 5 } },
  ];
  return rules.map((definition, at) => ({ name: `活动${at + 1}`, state: "live", definition: { trigger: "auto", ...definition } as never }));
}

