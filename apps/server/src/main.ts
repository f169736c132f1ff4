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

/** Lets go in the order of dependence; a second signal does not wait. */
function closeOnSignal(parts: { app: FastifyInstance | undefined; installation: Installation; stopDatabase: () => Promise<void> }): void {
  let isClosing = false;
  const close = async (signal: string): Promise<void> => {
    if (isClosing) process.exit(1);
    isClosing = true;
    say(`${signal}: 正在停止 · stopping`);
    void sleep(CLOSE_LIMIT_MS, undefined, { ref: false }).then(() => process.exit(1));
    const streams = setTimeout(() => parts.app?.server.closeAllConnections(), STREAMS_LIMIT_MS);
    await parts.app?.close();
    clearTimeout(streams);
    await closeInstallation(parts.installation);
    await parts.stopDatabase();
    process.exit(0);
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => {
      close(signal).catch((error: unknown) => {
        console.error(error);
        process.exit(1);
      });
    });
  }
}

async function main(): Promise<void> {
  const services = chosenServices(process.argv.slice(2));
  const config = readConfig(process.env);
  const log = createLog(config.SHUKE_LOG);
  const logins = await reachDatabase(config);
  const outside = outsideWorld(config, log);
  await prepareDatabase(config, logins, outside);
  const installation = await openInstallation({ config, databaseUrl: logins.url, log, clock: () => new Date(), random: secureRandom(), outside });
  const people = await tellStory(installation, say);
  const app = services.has("http") ? await serveHttp(installation) : undefined;
  closeOnSignal({ app, installation, stopDatabase: logins.stop });
  if (services.has("worker")) await startWorker(installation);
  if (!app) return say("任务进程已启动 · the worker runs");
  await app.listen({ host: config.HOST, port: config.PORT });
  announce(config, people);
}

await main();
