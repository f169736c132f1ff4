import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, realpathSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { unprivilegedAccount, type Account } from "./account.ts";
import { postgresBinaries, type Binaries } from "./binaries.ts";
import { clusterCredentials, ensureCluster, postgresEnvironment } from "./cluster.ts";
import { ensureDatabase, urlFor } from "./database.ts";
import { defaultDataDir, prepareParent } from "./location.ts";
import { livePostmaster, readPostmaster, stopPostmaster } from "./postmaster.ts";
import { settingArguments, type Settings } from "./settings.ts";

export type StartOptions = {
  /** Default: `.data/postgres` of this checkout, or a folder that the other account can reach. */
  dataDir?: string;
  /** Wished for; the next free one is taken when it is busy. 0 takes any. */
  port?: number;
  settings?: Settings;
  log?: (line: string) => void;
};

export type RunningPostgres = {
  /** For the application: a role that owns nothing. */
  url: string;
  /** For migrations. */
  ownerUrl: string;
  port: number;
  pid: number;
  dataDir: string;
  adopted: boolean;
  stop(): Promise<void>;
};

const DEFAULT_PORT = 54_329;
const PORTS_TRIED = 50;
/** Crash recovery after a kill under load replays up to max_wal_size. */
const START_LIMIT_MS = 180_000;
const LOG_LIMIT_BYTES = 8 * 1024 * 1024;
const POLL_MS = 10;

type Launch = { binaries: Binaries; account: Account | null; dataDir: string; port: number; settings: Settings };

/**
 * Brings up the embedded Postgres of a data directory and returns how to reach it. One that still
 * runs, because its parent was killed, is adopted.
 */
export async function startPostgres(options: StartOptions = {}): Promise<RunningPostgres> {
  const log = options.log ?? (() => undefined);
  const wanted = options.dataDir ?? defaultDataDir();
  const account = unprivilegedAccount(wanted);
  const binaries = postgresBinaries(account);
  prepareParent(wanted, account);
  if ((await ensureCluster(binaries, wanted, account, options.settings?.["fsync"] !== "off")) === "made") {
    log(`made a new database cluster in ${wanted}`);
  }
  const dataDir = realpathSync(wanted);
  const launch = { binaries, account, dataDir, port: options.port ?? DEFAULT_PORT, settings: options.settings ?? {} };
  const { pid, port, adopted } = await adoptOrLaunch(launch, log);
  const credentials = clusterCredentials(dataDir);
  await ensureDatabase(port, credentials);
  log(`${adopted ? "adopted the running" : "started"} Postgres, pid ${pid}, 127.0.0.1:${port}`);
  return {
    url: urlFor("app", port, credentials),
    ownerUrl: urlFor("owner", port, credentials),
    port,
    pid,
    dataDir,
    adopted,
    stop: () => stopPostmaster(pid, dataDir, binaries.pgCtl),
  };
}

async function adoptOrLaunch(launch: Launch, log: (line: string) => void) {
  for (const deadline = Date.now() + START_LIMIT_MS; ; await sleep(100)) {
    const running = livePostmaster(launch.dataDir);
    if (running !== null) {
      const ready = await becomesReady(launch.dataDir, running.pid, null, deadline);
      if (ready !== null) return { pid: running.pid, port: ready.port, adopted: true };
      continue;
    }
    const child = spawnPostmaster(launch, await freePort(launch.port));
    const ready = await becomesReady(launch.dataDir, child.pid ?? 0, child, deadline);
    if (ready !== null) {
      child.unref();
      return { pid: ready.pid, port: ready.port, adopted: false };
    }
    const said = lastWords(launch.dataDir);
    if (!isPassing(said) || Date.now() > deadline) throw startFailure(launch.dataDir, said);
    log(`waiting for the previous Postgres to let go (${said.split("\n").at(-1) ?? ""})`);
  }
}

/** Detached, with its log in a file: neither Ctrl-C in the terminal nor our own death takes it along. */
function spawnPostmaster({ binaries, account, dataDir, settings }: Launch, port: number): ChildProcess {
  const path = logFile(dataDir);
  if (existsSync(path) && statSync(path).size > LOG_LIMIT_BYTES) rmSync(path);
  const file = openSync(path, "a", 0o600);
  const marker = `port=${port}`;
  try {
    return spawn(binaries.postgres, ["-D", dataDir, "-c", marker, ...settingArguments(settings)], {
      ...(account === null ? {} : { uid: account.uid, gid: account.gid }),
      cwd: dataDir,
      env: postgresEnvironment(),
      detached: true,
      windowsHide: true,
      stdio: ["ignore", file, file],
    });
  } finally {
    closeSync(file);
  }
}

/** Postgres writes "ready" into its pid file once it accepts connections; null means it went away. */
async function becomesReady(dataDir: string, pid: number, child: ChildProcess | null, deadline: number) {
  let failure: Error | null = null;
  child?.once("error", (error) => (failure = error));
  while (Date.now() < deadline) {
    if (failure !== null) throw new Error("Postgres could not be run", { cause: failure });
    if (child !== null && (child.exitCode !== null || child.signalCode !== null)) return null;
    const found = readPostmaster(dataDir);
    if (found?.pid === pid && found.status === "ready") return found;
    if (child === null && livePostmaster(dataDir)?.pid !== pid) return null;
    await sleep(POLL_MS);
  }
  throw startFailure(dataDir, "it did not become ready in time");
}

/** After a kill of the postmaster alone, its sessions need a moment to notice and leave. */
function isPassing(said: string): boolean {
  return /pre-existing shared memory block|lock file ".*" (already exists|is empty)|Address already in use|could not bind/i.test(said);
}

function startFailure(dataDir: string, said: string): Error {
  const hint = /No space left/i.test(said) ? "The disk is full: free some space and start again. " : "";
  return new Error(`${hint}The embedded Postgres did not start: ${said}\nIts log: ${logFile(dataDir)}`);
}

function lastWords(dataDir: string): string {
  return readFileSync(logFile(dataDir), "utf8").trimEnd().split("\n").slice(-5).join("\n");
}

function logFile(dataDir: string): string {
  return join(dataDir, "server.log");
}

async function freePort(wanted: number): Promise<number> {
  for (let port = wanted; port < wanted + PORTS_TRIED; port += 1) {
    const got = await probe(port);
    if (got !== null) return got;
  }
  return (await probe(0)) ?? wanted;
}

function probe(port: number): Promise<number | null> {
  return new Promise((settle) => {
    const server = createServer();
    server.once("error", () => settle(null));
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => settle(typeof address === "object" && address !== null ? address.port : null));
    });
  });
}
