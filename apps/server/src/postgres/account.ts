import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname } from "node:path";

/** Whom Postgres runs as. `null` means: as whoever runs this process. */
export type Account = { name: string; uid: number; gid: number };

const OWN_ACCOUNT = "shuke";

/**
 * Postgres refuses to run as root, so root needs another account. The owner of an existing data
 * directory wins: a cluster must not change hands because an account appeared between two starts.
 */
export function unprivilegedAccount(dataDir: string): Account | null {
  if (process.getuid?.() !== 0) return null;
  if (existsSync(dataDir)) {
    const owner = statSync(dataDir);
    if (owner.uid !== 0) return { name: String(owner.uid), uid: owner.uid, gid: owner.gid };
  }
  return namedAccount(OWN_ACCOUNT) ?? createdAccount() ?? namedAccount("postgres") ?? namedAccount("nobody") ?? lastResort();
}

/** Can the account search every folder on the way to the path and read what is there? */
export function canReach(account: Account | null, path: string): boolean {
  if (account === null) return true;
  if (!allows(account, path, 0o5)) return false;
  for (let at = dirname(path); ; at = dirname(at)) {
    if (!allows(account, at, 0o1)) return false;
    if (at === dirname(at)) return true;
  }
}

function allows(account: Account, path: string, bits: number): boolean {
  const { uid, gid, mode } = statSync(path);
  const shift = uid === account.uid ? 6 : gid === account.gid ? 3 : 0;
  return ((mode >> shift) & bits) === bits;
}

function namedAccount(name: string): Account | null {
  if (!existsSync("/etc/passwd")) return null;
  const line = readFileSync("/etc/passwd", "utf8").split("\n").find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(":") ?? [];
  return uid !== undefined && gid !== undefined && Number(uid) > 0 ? { name, uid: Number(uid), gid: Number(gid) } : null;
}

/** Two tools for the same thing: shadow (Debian, Red Hat) and BusyBox (Alpine). */
function createdAccount(): Account | null {
  const attempts: [string, string[]][] = [
    ["useradd", ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin", OWN_ACCOUNT]],
    ["adduser", ["-S", "-D", "-H", OWN_ACCOUNT]],
  ];
  for (const [command, args] of attempts) {
    try {
      execFileSync(command, args, { stdio: "ignore", timeout: 10_000 });
    } catch {
      // A read-only system or a missing tool: the next attempt, or an account that exists.
    }
    const account = namedAccount(OWN_ACCOUNT);
    if (account !== null) return account;
  }
  return null;
}

/** 65534 is nobody on every Linux, also in images without /etc/passwd. */
function lastResort(): Account {
  return { name: "nobody", uid: 65_534, gid: 65_534 };
}
