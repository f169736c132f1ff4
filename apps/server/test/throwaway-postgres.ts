import { chmodSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startPostgres, type RunningPostgres } from "../src/postgres/launcher.ts";
import { isAlive, livePostmaster } from "../src/postgres/postmaster.ts";
import { THROWAWAY } from "../src/postgres/settings.ts";

// Outside of any home folder, so that the account Postgres runs as can reach it.
const SHELF = process.platform === "win32" ? (process.env["TEMP"] ?? ".") : "/var/tmp";
const PREFIX = "shuke-throwaway-";
const OWNER_FILE = "owner.pid";

/** A database that lives as long as this process; what a killed run left behind is cleared first. */
export async function startThrowaway(settings: Record<string, string> = {}): Promise<RunningPostgres> {
  clearOrphans();
  const home = join(SHELF, `${PREFIX}${process.pid}-${Date.now()}`);
  mkdirSync(home);
  chmodSync(home, 0o755);
  writeFileSync(join(home, OWNER_FILE), String(process.pid));
  const postgres = await startPostgres({ dataDir: join(home, "postgres"), port: 0, settings: { ...THROWAWAY, ...settings } });
  const stop = async () => {
    await postgres.stop();
    rmSync(home, { recursive: true, force: true });
  };
  return { ...postgres, stop };
}

function clearOrphans(): void {
  for (const name of readdirSync(SHELF).filter((entry) => entry.startsWith(PREFIX))) {
    const home = join(SHELF, name);
    if (isAlive(ownerOf(home))) continue;
    const left = livePostmaster(join(home, "postgres"));
    if (left !== null) process.kill(left.pid, "SIGKILL");
    rmSync(home, { recursive: true, force: true, maxRetries: 10 });
  }
}

function ownerOf(home: string): number {
  try {
    return Number(readFileSync(join(home, OWNER_FILE), "utf8"));
  } catch {
    // Made this very moment by another run, or by none: the pid in its name tells.
    return Number(home.split("-").at(-2));
  }
}
