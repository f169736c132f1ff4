import { readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { closeInstallation, openInstallation, serveHttp, type Installation } from "../installation.ts";
import { readConfig, type Config } from "../kernel/config.ts";
import { migrate } from "../kernel/db/migrate.ts";
import { secureRandom } from "../kernel/entropy.ts";
import { installJobs } from "../kernel/jobs.ts";
import { createLog, type Log } from "../kernel/log.ts";
import { outsideWorld } from "../outside.ts";
import { startPostgres } from "../postgres/launcher.ts";
import { work } from "../worker.ts";
import { ensureBrand, type LocalBrand } from "./local-brand.ts";

const ASK_LIMIT_MS = 2_000;

export interface LocalServer {
  url: string;
  brand: LocalBrand;
  close(): Promise<void>;
}

/**
 * This checkout's own installation: the server that runs already, or one in this process on the same database. Its worker is
 * not started: what the orders set in motion waits in the queue for `npm start`.
 */
export async function reachLocalServer(wanted: { brand: string; store: string; zone: string }, say: (line: string) => void): Promise<LocalServer> {
  const config = readConfig({ SHUKE_LOG: "error", ...process.env });
  const log = createLog(config.SHUKE_LOG);
  const running = await runningServer(config);
  const postgres = config.DATABASE_URL ? { url: config.DATABASE_URL, ownerUrl: config.DATABASE_URL, adopted: true, stop: async () => {} } : await startPostgres({ log: say });
  const closing: (() => Promise<void>)[] = postgres.adopted ? [] : [() => postgres.stop()];
  const close = async () => {
    for (const one of closing.toReversed()) await one();
  };
  try {
    if (!running) await prepareDatabase(config, postgres.ownerUrl, log);
    const installation = await openInstallation({ config, databaseUrl: postgres.url, log, clock: () => new Date(), random: secureRandom() });
    closing.push(() => closeInstallation(installation));
    const brand = await ensureBrand(installation, wanted);
    if (running) return { brand, url: running, close };
    const app = await listen(installation);
    closing.push(() => app.close());
    return { brand, url: app.listeningOrigin, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function listen(installation: Installation) {
  const app = await serveHttp(installation);
  await app.listen({ host: "127.0.0.1", port: 0 });
  return app;
}

async function prepareDatabase(config: Config, ownerUrl: string, log: Log): Promise<void> {
  await migrate({ ownerUrl, role: config.SHUKE_ROLE });
  const admin = new pg.Client({ connectionString: ownerUrl, application_name: "shuke-install" });
  await admin.connect();
  try {
    await installJobs(ownerUrl, config.SHUKE_ROLE, work({ outside: outsideWorld(config, log) }), admin);
  } finally {
    await admin.end();
  }
}

/** The address of the server that `npm start` left a note of, when it answers. */
async function runningServer({ SHUKE_DATA_DIR }: Config): Promise<string | undefined> {
  try {
    const { port } = JSON.parse(readFileSync(join(SHUKE_DATA_DIR, "running.json"), "utf8")) as { port: number };
    const url = `http://127.0.0.1:${port}`;
    const reply = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(ASK_LIMIT_MS) });
    return reply.ok ? url : undefined;
  } catch {
    return undefined;
  }
}
