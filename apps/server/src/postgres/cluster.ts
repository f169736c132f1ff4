import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, rmdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import type { Account } from "./account.ts";
import type { Binaries } from "./binaries.ts";
import { isAlive } from "./postmaster.ts";

/** The owner migrates; the application role owns nothing, so that row level security binds it. */
export const OWNER_ROLE = "shuke_owner";
export const APP_ROLE = "shuke_app";
export const DATABASE = "shuke";

export type Credentials = { ownerPassword: string; appPassword: string };

const CREDENTIALS_FILE = "shuke-credentials.json";
const UNFINISHED = ".unfinished-";
const INITDB_LIMIT_MS = 120_000;

/**
 * Makes the cluster when there is none. It is built beside its place and renamed at the end, so a
 * process killed half-way leaves no half cluster behind.
 */
export async function ensureCluster(binaries: Binaries, dataDir: string, account: Account | null, fsync: boolean): Promise<"made" | "found"> {
  if (existsSync(join(dataDir, "PG_VERSION"))) return "found";
  refuseForeignFolder(dataDir);
  clearUnfinished(dataDir);
  const unfinished = `${dataDir}${UNFINISHED}${process.pid}-${randomBytes(4).toString("hex")}`;
  mkdirSync(unfinished, { recursive: true, mode: 0o700 });
  const credentials: Credentials = { ownerPassword: randomSecret(), appPassword: randomSecret() };
  const passwordFile = `${unfinished}.password`;
  try {
    writeFileSync(passwordFile, `${credentials.ownerPassword}\n`, { mode: 0o600 });
    give(account, unfinished, passwordFile);
    await initdb(binaries, unfinished, passwordFile, account, fsync);
    writeFileSync(join(unfinished, CREDENTIALS_FILE), JSON.stringify(credentials), { mode: 0o600 });
    give(account, join(unfinished, CREDENTIALS_FILE));
    return putInPlace(unfinished, dataDir);
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(unfinished, { recursive: true, force: true });
  }
}

export function clusterCredentials(dataDir: string): Credentials {
  const path = join(dataDir, CREDENTIALS_FILE);
  if (!existsSync(path)) throw new Error(`${path} is missing: without it nobody can sign in to this cluster.`);
  return JSON.parse(readFileSync(path, "utf8"));
}

/** Postgres must not read the caller's PG* settings, and its messages are matched in English. */
export function postgresEnvironment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name));
  return { ...Object.fromEntries(inherited), LC_ALL: "C", TZ: "UTC" };
}

/** Encoding and locale are always given: an empty LANG would make a SQL_ASCII cluster. */
async function initdb(binaries: Binaries, folder: string, passwordFile: string, account: Account | null, fsync: boolean) {
  const args = [
    `--pgdata=${folder}`,
    `--username=${OWNER_ROLE}`,
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    ...localeArguments(binaries.major),
    "--no-instructions",
    ...(fsync ? [] : ["--no-sync"]),
  ];
  const identity = account === null ? {} : { uid: account.uid, gid: account.gid };
  try {
    await promisify(execFile)(binaries.initdb, args, { ...identity, cwd: dirname(folder), env: postgresEnvironment(), timeout: INITDB_LIMIT_MS });
  } catch (cause) {
    const said = String((cause as { stderr?: unknown }).stderr ?? cause).trim();
    const hint = /no space left/i.test(said) ? "The disk is full. " : "";
    throw new Error(`${hint}initdb could not make the cluster: ${said}`, { cause });
  }
}

/** Characters are told apart by Unicode and ordered by code point; before version 17 by the operating system's tables. */
const localeArguments = (major: number): string[] => (major >= 17 ? ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"] : ["--locale=C.UTF-8"]);

/** Two first starts may race: the cluster that came first stays. */
function putInPlace(unfinished: string, dataDir: string): "made" | "found" {
  try {
    if (existsSync(dataDir)) rmdirSync(dataDir);
    renameSync(unfinished, dataDir);
    return "made";
  } catch (cause) {
    if (existsSync(join(dataDir, "PG_VERSION"))) return "found";
    throw cause;
  }
}

/** What a start left behind that was killed during initdb. */
function clearUnfinished(dataDir: string): void {
  const prefix = basename(dataDir) + UNFINISHED;
  for (const name of readdirSync(dirname(dataDir)).filter((entry) => entry.startsWith(prefix))) {
    if (isAlive(Number.parseInt(name.slice(prefix.length), 10))) continue;
    rmSync(join(dirname(dataDir), name), { recursive: true, force: true });
  }
}

function refuseForeignFolder(dataDir: string): void {
  if (existsSync(dataDir) && readdirSync(dataDir).length > 0) {
    throw new Error(`${dataDir} holds files but no Postgres cluster. Move them away or choose another SHUKE_DATA_DIR.`);
  }
}

function give(account: Account | null, ...paths: string[]): void {
  if (account !== null) for (const path of paths) chownSync(path, account.uid, account.gid);
}

function randomSecret(): string {
  return randomBytes(24).toString("base64url");
}
