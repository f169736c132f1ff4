import pg from "pg";
import { closeInstallation, openInstallation, type Installation } from "./installation.ts";
import { readConfig } from "./kernel/config.ts";
import { migrate } from "./kernel/db/migrate.ts";
import { secureRandom } from "./kernel/entropy.ts";
import { installJobs } from "./kernel/jobs.ts";
import { createLog } from "./kernel/log.ts";
import { outsideWorld } from "./outside.ts";
import { startPostgres } from "./postgres/launcher.ts";
import { work } from "./worker.ts";

/** This checkout's database, or the one that DATABASE_URL names, with everything a start would have prepared. */
export async function openLocal(say: (line: string) => void): Promise<{ installation: Installation; close(): Promise<void> }> {
  const config = readConfig({ SHUKE_LOG: "warn", ...process.env });
  const log = createLog(config.SHUKE_LOG);
  const given = config.DATABASE_URL;
  const postgres = given ? { url: given, ownerUrl: given, adopted: true, stop: async () => {} } : await startPostgres({ log: say });
  await migrate({ ownerUrl: postgres.ownerUrl, role: config.SHUKE_ROLE });
  const admin = new pg.Client({ connectionString: postgres.ownerUrl, application_name: "shuke-install" });
  await admin.connect();
  await installJobs(postgres.ownerUrl, config.SHUKE_ROLE, work({ outside: outsideWorld(config, log) }), admin).finally(() => admin.end());
  const installation = await openInstallation({ config, databaseUrl: postgres.url, log, clock: () => new Date(), random: secureRandom() });
  return {
    installation,
    close: async () => {
      await closeInstallation(installation);
      if (!postgres.adopted) await postgres.stop();
    },
  };
}
