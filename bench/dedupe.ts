// `npm run bench:dedupe [-- members]`: how well duplicates are found (Febrl's dataset 1), and how long a million members take.
import { existsSync, readFileSync } from "node:fs";
import { cpus } from "node:os";
import { parse } from "csv-parse/sync";
import { seededRandom } from "../apps/server/src/kernel/entropy.ts";
import { upsertMembers, type MemberLine } from "../apps/server/src/modules/customers/index.ts";
import { blockingKeys, FEW, MANY } from "../apps/server/src/modules/customers/duplicate/blocking.ts";
import { comparePersons, DEFAULT_THRESHOLD } from "../apps/server/src/modules/customers/duplicate/compare.ts";
import { featuresOf, type Features } from "../apps/server/src/modules/customers/duplicate/person.ts";
import { duplicatesTask, startRun } from "../apps/server/src/modules/customers/duplicate/run.ts";
import { foundBrand, type Brand } from "./brand.ts";
import { startBenchPostgres } from "./postgres.ts";

const MEMBERS = Number(process.argv[2] ?? 1_000_000);
const BATCH = 1_000;
/** One in so many members is somebody who joined before, with another phone and a slip in what they typed. */
const AGAIN = 50;
const FEBRL = process.env["FEBRL"] ?? new URL("../../shared/data/febrl/dataset1.csv", import.meta.url).pathname;
const BAR = { f1: 0.97, millionSeconds: 300 };

interface Quality {
  f1: number;
  precision: number;
  recall: number;
}

console.log(`Duplicates with default settings, on ${cpus().length} cores (${cpus()[0]?.model ?? "?"}).
Febrl dataset 1: given name and surname as name, date of birth as birthday, street, suburb, state and postcode as address; the social security number is not used.
${MEMBERS.toLocaleString("en")} members of one brand, one in ${AGAIN} of them twice; the job as a worker runs it, cards and comparison.\n`);

const quality = existsSync(FEBRL) ? febrl() : undefined;
if (quality) console.log(`  Febrl: F1 ${quality.f1.toFixed(4)}, precision ${quality.precision.toFixed(4)}, recall ${quality.recall.toFixed(4)}`);
else console.log(`  Febrl is not at ${FEBRL}: that half is skipped (set FEBRL to its path)`);

const postgres = await startBenchPostgres({ shared_buffers: "1GB", max_wal_size: "4GB" });
try {
  const brand = await foundBrand(postgres);
  const planted = await takeOver(brand);
  await brand.admin.query("vacuum analyze");
  const seconds = await search(brand, planted);
  await brand.close();
  console.log(JSON.stringify({ bench: "dedupe", ...quality, members: MEMBERS, million_s: seconds }));
  process.exitCode = (quality?.f1 ?? 1) >= BAR.f1 && seconds <= BAR.millionSeconds ? 0 : 1;
} finally {
  await postgres.stop();
}

/** The product's own keys and comparison, over the records as they are. */
function febrl(): Quality {
  const records = parse(readFileSync(FEBRL), { columns: true, trim: true }) as Record<string, string>[];
  const features = records.map(featuresOfRecord);
  const blocks = Map.groupBy(features.flatMap((one, at) => blockingKeys(one).map((key) => ({ ...key, at }))), (key) => key.text);
  const pairs = new Map<string, [number, number]>();
  for (const block of blocks.values()) {
    if (block.length > (block[0]?.isForFew ? FEW : MANY)) continue;
    for (const a of block) for (const b of block) if (a.at < b.at) pairs.set(`${a.at} ${b.at}`, [a.at, b.at]);
  }
  const entityOf = (at: number) => records[at]?.["rec_id"]?.split("-")[1];
  const truth = [...Map.groupBy(records.keys(), entityOf).values()].reduce((sum, group) => sum + (group.length * (group.length - 1)) / 2, 0);
  const found = [...pairs.values()].filter(([a, b]) => comparePersons(features[a]!, features[b]!).score >= DEFAULT_THRESHOLD);
  const right = found.filter(([a, b]) => entityOf(a) === entityOf(b)).length;
  const [precision, recall] = [right / found.length, right / truth];
  return { precision, recall, f1: (2 * precision * recall) / (precision + recall) };
}

function featuresOfRecord(record: Record<string, string>): Features {
  const text = (name: string) => record[name] ?? "";
  const born = /^(\d{4})(\d\d)(\d\d)$/.exec(text("date_of_birth"));
  return featuresOf({
    name: `${text("given_name")} ${text("surname")}`.trim(), gender: "unknown", phones: [],
    birthday: born ? { calendar: "solar", year: Number(born[1]), month: Number(born[2]), day: Number(born[3]) } : null,
    address: ["street_number", "address_1", "address_2", "suburb", "state", "postcode"].map(text).filter(Boolean).join(" "),
  });
}

async function takeOver({ inScope }: Brand): Promise<number> {
  const random = seededRandom(20_261_122);
  const draw = (below: number): number => {
    const [a = 0, b = 0, c = 0, d = 0] = random(4);
    return Math.floor(((a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d) / 2 ** 32) * below);
  };
  const start = performance.now();
  let planted = 0;
  let before: MemberLine | undefined;
  for (let from = 0; from < MEMBERS; from += BATCH) {
    const lines = Array.from({ length: Math.min(BATCH, MEMBERS - from) }, (_, at): MemberLine => {
      const no = from + at;
      const phone = `13${String(100_000_000 + (no * 797) % 900_000_000)}`;
      const line: MemberLine = before && no % AGAIN === 0
        ? { ...again(before, draw), externalId: `cust-${no}`, phone } : { ...guest(draw), externalId: `cust-${no}`, phone };
      if (before && no % AGAIN === 0) planted++;
      before = line;
      return line;
    });
    await inScope((scope) => upsertMembers(scope, lines, "import"));
    if ((from + BATCH) % 200_000 === 0) console.log(`  ${(from + BATCH).toLocaleString("en")} members after ${Math.round((performance.now() - start) / 1_000)} s`);
  }
  return planted;
}

/** Three in four tell their birthday, one in four an address: a chain's till does not ask for more. */
function guest(draw: (below: number) => number): Pick<MemberLine, "name" | "birthday" | "address"> {
  const pick = (from: string, power = 1) => [...from][Math.floor((draw(1_000_000) / 1_000_000) ** power * [...from].length)] ?? "";
  const SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤单仇查";
  const GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红梅兰飞鑫波斌宇浩凯辉建文俊国志海春雪琴云龙晨梓涵轩诗子雨欣怡佳琪博睿思语嘉悦可心若曦一诺晓彤瑶楠雅馨慧颖琳";
  const ROADS = ["南京路", "人民路", "中山路", "解放路", "建设路", "和平路", "长江路", "黄河路", "文化路", "新华路", "朝阳路", "光明路"];
  const DISTRICTS = ["黄浦区", "静安区", "徐汇区", "长宁区", "普陀区", "虹口区", "杨浦区", "浦东新区", "闵行区", "宝山区"];
  return {
    name: pick(SURNAMES, 2) + pick(GIVEN) + (draw(10) < 7 ? pick(GIVEN) : ""),
    ...(draw(4) < 3 ? { birthday: { calendar: "solar" as const, year: 1950 + draw(60), month: 1 + draw(12), day: 1 + draw(28) } } : {}),
    ...(draw(4) === 0 ? { address: `上海市${DISTRICTS[draw(10)]}${ROADS[draw(12)]}${1 + draw(999)}号${1 + draw(30)}${String(1 + draw(20)).padStart(2, "0")}室` } : {}),
  };
}

/** The same person once more: a name as it sounds, an address without the city. */
function again(line: MemberLine, draw: (below: number) => number): Pick<MemberLine, "name" | "birthday" | "address"> {
  return {
    name: draw(3) === 0 ? (line.name ?? "").replace("晓", "小").replace("娜", "那").replace("伟", "维") : line.name,
    ...(line.birthday ? { birthday: line.birthday } : {}), ...(line.address ? { address: line.address.replace("上海市", "") } : {}),
  };
}

async function search({ inScope, installation, tenantId }: Brand, planted: number): Promise<number> {
  const start = performance.now();
  const runId = await inScope((scope) => startRun(scope, { kind: "find" }));
  await duplicatesTask([]).run({ tenantId, runId }, installation.database);
  const seconds = Math.round((performance.now() - start) / 100) / 10;
  const [row] = await inScope((scope) => scope.tx.rows<{ state: string; found: number }>("select state, found from customers.duplicate_run where tenant_id = $1 and id = $2", [scope.tenantId, runId]));
  console.log(`  ${seconds} s: ${row?.state}, ${row?.found} pairs for review, ${planted} members were planted twice; ${Math.round(process.memoryUsage().rss / 2 ** 20)} MB`);
  return seconds;
}
