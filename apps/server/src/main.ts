import { setTimeout as sleep } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import pg from "pg";
import { keepPostgres, type DatabaseLogins } from "./embedded.ts";
import { closeInstallation, openInstallation, serveHttp, startWorker, type Installation } from "./installation.ts";
import { readConfig, type Config } from "./kernel/config.ts";
import { migrate } from "./kernel/db/migrate.ts";
import { secureRandom } from "./kernel/entropy.ts";
import { installJobs } from "./kernel/jobs.ts";
import { createLog } from "./kernel/log.ts";
import { outsideWorld, type OutsideWorld } from "./outside.ts";
import { chosenServices } from "./services.ts";
import { tellStory, type Login } from "./story.ts";
import { work } from "./worker.ts";

/** A thousand tills that come back at the same moment, after a power cut, wait in the queue: beyond it the system drops them for seconds. */
const BACKLOG = 4_096;
const CLOSE_LIMIT_MS = 20_000;
/** Streams to open screens never end by themselves. */
const STREAMS_LIMIT_MS = 3_000;

const say = (line: string): void => console.log(`  ${line}`);

/** The embedded database, or the one that DATABASE_URL names; there the application becomes its own role on connect. */
async function reachDatabase(config: Config): Promise<DatabaseLogins> {
  if (!config.DATABASE_URL) return keepPostgres(say);
  return { url: config.DATABASE_URL, ownerUrl: config.DATABASE_URL, stop: async () => {} };
}

async function prepareDatabase(config: Config, { ownerUrl }: DatabaseLogins, outside: OutsideWorld): Promise<void> {
  const applied = await migrate({ ownerUrl, role: config.SHUKE_ROLE, onStep: (name) => say(`迁移 · migrated ${name}`) });
  if (applied === 0) say("数据库结构已是最新 · the schema is up to date");
  const admin = new pg.Client({ connectionString: ownerUrl, application_name: "shuke-install" });
  await admin.connect();
  try {
    await installJobs(ownerUrl, config.SHUKE_ROLE, work({ outside }), admin);
  } finally {
    await admin.end();
  }
}

function announce(config: Config, logins: readonly Login[]): void {
  const address = config.SHUKE_PUBLIC_URL ?? `http://${config.HOST === "0.0.0.0" ? "127.0.0.1" : config.HOST}:${config.PORT}`;
  say(`管理后台 · console       ${address}/`);
  say(`会员端 · member H5       ${address}/m/`);
  say(`接口文档 · API reference ${address}/docs`);
  for (const login of logins) say(`${login.role}: ${login.brand} / ${login.account} / ${login.password}`);
}

/** What runs so far; filled in as the start goes on, so that a signal can end it at any point. */
interface Running {
  stopDatabase?: () => Promise<void>;
  installation?: Installation;
  app?: FastifyInstance;
  isServing: boolean;
  isClosing: boolean;
}

/** Lets go in the order of dependence. While still starting there is nobody to wait for: the database takes care of itself. */
async function close({ stopDatabase, installation, app, isServing }: Running): Promise<void> {
  if (isServing && installation) {
    const streams = setTimeout(() => app?.server.closeAllConnections(), STREAMS_LIMIT_MS);
    await app?.close();
    clearTimeout(streams);
    await closeInstallation(installation);
  }
  await stopDatabase?.();
}

/** A second signal does not wait. */
function closeOnSignal(running: Running): void {
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => {
      if (running.isClosing) process.exit(1);
      running.isClosing = true;
      say(`${signal}: 正在停止 · stopping`);
      void sleep(CLOSE_LIMIT_MS, undefined, { ref: false }).then(() => process.exit(1));
      close(running).then(() => process.exit(0), (error: unknown) => {
        console.error(error);
        process.exit(1);
      });
    });
  }
}

async function start(running: Running): Promise<void> {
  const services = chosenServices(process.argv.slice(2));
  const config = readConfig(process.env);
  const log = createLog(config.SHUKE_LOG);
  const logins = await reachDatabase(config);
  running.stopDatabase = logins.stop;
  const outside = outsideWorld(config, log);
  await prepareDatabase(config, logins, outside);
  const installation = await openInstallation({ config, databaseUrl: logins.url, log, clock: () => new Date(), random: secureRandom(), outside });
  running.installation = installation;
  const people = config.SHUKE_SANDBOX && config.SHUKE_SEED === "story" ? await tellStory(installation, say) : [];
  if (services.has("http")) running.app = await serveHttp(installation);
  running.isServing = true;
  if (services.has("worker")) await startWorker(installation);
  if (!running.app) return say("任务进程已启动 · the worker runs");
  await running.app.listen({ host: config.HOST, port: config.PORT, backlog: BACKLOG });
  announce(config, people);
}

const running: Running = { isServing: false, isClosing: false };
closeOnSignal(running);
try {
  await start(running);
} catch (error) {
  // A start that a signal ends fails on its way out; the signal's own ending goes on.
  if (!running.isClosing) {
    console.error(error);
    await running.stopDatabase?.();
    process.exit(1);
  }
}
