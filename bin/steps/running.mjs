import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { DATA_HOME } from "./checkout.mjs";
import { Refusal } from "./progress.mjs";

const FILE = join(DATA_HOME, "running.json");
const STOP_LIMIT_MS = 15_000;

/**
 * One server per data folder. A record whose process is gone is stale; when only its server
 * survived, because the starter was killed, that server is stopped first.
 */
export async function claim(port) {
  mkdirSync(DATA_HOME, { recursive: true });
  for (;;) {
    try {
      writeFileSync(FILE, JSON.stringify({ starter: process.pid, port }), { flag: "wx" });
      return;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    const found = readRecord();
    if (found !== null && isOurs(found.starter, "start.mjs")) throw alreadyRunning(found);
    if (found?.server !== undefined && isOurs(found.server, "main.ts")) await stopLeftover(found.server);
    rmSync(FILE, { force: true });
  }
}

export function recordServer(port, server) {
  writeFileSync(FILE, JSON.stringify({ starter: process.pid, port, server }));
}

export function release() {
  if (readRecord()?.starter === process.pid) rmSync(FILE, { force: true });
}

export async function requireFreePort(port) {
  if (await isFree(port)) return;
  throw new Refusal(
    `端口 ${port} 已被其他程序占用。换一个端口:PORT=${port + 1} npm start\n` +
      `  Port ${port} is in use by another program. Choose another one: PORT=${port + 1} npm start`,
  );
}

function alreadyRunning({ starter, port }) {
  return new Refusal(
    `熟客已在运行:http://127.0.0.1:${port}/(进程 ${starter})。请直接打开,或先停止它:kill ${starter}\n` +
      `  Shuke is already running at http://127.0.0.1:${port}/ (pid ${starter}). Open it, or stop it first: kill ${starter}`,
  );
}

async function stopLeftover(pid) {
  console.log(`上次的启动程序被强制结束,正在停止遗留的服务(进程 ${pid})… · stopping the server that a killed start left behind`);
  process.kill(pid, "SIGTERM");
  for (const deadline = Date.now() + STOP_LIMIT_MS; Date.now() < deadline; await sleep(50)) {
    if (!isOurs(pid, "main.ts")) return;
  }
  process.kill(pid, "SIGKILL");
  await sleep(200);
}

function readRecord() {
  try {
    return JSON.parse(readFileSync(FILE, "utf8"));
  } catch {
    return null;
  }
}

/** Alive, and still the program we think: a number is soon given to another process. */
function isOurs(pid, script) {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== "EPERM") return false;
  }
  return commandOf(pid).includes(script);
}

function commandOf(pid) {
  try {
    if (process.platform === "linux") return readFileSync(`/proc/${pid}/cmdline`, "utf8");
    if (process.platform === "win32") return execFileSync("wmic", ["process", "where", `processid=${pid}`, "get", "commandline"], { encoding: "utf8" });
    return execFileSync("ps", ["-p", String(pid), "-o", "command="], { encoding: "utf8" });
  } catch {
    return "";
  }
}

function isFree(port) {
  return new Promise((settle) => {
    const server = createServer();
    server.once("error", () => settle(false));
    server.listen(port, "127.0.0.1", () => server.close(() => settle(true)));
  });
}
