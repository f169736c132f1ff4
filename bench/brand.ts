import pg from "pg";
import { closeInstallation, openInstallation, type Installation } from "../apps/server/src/installation.ts";
import { readConfig } from "../apps/server/src/kernel/config.ts";
import { migrate } from "../apps/server/src/kernel/db/migrate.ts";
import { secureRandom } from "../apps/server/src/kernel/entropy.ts";
import { installJobs } from "../apps/server/src/kernel/jobs.ts";
import { createLog } from "../apps/server/src/kernel/log.ts";
import type { Scope } from "../apps/server/src/kernel/scope.ts";
import { createTenant } from "../apps/server/src/modules/org/index.ts";
import { outsideWorld } from "../apps/server/src/outside.ts";
import type { RunningPostgres } from "../apps/server/src/postgres/launcher.ts";
import { work } from "../apps/server/src/worker.ts";

export const KEYRING = JSON.stringify({ current: "bench", keys: { bench: Buffer.alloc(32, 7).toString("base64") } });
const ROLE = "shuke_app";

export type InScope = <T>(run: (scope: Scope) => Promise<T>, now?: Date) => Promise<T>;

/** One empty brand in an installation inside this process, without HTTP and worker. */
export interface Brand {
  tenantId: string;
  headquartersId: string;
  adminId: string;
  installation: Installation;
  inScope: InScope;
  /** The database's owner, for filling tables and counting. */
  admin: pg.Client;
  close(): Promise<void>;
}

export async function foundBrand({ ownerUrl, url }: Pick<RunningPostgres, "ownerUrl" | "url">): Promise<Brand> {
  const config = readConfig({ SHUKE_KEYRING: KEYRING, SHUKE_LOG: "warn" });
  const log = createLog("warn");
  const outside = outsideWorld(config, log);
  await migrate({ ownerUrl, role: ROLE });
  const admin = new pg.Client({ connectionString: ownerUrl });
  // When a bench fails its database is stopped under this connection: the failure is what is shown.
  admin.on("error", () => {});
  await admin.connect();
  await installJobs(ownerUrl, ROLE, work({ outside }), admin);
  const installation = await openInstallation({ config, databaseUrl: url, log, clock: () => new Date(), random: secureRandom(), outside });
  const { tenantId, headquartersId, adminId } = await createTenant(installation.database, {
    code: "bench", name: "Bench", timeZone: "Asia/Shanghai", admin: { account: "admin", name: "Bench", passwordHash: "none" },
  });
  const close = async () => {
    await admin.end();
    await closeInstallation(installation);
  };
  const inScope: InScope = (run, now) => installation.database.inScope({ tenantId, actor: { kind: "system", name: "bench" }, ...(now && { now }) }, run);
  return { tenantId, headquartersId, adminId, installation, inScope, admin, close };
}
