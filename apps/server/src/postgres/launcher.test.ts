import { existsSync } from "node:fs";
import { mkdtemp, mkdir, readFile, rm, writeFile, chmod } from "node:fs/promises";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { postgresBinaries } from "./binaries.ts";
import { startPostgres, type RunningPostgres } from "./launcher.ts";
import { isAlive, postmasterFile, readPostmaster } from "./postmaster.ts";
import { THROWAWAY } from "./settings.ts";

let home: string;
let started: RunningPostgres[];

// One cluster for all tests, started anew by each: making one takes longer than all the rest.
beforeAll(async () => {
  // Not os.tmpdir(): the account that Postgres runs as must be able to reach it.
  home = await mkdtemp("/var/tmp/shuke-launcher-");
  await chmod(home, 0o755);
});

beforeEach(() => {
  started = [];
});

afterEach(async () => {
  for (const postgres of started) await postgres.stop();
});

afterAll(() => rm(home, { recursive: true, force: true }));

async function start(settings: Record<string, string> = {}, name = "postgres"): Promise<RunningPostgres> {
  const postgres = await startPostgres({ dataDir: join(home, name), port: 0, settings: { ...THROWAWAY, shared_buffers: "16MB", ...settings } });
  started.push(postgres);
  return postgres;
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

async function gone(pid: number): Promise<void> {
  while (isAlive(pid)) await new Promise((settle) => setTimeout(settle, 10));
}

describe("the embedded Postgres", () => {
  test("is UTF-8 with a locale of its own, whatever LANG says", async () => {
    const { ownerUrl } = await start();
    const [row] = await query(ownerUrl, "select current_setting('server_encoding') as encoding, datlocprovider, datlocale from pg_database where datname = 'shuke'");
    expect(row).toEqual({ encoding: "UTF8", datlocprovider: "b", datlocale: "C.UTF-8" });
  });

  test("lets the application in as a role that neither owns nor bypasses anything", async () => {
    const { url } = await start();
    const [row] = await query(url, "select rolname, rolsuper, rolbypassrls from pg_roles where rolname = current_user");
    expect(row).toEqual({ rolname: "shuke_app", rolsuper: false, rolbypassrls: false });
    await expect(query(url, "create table public.mine (id int)")).rejects.toThrow(/permission denied/);
  });

  test("refuses a wrong password", async () => {
    const { url } = await start();
    await expect(query(url.replace(/:[^:@]+@/, ":wrong@"), "select 1")).rejects.toThrow(/password authentication failed/);
  });

  test("keeps acknowledged writes when the postmaster is killed", async () => {
    const first = await start({ fsync: "on", synchronous_commit: "on", full_page_writes: "on" });
    await query(first.ownerUrl, "create table kept as select 42 as answer");
    process.kill(first.pid, "SIGKILL");
    await gone(first.pid);
    const second = await start();
    expect(second.adopted).toBe(false);
    expect(await query(second.ownerUrl, "select answer from kept")).toEqual([{ answer: 42 }]);
  });

  test("is adopted by a second start", async () => {
    const first = await start();
    const second = await start();
    expect(second).toMatchObject({ adopted: true, pid: first.pid, port: first.port });
  });

  test("starts once when two first starts race", async () => {
    const [first, second] = await Promise.all([start({}, "raced"), start({}, "raced")]);
    expect(first.pid).toBe(second.pid);
  });

  test("starts although the pid in a stale file belongs to another program now", async () => {
    const first = await start();
    const file = postmasterFile(first.dataDir);
    const stale = await readFile(file, "utf8");
    await first.stop();
    const bystander = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60000)"]);
    await writeFile(file, stale.replace(/^\d+/, String(bystander.pid)));
    const second = await start();
    expect(second.adopted).toBe(false);
    expect(isAlive(bystander.pid ?? 0)).toBe(true);
    bystander.kill();
    await once(bystander, "exit");
  });

  test("stops within a moment although sessions are open", async () => {
    const postgres = await start();
    const client = new pg.Client({ connectionString: postgres.url });
    client.on("error", () => undefined);
    await client.connect();
    await postgres.stop();
    expect(isAlive(postgres.pid)).toBe(false);
    expect(readPostmaster(postgres.dataDir)).toBeNull();
  });

  test("refuses a folder with somebody else's files", async () => {
    const folder = await mkdtemp(join(home, "letters-"));
    await writeFile(join(folder, "letter.txt"), "not a cluster");
    await expect(startPostgres({ dataDir: folder, port: 0 })).rejects.toThrow(/no Postgres cluster/);
  });
});

describe("programs of one's own", () => {
  const DEBIAN = "/usr/lib/postgresql/15/bin";

  async function programs(version: string): Promise<string> {
    const folder = join(home, `programs-${version}`);
    await mkdir(folder);
    await writeFile(join(folder, "postgres"), `#!/bin/sh\necho "postgres (PostgreSQL) ${version}"\n`, { mode: 0o755 });
    return folder;
  }

  test.skipIf(process.platform === "win32")("are taken from version 15 on, and asked for by name where they are missing", async () => {
    const folder = await programs("16.3");
    expect(postgresBinaries(null, folder)).toEqual({ postgres: join(folder, "postgres"), initdb: join(folder, "initdb"), pgCtl: join(folder, "pg_ctl"), major: 16 });
    const old = await programs("14.11");
    expect(() => postgresBinaries(null, old)).toThrow("14.11");
    expect(() => postgresBinaries(null, join(home, "nowhere"))).toThrow("nowhere");
  });

  test.skipIf(!existsSync(DEBIAN))("make a cluster that tells Chinese characters apart, before version 17 too", async () => {
    process.env["SHUKE_POSTGRES_BIN"] = DEBIAN;
    try {
      const { ownerUrl } = await start({}, "debian");
      const [row] = await query(ownerUrl, "select current_setting('server_version_num')::int / 10000 as major, current_setting('server_encoding') as encoding, '熟' ~ '[[:alpha:]]' as letters");
      expect(row).toEqual({ major: 15, encoding: "UTF8", letters: true });
    } finally {
      delete process.env["SHUKE_POSTGRES_BIN"];
    }
  });
});
