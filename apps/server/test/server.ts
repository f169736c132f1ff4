import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import type { FastifyInstance } from "fastify";
import { inject } from "vitest";
import { closeInstallation, openInstallation, serveHttp, type Installation } from "../src/installation.ts";
import { readConfig } from "../src/kernel/config.ts";
import { addDays, addMonths, dayOf, monthOf, startOfDay } from "../src/kernel/days.ts";
import { secureRandom } from "../src/kernel/entropy.ts";
import { createLog, type Log } from "../src/kernel/log.ts";

export interface TestServer {
  installation: Installation;
  app: FastifyInstance;
}

/** The same in every test file, so that one file's look over all tenants can open the others' keys. */
const KEYRING = JSON.stringify({ current: "test", keys: { test: Buffer.alloc(32, "shuke test ring").toString("base64") } });

/** Longer than any test takes. */
const MARGIN_MS = 150_000;
const HOUR_MS = 3_600_000;

/** Where the clock stands when a test begins: at the present, but past an hour, and with it a day or a month, that would end in the middle of the test. */
const steadyOffset = (): number => (Date.now() % HOUR_MS > HOUR_MS - MARGIN_MS ? MARGIN_MS : 0);

let offsetMs = steadyOffset();
let running: Promise<TestServer> | undefined;

/** The server's clock: real, but a test may move it on; it is set back before the next. */
export const clock = {
  now: (): Date => new Date(Date.now() + offsetMs),
  advance: (ms: number): void => {
    offsetMs += ms;
  },
  /** To ten in the morning of a day, the next if none is named: for what counts by the day. */
  toMorning: (zone: string, day = addDays(dayOf(clock.now(), zone), 1)): void =>
    clock.advance(startOfDay(day, zone).getTime() + 10 * HOUR_MS - clock.now().getTime()),
  /** For what counts by the month. */
  toMidMonth: (zone: string): void => clock.toMorning(zone, addMonths(`${monthOf(dayOf(clock.now(), zone))}-15`, 1)),
};

/** One server in this process, for every test file that runs in it, on the run's database. Jobs wait until a test runs them. */
export function testServer(): Promise<TestServer> {
  running ??= start();
  return running;
}

/** Another one on the same database, for what it writes to its log. Whoever asks for it closes it. */
export const serverWithLog = (log: Log): Promise<TestServer> => start(log);

async function start(log?: Log): Promise<TestServer> {
  const config = readConfig({ SHUKE_LOG: process.env["SHUKE_LOG"] ?? "silent", SHUKE_DATA_DIR: tmpdir(), SHUKE_KEYRING: KEYRING, SHUKE_POOL_SIZE: "8" });
  const installation = await openInstallation({
    config, databaseUrl: inject("databaseUrl"), log: log ?? createLog(config.SHUKE_LOG), clock: clock.now, random: secureRandom(),
  });
  const app = await serveHttp(installation);
  await app.ready();
  return { installation, app };
}

/** Where the server of this process listens; it begins with the first test file that asks. */
export async function addressOf({ app }: TestServer): Promise<string> {
  if (!app.server.listening) await app.listen({ host: "127.0.0.1", port: 0 });
  return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
}

export function resetClock(): void {
  offsetMs = steadyOffset();
}

export async function closeTestServer(): Promise<void> {
  if (!running) return;
  const { app, installation } = await running;
  running = undefined;
  await app.close();
  await closeInstallation(installation);
}
