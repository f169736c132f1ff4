import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { build, CONSOLE, isBuilt, MEMBER, putMessage } from "./builds.mjs";
import { CACHE, CHECKOUT } from "./checkout.mjs";
import { environment } from "./child.mjs";
import { installPackages, ownNode, requireSpace } from "./packages.mjs";
import { bold, faint, green, red, Refusal, seconds, steps, yellow } from "./progress.mjs";
import { claim, recordServer, release, requireFreePort } from "./running.mjs";

const RUNNING_BYTES = 200e6;
const READY_LIMIT_MS = 10 * 60_000;

/** Installs, builds and runs everything in the foreground until it is told to stop. */
export async function start() {
  const began = Date.now();
  const port = chosenPort();
  await claim(port);
  process.once("exit", release);
  await requireFreePort(port);
  requireSpace(RUNNING_BYTES);
  const progress = steps(3);
  await progress.run("安装依赖 · packages", async () => ((await installPackages(CHECKOUT)) ? undefined : faint("已就绪 · up to date")));
  const node = ownNode();
  const env = environment(node, { PORT: String(port) });
  const member = memberApp(env);
  await progress.run("管理后台 · console", () => built(CONSOLE, env));
  const server = runServer(node, env, port);
  await progress.run("数据库与服务 · database and server", () => server.ready);
  console.log(`\n${green("✓")} ${bold(`http://127.0.0.1:${port}/`)} ${faint(`(${seconds(began)})`)}  ${faint("Ctrl-C 停止 · stops")}`);
  void member.then((note) => note !== null && console.log(note));
  process.exitCode = await server.ended;
  // A build of the member app may still run; whoever stopped the server does not wait for it.
  process.exit();
}

function chosenPort() {
  const port = Number(process.env.PORT ?? "8080");
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Refusal(`PORT=${process.env.PORT} 不是有效端口。 PORT must be a number from 1 to 65535.`);
}

async function built(target, env) {
  if (!existsSync(join(CHECKOUT, target.sources[0], "package.json"))) throw new Refusal(`${target.sources[0]} 不存在 · is missing`);
  if (isBuilt(target)) return faint("未改动 · unchanged");
  await build(target, env);
  return undefined;
}

/**
 * The member app has its own packages and the longest build, so it is made beside everything else;
 * the console does not wait for it. Resolves to what there is to say, null when nothing changed.
 */
async function memberApp(env) {
  const folder = join(CHECKOUT, "apps/member");
  const began = Date.now();
  if (!existsSync(join(folder, "package.json"))) return loud("apps/member 不存在,会员端 H5 暂不可用。 There is no member app: /m/ shows a message only.");
  if (isBuilt(MEMBER)) return null;
  try {
    await installPackages(folder, env);
    await build(MEMBER, env);
    return `${green("✓")} 会员端 H5 已就绪:${bold(`http://127.0.0.1:${env.PORT}/m/`)} · the member app is ready ${faint(`(${seconds(began)})`)}`;
  } catch (error) {
    putMessage(MEMBER, { title: "会员端暂不可用", text: "会员端构建失败,原因见启动窗口。<br>The member app could not be built; the terminal says why." });
    return loud(`会员端 H5 构建失败,其余功能不受影响。 The member app could not be built; everything else runs.\n${error.message}`);
  }
}

function loud(text) {
  return `\n${red("!!")} ${yellow(text)}\n`;
}

/** In a process group of its own: Ctrl-C reaches it once, through us, and not twice. */
function runServer(node, env, port) {
  const child = spawn(node, ["--disable-warning=ExperimentalWarning", join(CHECKOUT, "apps/server/src/main.ts")], {
    cwd: CHECKOUT,
    // Types stripped and code compiled once: 0.8 instead of 1.4 s of CPU for the imports of a second start.
    env: { NODE_COMPILE_CACHE: join(CACHE, "compiled"), ...env },
    stdio: "inherit",
    detached: process.platform !== "win32",
  });
  recordServer(port, child.pid);
  let asked = 0;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => child.kill((asked += 1) > 1 ? "SIGKILL" : "SIGTERM"));
  }
  process.once("exit", () => child.kill("SIGTERM"));
  const ended = new Promise((settle) => {
    child.once("error", () => settle(1));
    child.once("exit", (code) => settle(code ?? (asked > 0 ? 0 : 1)));
  });
  return { ended, ready: becomesReady(port, ended) };
}

async function becomesReady(port, ended) {
  let over = false;
  void ended.then(() => (over = true));
  for (const deadline = Date.now() + READY_LIMIT_MS; Date.now() < deadline; await sleep(100)) {
    if (over) throw new Refusal("服务未能启动,原因见上。 The server ended before it was ready: the reason is above.");
    if (await answers(port)) return;
  }
  throw new Refusal(`服务在 ${READY_LIMIT_MS / 60_000} 分钟内未就绪。 The server did not become ready in time.`);
}

function answers(port) {
  return new Promise((settle) => {
    const asking = request({ host: "127.0.0.1", port, path: "/readyz", timeout: 2000 }, (reply) => {
      reply.resume();
      settle(reply.statusCode === 200);
    });
    asking.once("error", () => settle(false));
    asking.once("timeout", () => asking.destroy());
    asking.end();
  });
}
