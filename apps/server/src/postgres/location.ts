import { createHash } from "node:crypto";
import { chmodSync, existsSync, lstatSync, mkdirSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { canReach, unprivilegedAccount, type Account } from "./account.ts";

const CHECKOUT = resolve(import.meta.dirname, "../../../..");

/** Where the embedded cluster of this checkout lives; `SHUKE_DATA_DIR` overrides. */
export function defaultDataDir(checkout = CHECKOUT): string {
  const chosen = process.env["SHUKE_DATA_DIR"];
  if (chosen !== undefined && chosen !== "") return join(resolve(chosen), "postgres");
  const beside = join(checkout, ".data", "postgres");
  const account = unprivilegedAccount(beside);
  if (account === null || canReach(account, checkout)) return beside;
  return join(sharedFolder(`shuke-${shortHash(checkout)}`), "postgres");
}

/**
 * A folder of ours below /var/tmp that survives reboots and that other accounts can search.
 * Anyone may create names there, so a folder that somebody else planted is refused.
 */
export function sharedFolder(name: string): string {
  const path = join("/var/tmp", name);
  mkdirSync(path, { recursive: true, mode: 0o755 });
  const found = lstatSync(path);
  if (!found.isDirectory() || found.uid !== process.getuid?.()) {
    throw new Error(`${path} belongs to somebody else. Remove it, or set SHUKE_DATA_DIR to a folder of your own.`);
  }
  chmodSync(path, 0o755);
  return path;
}

/** Makes the parent of the data directory, and says early when the account will not get there. */
export function prepareParent(dataDir: string, account: Account | null): void {
  const parent = dirname(dataDir);
  mkdirSync(parent, { recursive: true });
  refuseOthersCluster(dataDir, account);
  if (account === null || canReach(account, parent)) return;
  const closed = ancestors(parent).find((path) => (statSync(path).mode & 0o001) === 0) ?? parent;
  throw new Error(
    `Postgres may not run as root and the account "${account.name}" cannot reach ${dataDir} (${closed} is closed to it). ` +
      "Set SHUKE_DATA_DIR to a folder outside of it, for example /var/lib/shuke.",
  );
}

/** Started by root once, it belongs to the account that root chose. */
function refuseOthersCluster(dataDir: string, account: Account | null): void {
  const own = process.getuid?.();
  if (account !== null || own === undefined || !existsSync(dataDir)) return;
  if (statSync(dataDir).uid === own) return;
  throw new Error(`${dataDir} belongs to another account (it was first started as root?). Start as before, or set SHUKE_DATA_DIR to a folder of your own.`);
}

export function shortHash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}

function ancestors(path: string): string[] {
  const found: string[] = [];
  for (let at = path; existsSync(at); at = dirname(at)) {
    found.unshift(at);
    if (at === dirname(at)) break;
  }
  return found;
}
