import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { Registry } from "prom-client";
import { audiences } from "./app.ts";
import type { Config } from "./kernel/config.ts";
import { fileKeyService, parseRing, ringKeyService } from "./kernel/crypto/keyring.ts";
import { VaultStore } from "./kernel/crypto/vault.ts";
import { Database } from "./kernel/db/database.ts";
import { Outbox } from "./kernel/events.ts";
import { securityHeaders } from "./kernel/http/headers.ts";
import { health } from "./kernel/http/health.ts";
import { metrics } from "./kernel/http/metrics.ts";
import { mountAll } from "./kernel/http/mounting.ts";
import { serveReference } from "./kernel/http/reference.ts";
import { createServer } from "./kernel/http/server.ts";
import { serveSites } from "./kernel/http/site.ts";
import type { Random } from "./kernel/ids.ts";
import { Jobs } from "./kernel/jobs.ts";
import { Listener } from "./kernel/listener.ts";
import { LiveHub } from "./kernel/live.ts";
import type { Log } from "./kernel/log.ts";
import { SettlementDesk, settlementMetrics } from "./modules/commerce/index.ts";
import { Access } from "./modules/org/index.ts";
import { callbackRoutes } from "./modules/payments/index.ts";
import { outsideWorld, type OutsideWorld } from "./outside.ts";
import { sites } from "./sites.ts";
import { work } from "./worker.ts";

export interface InstallationOptions {
  config: Config;
  /** The application's login; migrations ran with the owner's before. */
  databaseUrl: string;
  log: Log;
  clock: () => Date;
  random: Random;
  /** Adapters to WeChat, SMS and so on; by default from the configuration. */
  outside?: OutsideWorld;
}

/** Everything a running process holds. */
export interface Installation {
  config: Config;
  log: Log;
  database: Database;
  vaults: VaultStore;
  access: Access;
  jobs: Jobs;
  listener: Listener;
  hub: LiveHub;
  desk: SettlementDesk;
  outside: OutsideWorld;
  /** What /metrics tells; modules add theirs. */
  registry: Registry;
}

/** Puts the parts together; nothing listens or works yet. */
export async function openInstallation(options: InstallationOptions): Promise<Installation> {
  const { config, log, clock, random, databaseUrl } = options;
  const keys = config.SHUKE_KEYRING ? ringKeyService(parseRing(config.SHUKE_KEYRING)) : await fileKeyService(join(config.SHUKE_DATA_DIR, "keyring.json"));
  const vaults = new VaultStore(keys);
  const database = new Database({ url: databaseUrl, role: config.SHUKE_ROLE, poolSize: config.SHUKE_POOL_SIZE, clock, random, vaults, log });
  await vaults.refuseForeignRing(database);
  const listener = new Listener(databaseUrl, log);
  await listener.start();
  const jobs = new Jobs(database.pool, listener, log);
  const outside = options.outside ?? outsideWorld(config, log);
  database.connectOutbox(new Outbox(jobs, work({ outside }).subscribers));
  await jobs.start();
  const hub = new LiveHub();
  await hub.start(listener);
  return { config, log, database, vaults, access: new Access(), jobs, listener, hub, outside, registry: new Registry(), desk: new SettlementDesk(database) };
}

export async function serveHttp(installation: Installation): Promise<FastifyInstance> {
  const { log, database, config } = installation;
  const app = createServer({ log, clock: database.clock, random: database.random, trustProxy: config.SHUKE_TRUST_PROXY });
  securityHeaders(app);
  metrics(app, { pool: database.pool, registry: installation.registry, isOpen: config.SHUKE_METRICS === "open" });
  settlementMetrics(installation.desk, installation.registry);
  health(app, database.pool);
  const doors = audiences(installation);
  await mountAll(app, doors, installation);
  for (const callback of callbackRoutes(installation)) app.route(callback);
  await serveReference(app, doors);
  await serveSites(app, sites);
  return app;
}

export async function startWorker({ jobs, database, outside }: Installation): Promise<void> {
  await jobs.work(database, work({ outside }));
}

export async function closeInstallation({ jobs, listener, database, outside }: Installation): Promise<void> {
  await jobs.stop();
  await listener.stop();
  await outside.close();
  await database.close();
}
