import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readlinkSync, realpathSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** What `postmaster.pid` says; see miscadmin.h, LOCK_FILE_LINE_*. */
export type Postmaster = { pid: number; port: number; status: string };

const POLL_MS = 20;
const STOP_LIMIT_MS = 60_000;

export function postmasterFile(dataDir: string): string {
  return join(dataDir, "postmaster.pid");
}

export function readPostmaster(dataDir: string): Postmaster | null {
  try {
    const lines = readFileSync(postmasterFile(dataDir), "utf8").split("\n");
    const pid = Number(lines[0]);
    return Number.isInteger(pid) && pid > 0 ? { pid, port: Number(lines[3] ?? 0), status: (lines[7] ?? "").trim() } : null;
  } catch {
    return null;
  }
}

/**
 * The postmaster of this data directory if one is alive. A pid file whose number now belongs to
 * another program is removed: Postgres itself would refuse to start because "the process lives".
 */
export function livePostmaster(dataDir: string): Postmaster | null {
  if (!existsSync(postmasterFile(dataDir))) return null;
  const found = readPostmaster(dataDir);
  if (found !== null && isAlive(found.pid) && isPostgresOf(found.pid, dataDir)) return found;
  rmSync(postmasterFile(dataDir), { force: true });
  return null;
}

/** Fast shutdown: sessions are cut, everything is flushed. Immediate when that takes too long. */
export async function stopPostmaster(pid: number, dataDir: string, pgCtl: string): Promise<void> {
  if (process.platform === "win32") {
    execFileSync(pgCtl, ["stop", "-D", dataDir, "-m", "fast", "-w"], { stdio: "ignore" });
    return;
  }
  for (const signal of ["SIGINT", "SIGQUIT", "SIGKILL"] as const) {
    if (!isAlive(pid)) return;
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    if (await ends(pid, signal === "SIGINT" ? STOP_LIMIT_MS : 5_000)) return;
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === "EPERM";
  }
}

async function ends(pid: number, limitMs: number): Promise<boolean> {
  for (const deadline = Date.now() + limitMs; Date.now() < deadline; await sleep(POLL_MS)) {
    if (!isAlive(pid)) return true;
  }
  return !isAlive(pid);
}

/** A killed child that nobody has waited for yet still answers signal 0. */
function isZombie(pid: number): boolean {
  if (process.platform !== "linux") return false;
  try {
    return / Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\)/, ""));
  } catch {
    return true;
  }
}

function isPostgresOf(pid: number, dataDir: string): boolean {
  if (process.platform === "linux") {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(dataDir) && /postgres/.test(readFileSync(`/proc/${pid}/comm`, "utf8"));
    } catch {
      return false;
    }
  }
  const command = commandOf(pid);
  return /postgres/.test(command) && (process.platform === "win32" || command.includes(dataDir));
}

function commandOf(pid: number): string {
  const [program, args] =
    process.platform === "win32" ? ["tasklist", ["/fi", `PID eq ${pid}`, "/fo", "csv", "/nh"]] : ["ps", ["-p", String(pid), "-o", "command="]];
  try {
    return execFileSync(program as string, args as string[], { encoding: "utf8" });
  } catch {
    return "";
  }
}
