import { readdirSync, readFileSync } from "node:fs";

const TICKS_PER_SECOND = 100;

/** Seconds of processor time that a process and its children (which still run) have used; 0 where /proc does not exist. */
export function processorSeconds(pid: number | undefined): number {
  if (pid === undefined) return 0;
  try {
    const children = readdirSync("/proc").filter((name) => /^\d+$/.test(name) && parentOf(Number(name)) === pid).map(Number);
    return [pid, ...children].reduce((sum, one) => sum + secondsOf(one), 0);
  } catch {
    return 0;
  }
}

/** Fields after the command's closing bracket; the command may hold blanks. */
function fields(pid: number): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
}

function parentOf(pid: number): number {
  try {
    return Number(fields(pid)[1]);
  } catch {
    return 0;
  }
}

/** With what its dead children used: a client's connection is a child of Postgres that ends with it. */
function secondsOf(pid: number): number {
  try {
    const all = fields(pid);
    return [11, 12, 13, 14].reduce((sum, at) => sum + Number(all[at]), 0) / TICKS_PER_SECOND;
  } catch {
    return 0;
  }
}
