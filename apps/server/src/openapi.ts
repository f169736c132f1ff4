import pg from "pg";
import { closeInstallation, openInstallation, serveHttp } from "./installation.ts";
import { readConfig } from "./kernel/config.ts";
import { secureRandom } from "./kernel/entropy.ts";
import { installJobs } from "./kernel/jobs.ts";
import { createLog } from "./kernel/log.ts";
import { outsideWorld } from "./outside.ts";
import { work } from "./worker.ts";

/** Opens nothing of value: the documents hold no data. */
const RING = JSON.stringify({ current: "none", keys: { none: Buffer.alloc(32).toString("base64") } });

/** The OpenAPI document of each audience, from a server that is put together as ever but does not listen. */
export async function openApiDocuments(logins: { url: string; ownerUrl: string }): Promise<Map<string, object>> {
  const config = readConfig({ SHUKE_LOG: "silent", SHUKE_KEYRING: RING });
  const log = createLog(config.SHUKE_LOG);
  const outside = outsideWorld(config, log);
  const owner = new pg.Client({ connectionString: logins.ownerUrl });
  await owner.connect();
  await installJobs(logins.ownerUrl, config.SHUKE_ROLE, work({ outside }), owner).finally(() => owner.end());
  const installation = await openInstallation({ config, databaseUrl: logins.url, log, clock: () => new Date(), random: secureRandom(), outside });
  try {
    const app = await serveHttp(installation);
    await app.ready();
    const documents = new Map([...app.openApiDocuments].map(([name, document]) => [name, sorted(document()) as object]));
    await app.close();
    return documents;
  } finally {
    await closeInstallation(installation);
  }
}

/** Paths and names in the order of the alphabet: a route that moves within its file changes nothing. Lists keep their order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, sorted(inner)]));
}
