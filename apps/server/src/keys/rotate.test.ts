import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, inject, test, vi } from "vitest";
import { fileKeyService, loadRing, ringKeyService } from "../kernel/crypto/keyring.ts";
import { VaultStore } from "../kernel/crypto/vault.ts";
import { migrate } from "../kernel/db/migrate.ts";
import { APP_ROLE } from "../postgres/cluster.ts";
import { rewrapWith, rotateKeys } from "./rotate.ts";

// A database of its own: a rotation takes every tenant's keys along, also those of tests that run beside this one.
const NAME = `keys_${process.pid}`;
const [FIRST, SECOND] = ["01890000-0000-7000-8000-000000000001", "01890000-0000-7000-8000-000000000002"];
let admin: pg.Client;
let pool: pg.Pool;
let url: string;
let folder: string;
let ring: string;

beforeAll(async () => {
  admin = new pg.Client({ connectionString: inject("ownerUrl") });
  await admin.connect();
  await admin.query(`create database ${NAME} template template0`);
  const address = new URL(inject("ownerUrl"));
  address.pathname = `/${NAME}`;
  url = address.href;
  await migrate({ ownerUrl: url, role: APP_ROLE });
  pool = new pg.Pool({ connectionString: url, max: 2 });
  folder = await mkdtemp(join(tmpdir(), "shuke-keys-"));
  ring = join(folder, "keyring.json");
});

afterAll(async () => {
  await pool.end();
  // A pool has ended before its connections are gone.
  await vi.waitFor(() => admin.query(`drop database ${NAME}`), { timeout: 10_000, interval: 100 });
  await admin.end();
  await rm(folder, { recursive: true, force: true });
});

const keysInUse = async () => (await pool.query<{ kek_id: string }>("select distinct kek_id from kernel.data_key order by 1")).rows.map((row) => row.kek_id);

test("a server that runs opens what was sealed before the rotation, and seals for tenants that come after it", async () => {
  const running = new VaultStore(await fileKeyService(ring));
  const before = await running.open(FIRST, { pool });
  const sealed = before.seal("13900000000", "phone");
  const digest = before.digest("13900000000", "phone");
  expect(await keysInUse()).toEqual(["k1"]);

  expect(await rotateKeys(ring, url)).toEqual({ current: "k2", rewrapped: 3 });
  expect(await keysInUse()).toEqual(["k2"]);
  running.forget(FIRST);
  const after = await running.open(FIRST, { pool });
  expect(after.open(sealed, "phone")).toBe("13900000000");
  expect(after.digest("13900000000", "phone")).toEqual(digest);
  const newcomer = await running.open(SECOND, { pool });
  expect(newcomer.open(newcomer.seal("13900000001", "phone"), "phone")).toBe("13900000001");
  expect(await keysInUse()).toEqual(["k2"]);
});

test("without the new key nothing opens", async () => {
  const { keys } = await loadRing(ring);
  const stale = new VaultStore(ringKeyService({ current: "k1", keys: { k1: keys["k1"] ?? "" } }));
  await expect(stale.open(FIRST, { pool })).rejects.toThrow("no key k2");
});

test("two rotations at once take turns: both keys stay in the file, and everything opens", async () => {
  const turns = await Promise.all([rotateKeys(ring, url), rotateKeys(ring, url)]);
  expect(turns.map((turn) => turn.current).toSorted()).toEqual(["k3", "k4"]);
  const { current, keys } = JSON.parse(await readFile(ring, "utf8")) as { current: string; keys: Record<string, string> };
  expect([current, Object.keys(keys)]).toEqual(["k4", ["k1", "k2", "k3", "k4"]]);
  expect(await keysInUse()).toEqual(["k4"]);
  await new VaultStore(await fileKeyService(ring)).open(FIRST, { pool });
});

test("a ring that its operator edits is only wrapped with; a second time there is nothing left to do", async () => {
  const edited = { ...(await loadRing(ring)), current: "k1" };
  expect(await rewrapWith(ringKeyService(edited), url)).toEqual({ current: "k1", rewrapped: 6 });
  expect(await rewrapWith(ringKeyService(edited), url)).toEqual({ current: "k1", rewrapped: 0 });
});
