// `npm run bench:import [-- members rows]`: a file of members from its upload to the last durable row, and back again.
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { cpus } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { serveHttp, startWorker } from "../apps/server/src/installation.ts";
import { seededRandom } from "../apps/server/src/kernel/entropy.ts";
import { sessionCookie } from "../apps/server/src/modules/org/credential.ts";
import { openSession } from "../apps/server/src/modules/org/session.ts";
import { foundBrand, type Brand } from "./brand.ts";
import { startBenchPostgres } from "./postgres.ts";
import { processorSeconds } from "./processor-time.ts";

const MEMBERS = Number(process.argv[2] ?? 1_000_000);
const ROWS = Number(process.argv[3] ?? 100_000);
const BAR = { smallS: 30, largeS: 300, undoS: 15 };
const HEADER = "客户编号,姓名,手机号,性别,出生日期,门店,入会时间,标签\r\n";
const POLL_MS = 50;
const RSS_MS = 100;

const SURNAMES = [..."王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤单仇查"];
const GIVEN = [..."伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红梅兰飞鑫波斌宇浩凯辉建文俊国志海春雪琴云龙晨梓涵轩诗子雨欣怡佳琪博睿思语嘉悦可心若曦一诺晓彤瑶楠雅馨慧颖琳"];
const random = seededRandom(20_261_122);
const draw = (below: number): number => {
  const [a = 0, b = 0, c = 0, d = 0] = random(4);
  return Math.floor(((a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d) / 2 ** 32) * below);
};
const pick = (from: readonly string[], power = 1): string => from[Math.floor((draw(1_000_000) / 1_000_000) ** power * from.length)] ?? "";
const two = (value: number): string => String(value).padStart(2, "0");

console.log(`Import: a CSV file of ${MEMBERS.toLocaleString("en")} members into an empty brand, then one of ${ROWS.toLocaleString("en")} rows into those, each uploaded over HTTP in pieces, checked (duplicates in the file,
  by phone and number, and by name and birthday), and applied by the worker; then the second taken back. Seven in a hundred rows of the second change somebody who is there, one is in the file
  twice. Server, worker, client and database on ${cpus().length} cores (${cpus()[0]?.model ?? "?"}), fsync on\n`);

let rssMax = 0;
setInterval(() => { rssMax = Math.max(rssMax, process.memoryUsage().rss); }, RSS_MS).unref();

const postgres = await startBenchPostgres({ shared_buffers: "1GB", max_wal_size: "4GB", fsync: "on", synchronous_commit: "on" });
try {
  const brand = await foundBrand(postgres);
  const { desk, close } = await openDesk(brand);
  const large = await importFile(desk, bytesOf(MEMBERS, (no) => memberLine(no)));
  console.log(`  ${MEMBERS.toLocaleString("en")} rows: ${told(large)}`);
  await brand.admin.query("vacuum analyze");
  const small = await importFile(desk, bytesOf(ROWS, secondLine));
  console.log(`  ${ROWS.toLocaleString("en")} rows into ${MEMBERS.toLocaleString("en")}: ${told(small)}`);
  const undo = await timed(() => step(desk, small.id, "undo", "undone"));
  console.log(`  taken back in ${undo.seconds} s: ${JSON.stringify(undo.result["undos"])}`);
  await close();
  const figures = { import_100k_s: small.seconds, import_1m_s: large.seconds, undo_100k_s: undo.seconds, rss_mb_max: Math.round(rssMax / 2 ** 20) };
  console.log(JSON.stringify({ bench: "import", members: MEMBERS, rows: ROWS, ...figures }));
  process.exitCode = figures.import_100k_s <= BAR.smallS && figures.import_1m_s <= BAR.largeS && figures.undo_100k_s <= BAR.undoS ? 0 : 1;
} finally {
  await postgres.stop();
}

/** One in three without a birthday, as in life; stores are written by their code. */
function memberLine(no: number, phone = `13${String(100_000_000 + (no * 797) % 900_000_000)}`): string {
  const born = draw(3) === 0 ? "" : `${1950 + draw(58)}-${two(1 + draw(12))}-${two(1 + draw(28))}`;
  const name = pick(SURNAMES, 2) + pick(GIVEN) + (draw(10) < 7 ? pick(GIVEN) : "");
  return `C${no},${name},${phone},${draw(2) === 0 ? "女" : "男"},${born},,${2018 + draw(8)}-${two(1 + draw(12))}-${two(1 + draw(28))},${draw(10) === 0 ? "常客" : ""}\r\n`;
}

function secondLine(no: number): string {
  if (no % 100 < 7) return memberLine(draw(MEMBERS));
  return memberLine(MEMBERS + (no % 100 === 7 ? no - 1 - (no % 50) : no));
}

function bytesOf(rows: number, line: (no: number) => string): Buffer {
  const parts = [Buffer.from(HEADER)];
  for (let from = 0; from < rows; from += 10_000) parts.push(Buffer.from(Array.from({ length: Math.min(10_000, rows - from) }, (_, at) => line(from + at)).join("")));
  return Buffer.concat(parts);
}

type Reply = Record<string, unknown> & { id: string; state: string };
type Desk = (method: string, path: string, body?: object | Buffer) => Promise<Reply>;

async function openDesk({ installation, inScope, adminId, close }: Brand): Promise<{ desk: Desk; close(): Promise<void> }> {
  const app = await serveHttp(installation);
  await startWorker(installation);
  app.server.listen(0, "127.0.0.1");
  await Promise.all([app.ready(), once(app.server, "listening")]);
  const address = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/api/console`;
  const cookie = `shuke_session=${await inScope(async (scope) => sessionCookie(await openSession(scope, adminId, "bench")))}`;
  const desk: Desk = async (method, path, body) => {
    const isBytes = Buffer.isBuffer(body);
    const reply = await fetch(address + path, {
      method, headers: { cookie, ...(body ? { "content-type": isBytes ? "application/octet-stream" : "application/json" } : {}) }, ...(body ? { body: isBytes ? new Uint8Array(body) : JSON.stringify(body) } : {}),
    });
    const text = await reply.text();
    if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${text}`);
    return (text === "" ? {} : JSON.parse(text)) as Reply;
  };
  return { desk, close: async () => { await app.close(); await close(); } };
}

interface Imported {
  id: string;
  seconds: number;
  parts: Record<string, string>;
  counts: string;
}

async function importFile(desk: Desk, bytes: Buffer): Promise<Imported> {
  const start = performance.now();
  const upload = await timed(async () => {
    const run = await desk("POST", "/imports", { target: "member", fileName: "members.csv", sizeBytes: bytes.length });
    const { bytes: length, total } = run["chunks"] as { bytes: number; total: number };
    for (let no = 0; no < total; no++) await desk("PUT", `/imports/${run.id}/chunks/${no}`, bytes.subarray(no * length, (no + 1) * length));
    return run;
  });
  const { id } = upload.result;
  const { reading } = await desk("POST", `/imports/${id}:read`, {}) as unknown as { reading: { columns: { at: number; suggestion: { field: string } | null }[] } };
  const columns = reading.columns.flatMap(({ at, suggestion }) => (suggestion ? [{ at, field: suggestion.field }] : []));
  await desk("PUT", `/imports/${id}/mapping`, { columns, identifyBy: ["externalId", "phone"] });
  const check = await timed(() => step(desk, id, "check", "checked"));
  const apply = await timed(() => step(desk, id, "apply", "applied"));
  return {
    id, seconds: seconds(start), parts: { upload: upload.told, check: check.told, apply: apply.told }, counts: `${JSON.stringify(apply.result["verdicts"])} ${JSON.stringify(apply.result["outcomes"])}`,
  };
}

async function step(desk: Desk, id: string, verb: string, end: string): Promise<Reply> {
  await desk("POST", `/imports/${id}:${verb}`, {});
  for (;;) {
    const run = await desk("GET", `/imports/${id}`);
    if (run.state === end) return run;
    if (run.state === "failed") throw new Error(`The import failed: ${String(run["reason"])}`);
    await sleep(POLL_MS);
  }
}

/** With the processor time of this process (server, worker and client) and of Postgres meanwhile. */
async function timed<T>(work: () => Promise<T>): Promise<{ seconds: number; told: string; result: T }> {
  const used = () => [(process.cpuUsage().user + process.cpuUsage().system) / 1e6, processorSeconds(postgres.pid)];
  const [start, before] = [performance.now(), used()];
  const result = await work();
  const [server = 0, database = 0] = used().map((now, at) => now - (before[at] ?? 0));
  return { seconds: seconds(start), told: `${seconds(start)} s, processor ${server.toFixed(1)} + ${database.toFixed(1)}`, result };
}
function seconds(start: number): number {
  return Math.round((performance.now() - start) / 100) / 10;
}
function told({ seconds: all, parts, counts }: Imported): string {
  return `${all} s (${Object.entries(parts).map(([name, took]) => `${name} ${took}`).join(", ")}) ${counts}`;
}
