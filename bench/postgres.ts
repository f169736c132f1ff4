import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { RunningPostgres } from "../apps/server/src/postgres/launcher.ts";
import { startThrowaway } from "../apps/server/test/throwaway-postgres.ts";

const DISTRIBUTIONS = "/usr/lib/postgresql";
const OLDEST = 15;

/**
 * A database of the bench's own, run by the newest Postgres of the system's packages as an installation's would be; where there is
 * none, by npm's, which is compiled to be small and takes half as long again. `SHUKE_POSTGRES_BIN` names another; `npm` in it asks for npm's.
 */
export async function startBenchPostgres(settings: Record<string, string> = {}): Promise<RunningPostgres> {
  const wished = process.env["SHUKE_POSTGRES_BIN"];
  const folder = wished === "npm" ? undefined : wished ?? newestOfSystem();
  if (folder) process.env["SHUKE_POSTGRES_BIN"] = folder;
  else delete process.env["SHUKE_POSTGRES_BIN"];
  console.log(`  Postgres: ${folder ?? "npm's build"}`);
  return startThrowaway(settings);
}

function newestOfSystem(): string | undefined {
  if (!existsSync(DISTRIBUTIONS)) return undefined;
  const major = readdirSync(DISTRIBUTIONS).map(Number).filter((one) => one >= OLDEST && existsSync(join(DISTRIBUTIONS, String(one), "bin", "initdb"))).toSorted((a, b) => b - a)[0];
  return major === undefined ? undefined : join(DISTRIBUTIONS, String(major), "bin");
}
