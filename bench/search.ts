// `npm run bench:search [-- members]`: how long a search among a million members takes, and how fast they are taken over.
import { cpus } from "node:os";
import { seededRandom } from "../apps/server/src/kernel/entropy.ts";
import { listMembers, memberSearcher, upsertMembers, type MemberLine } from "../apps/server/src/modules/customers/index.ts";
import { foundBrand, type InScope } from "./brand.ts";
import { startBenchPostgres } from "./postgres.ts";

const MEMBERS = Number(process.argv[2] ?? 1_000_000);
const BATCH = 1_000;
const ROUNDS = 40;
const BAR_MS = 50;

// The commonest surnames, the first ones far oftener, as in life; and characters that given names are made of.
const SURNAMES = [..."王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤单仇查"];
const GIVEN = [..."伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红梅兰飞鑫波斌宇浩凯辉建文俊国志海春雪琴云龙晨梓涵轩诗子雨欣怡佳琪博睿思语嘉悦可心若曦一诺晓彤瑶楠雅馨慧颖琳"];

const random = seededRandom(20_261_121);
const draw = (below: number): number => {
  const [a = 0, b = 0, c = 0, d = 0] = random(4);
  return ((a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d) / 2 ** 32) * below | 0;
};
const pick = (from: readonly string[], power = 1): string => from[Math.floor((draw(1_000_000) / 1_000_000) ** power * from.length)] ?? "";
const nameOf = (): string => pick(SURNAMES, 2) + pick(GIVEN) + (draw(10) < 7 ? pick(GIVEN) : "");

console.log(`Search: ${MEMBERS.toLocaleString("en")} members of one brand, taken over ${BATCH} at a time as POST /v1/members:batch does;
  then each kind of search ${ROUNDS} times with another text, first page with its count, one caller, on ${cpus().length} cores (${cpus()[0]?.model ?? "?"})\n`);

const postgres = await startBenchPostgres({ shared_buffers: "1GB", max_wal_size: "4GB" });
try {
  const { inScope, admin, close } = await foundBrand(postgres);
  const perSecond = await takeOver(inScope);
  await admin.query("vacuum analyze");
  const kinds = { ...await listed(inScope), ...await boxed(inScope) };
  await close();
  const worst = Math.max(...Object.values(kinds));
  console.log(JSON.stringify({ bench: "search", members: MEMBERS, members_per_s: perSecond, p95_ms: worst, p95_ms_by_kind: kinds }));
  process.exitCode = worst <= BAR_MS ? 0 : 1;
} finally {
  await postgres.stop();
}

async function takeOver(inScope: InScope): Promise<number> {
  const start = performance.now();
  for (let from = 0; from < MEMBERS; from += BATCH) {
    const lines = Array.from({ length: Math.min(BATCH, MEMBERS - from) }, (_, at): MemberLine => ({
      externalId: `cust-${from + at}`, name: nameOf(), phone: `13${String(100_000_000 + (from + at) * 797 % 900_000_000)}`,
      joinedAt: new Date(Date.UTC(2020, 0, 1) + (from + at) * 180_000).toISOString(),
    }));
    await inScope((scope) => upsertMembers(scope, lines, "import"));
    if ((from + BATCH) % 100_000 === 0) console.log(`  ${(from + BATCH).toLocaleString("en")} members after ${Math.round((performance.now() - start) / 1000)} s`);
  }
  return Math.round(MEMBERS / ((performance.now() - start) / 1000));
}

type Kinds = Record<string, () => string>;

/** The list of members: first page with its count. */
function listed(inScope: InScope): Promise<Record<string, number>> {
  const kinds: Kinds = {
    "whole name": nameOf, "two characters": () => pick(GIVEN) + pick(GIVEN), "surname alone": () => pick(SURNAMES, 2), "initials": () => pick(["wxm", "lsq", "zyt", "cjh", "cj", "w"]),
    "pinyin": () => pick(["wangxiaoming", "zhangwei", "lina", "chensiyu"]), "start of pinyin": () => pick(["zh", "wang", "li", "ch"]),
    "phone": () => `13${String(100_000_000 + draw(MEMBERS) * 797 % 900_000_000)}`, "last four": () => String(1_000 + draw(9_000)), "external id": () => `cust-${draw(MEMBERS)}`,
    "nobody": () => "龘龘", "everybody": () => "",
  };
  return timed(kinds, (q) => inScope(async (scope) => (await listMembers(scope, { q, limit: 20 })).items.length));
}

/** The search box, what is near included: the text has a slip in it. */
function boxed(inScope: InScope): Promise<Record<string, number>> {
  const kinds: Kinds = {
    "box: a letter": () => pick([..."zyxwvutsrqponmlkjihgfedcba"]), "box: a digit": () => String(draw(10)), "box: a character": () => pick(draw(2) === 0 ? SURNAMES : GIVEN), "box: a rare character": () => pick([..."龘犇骉淼"]),
    "box: initials": () => pick(["wxm", "lsq", "zyt"]), "box: a letter missing": () => pick(["wangxaoming", "zhangwi", "chnsiyu"]),
    "box: a wrong letter": () => pick(["wamgwei", "lima", "wangxiaomimg"]), "box: wrong characters": () => pick(["往晓鸣", "章威", "陈思羽"]),
  };
  return timed(kinds, (q) => inScope(async (scope) => (await memberSearcher.find(scope, q, 7)).hits.length));
}

async function timed(kinds: Kinds, find: (q: string) => Promise<number>): Promise<Record<string, number>> {
  const slowest: Record<string, number> = {};
  for (const [kind, text] of Object.entries(kinds)) {
    const times: number[] = [];
    let found = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const q = text();
      const start = performance.now();
      found += await find(q);
      times.push(performance.now() - start);
    }
    times.sort((a, b) => a - b);
    const [p50, p95] = [0.5, 0.95].map((share) => Math.round((times[Math.floor(share * (times.length - 1))] ?? 0) * 10) / 10);
    console.log(`  ${kind.padEnd(22)} p50 ${p50} ms, p95 ${p95} ms, ${(found / ROUNDS).toFixed(1)} found`);
    slowest[kind] = p95 ?? 0;
  }
  return slowest;
}
