// `npm run bench:find [-- records products]`: how long it takes to find a record or a product by a part of a text, as the lists and the search box ask.
import { cpus } from "node:os";
import { seededRandom } from "../apps/server/src/kernel/entropy.ts";
import type { Actor, Scope } from "../apps/server/src/kernel/scope.ts";
import { orderSearcher, productSearcher } from "../apps/server/src/modules/commerce/index.ts";
import { productSpelling } from "../apps/server/src/modules/commerce/product.spelling.ts";
import { listProducts } from "../apps/server/src/modules/commerce/product.view.ts";
import { memberSearcher } from "../apps/server/src/modules/customers/index.ts";
import { recordSearcher } from "../apps/server/src/modules/objects/index.ts";
import { addField } from "../apps/server/src/modules/objects/field.ts";
import { createObject } from "../apps/server/src/modules/objects/object.ts";
import { listRecords } from "../apps/server/src/modules/objects/record.view.ts";
import { searchEverywhere } from "../apps/server/src/modules/platform/search.ts";
import { foundBrand, type Brand } from "./brand.ts";
import { startBenchPostgres } from "./postgres.ts";

const RECORDS = Number(process.argv[2] ?? 1_000_000);
const PRODUCTS = Number(process.argv[3] ?? 200_000);
const ROUNDS = 40;
const BAR_MS = 50;

/** What streets and dishes are named of, the first ones far oftener. */
const WORDS = [..."南京淮海中山人民建设解放和平长江黄河新华文化光明幸福友谊团结胜利东方红星火车站前后门里外街花园桥头河西北城关镇湖滨翠竹青云龙泉凤凰玉兰桂林松柏梅菊荷塘月色古楼"];
const DISHES = [..."鸡鸭鱼肉牛羊虾蟹面饭汤粥饺包饼粉丝豆腐菜白红油麻辣香酸甜糖醋炒煮蒸炖烤炸煎拌卤酱葱姜蒜椒盐花生芝茶奶冰果橙柠檬莓桃瓜莲藕菇笋芋土豆番茄青椒茄子毛肚黄喉鸭血酥"];

const random = seededRandom(20_261_122);
const draw = (below: number): number => {
  const [a = 0, b = 0, c = 0] = random(3);
  return Math.floor(((a * 2 ** 16 + b * 2 ** 8 + c) / 2 ** 24) * below);
};
const pick = (from: readonly string[]): string => from[Math.floor((draw(1_000_000) / 1_000_000) ** 2 * from.length)] ?? "";
const text = (from: readonly string[], length: number): string => Array.from({ length }, () => pick(from)).join("");

console.log(`Find: ${RECORDS.toLocaleString("en")} records with a searchable text and ${PRODUCTS.toLocaleString("en")} products of one brand; each kind of search ${ROUNDS} times with another text, first page, one
  caller, on ${cpus().length} cores (${cpus()[0]?.model ?? "?"})\n`);

const postgres = await startBenchPostgres({ shared_buffers: "1GB", max_wal_size: "4GB" });
try {
  const brand = await foundBrand(postgres);
  await addRecords(brand);
  await addProducts(brand);
  const kinds = await timed(asked(brand));
  await brand.close();
  const worst = Math.max(...Object.values(kinds));
  console.log(JSON.stringify({ bench: "find", records: RECORDS, products: PRODUCTS, p95_ms: worst, p95_ms_by_kind: kinds }));
  process.exitCode = worst <= BAR_MS ? 0 : 1;
} finally {
  await postgres.stop();
}

async function since(what: string, run: () => Promise<void>): Promise<void> {
  const start = performance.now();
  await run();
  console.log(`  ${what} after ${Math.round((performance.now() - start) / 1000)} s`);
}

/** Written as the application would, by SQL: names of four characters and a number. */
async function addRecords({ tenantId, inScope, admin }: Brand): Promise<void> {
  await inScope((scope) => createObject(scope, { key: "visit", name: "拜访" }));
  await inScope((scope) => addField(scope, "visit", { key: "place", kind: "text", name: "地点", isSearchable: true }));
  const { rows } = await admin.query<{ id: string; object_id: string; key: string; slot: string | null }>("select id, object_id, key, slot from objects.field where tenant_id = $1", [tenantId]);
  const [name, place] = ["name", "place"].map((key) => rows.find((row) => row.key === key));
  if (!name?.slot || !place) throw new Error("No field");
  const { slot } = name;
  const word = `substr($4, 1 + floor(random() ^ 2 * $5)::int, 1)`;
  await since(`${RECORDS.toLocaleString("en")} records`, async () => {
    await admin.query("set session_replication_role = replica");
    await admin.query("select setseed(0.42)");
    await admin.query(
      `insert into objects.record (tenant_id, object_id, id, ext, created_at, created_by, updated_at, ${slot}, terms)
       select $1, $2, ('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, ext, now(), 'bench', now(), ext ->> $6, objects.terms(ext, array[$7])
         from (select n, jsonb_build_object($6::text, '拜访' || n, $7::text, ${Array(4).fill(word).join(" || ")} || '路' || n % 997 || '号') as ext from generate_series(1, $3::int) n) made`,
      [tenantId, name.object_id, RECORDS, WORDS.join(""), WORDS.length, name.id, place.id]);
    await admin.query("set session_replication_role = default");
    await admin.query("vacuum analyze objects.record");
  });
}

/** Two of some thousand dishes each, spelled as the application does. */
async function addProducts({ tenantId, admin }: Brand): Promise<void> {
  const dishes = Array.from({ length: 4_000 }, () => text(DISHES, 2 + draw(2)));
  const spelled = dishes.map(productSpelling);
  await since(`${PRODUCTS.toLocaleString("en")} products`, async () => {
    await admin.query(
      `insert into commerce.product (tenant_id, id, sku, barcode, name, name_pinyin, name_initials, price_fen, updated_at)
       select $1, gen_random_uuid(), 'SKU-' || lpad(n::text, 6, '0'), (690000000000 + n)::text, a.name || b.name, a.pinyin || b.pinyin, a.initials || b.initials, 100 + n % 9000, now()
         from generate_series(0, $2::int - 1) as n
         join unnest($3::text[], $4::text[], $5::text[]) with ordinality as a(name, pinyin, initials, at) on a.at = 1 + n % 4000
         join unnest($3::text[], $4::text[], $5::text[]) with ordinality as b(name, pinyin, initials, at) on b.at = 1 + n * 7919::bigint % 3989`,
      [tenantId, PRODUCTS, dishes, spelled.map((one) => one.pinyin), spelled.map((one) => one.initials)]);
    await admin.query("vacuum analyze commerce.product");
  });
}

type Kinds = Record<string, () => Promise<number>>;

function asked({ inScope, adminId }: Brand): Kinds {
  const admin: Actor = { kind: "staff", staffId: adminId as never, name: "Bench", permissions: new Set(["members.read", "orders.read", "products.manage", "records.read"]), dataScope: { kind: "all", storeIds: null, roots: null }, sessionId: "" };
  const inBox = async (scope: Scope, q: string) => (await searchEverywhere({ ...scope, actor: admin }, [memberSearcher, orderSearcher, productSearcher, recordSearcher], q)).length;
  const contains = (q: string) => inScope(async (scope) => (await listRecords(scope, "visit", { limit: 20, filter: JSON.stringify([{ field: "place", op: "contains", value: q }]) })).items.length);
  const products = (q: string) => inScope(async (scope) => (await listProducts(scope, { q, limit: 20 })).items.length);
  const box = (q: string) => inScope((scope) => inBox(scope, q));
  return {
    "contains: a character": () => contains(pick(WORDS)), "contains: two": () => contains(text(WORDS, 2)), "contains: three": () => contains(text(WORDS, 3)), "contains: nobody": () => contains("龘龘"),
    "products: a character": () => products(pick(DISHES)), "products: two": () => products(text(DISHES, 2)), "products: three": () => products(text(DISHES, 3)),
    "products: pinyin": () => products(["jirou", "mala", "niurou", "doufu", "tangcu"][draw(5)] ?? ""), "products: initials": () => products(["jr", "mlt", "nrm", "dft", "x"][draw(5)] ?? ""),
    "products: SKU": () => products(`SKU-${String(draw(PRODUCTS)).padStart(6, "0")}`), "products: barcode": () => products(String(690_000_000_000 + draw(PRODUCTS))), "products: nothing": () => products("龘龘"),
    "products: a letter": () => products(pick([..."abcdefghijklmnopqrstuvwxyz"])), "products: two digits": () => products(String(10 + draw(90))),
    "box: a letter": () => box(pick([..."zyxwvutsrqponmlkjihgfedcba"])), "box: a digit": () => box(String(draw(10))), "box: a sign": () => box(pick([..."%-+#.@"])), "box: a character": () => box(pick(draw(2) === 0 ? WORDS : DISHES)),
    "box: two digits": () => box(String(10 + draw(90))), "box: two characters": () => box(text(draw(2) === 0 ? WORDS : DISHES, 2)), "box: three": () => box(text(draw(2) === 0 ? WORDS : DISHES, 3)), "box: letters": () => box(["jirou", "mala", "nrm", "sku-00"][draw(4)] ?? ""), "box: a number": () => box(String(draw(1_000))),
  };
}

async function timed(kinds: Kinds): Promise<Record<string, number>> {
  const slowest: Record<string, number> = {};
  for (const [kind, find] of Object.entries(kinds)) {
    const times: number[] = [];
    let found = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const start = performance.now();
      found += await find();
      times.push(performance.now() - start);
    }
    times.sort((a, b) => a - b);
    const [p50, p95] = [0.5, 0.95].map((share) => Math.round((times[Math.floor(share * (times.length - 1))] ?? 0) * 10) / 10);
    console.log(`  ${kind.padEnd(24)} p50 ${p50} ms, p95 ${p95} ms, ${(found / ROUNDS).toFixed(1)} found`);
    slowest[kind] = p95 ?? 0;
  }
  return slowest;
}
