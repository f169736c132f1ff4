import { existsSync, readFileSync, statfsSync } from "node:fs";
import { join } from "node:path";
import { run } from "./child.mjs";
import { CHECKOUT } from "./checkout.mjs";
import { Refusal } from "./progress.mjs";

const OWN_MAJOR = 24;
const INSTALL_BYTES = 2.5e9;
const INSTALL_LIMIT_MS = 15 * 60_000;

/** Installs the packages of a folder unless exactly those are there. Returns whether it had to. */
export async function installPackages(folder, env = process.env) {
  if (isInstalled(folder)) return false;
  requireSpace(INSTALL_BYTES);
  await run(npmCommand(), ["ci", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: folder, env, limitMs: INSTALL_LIMIT_MS });
  return true;
}

/**
 * npm writes `node_modules/.package-lock.json` when it has finished, so it tells a complete
 * installation from an interrupted one; its entries are compared with those of the lockfile.
 */
export function isInstalled(folder) {
  const wanted = lockedPackages(join(folder, "package-lock.json"));
  const present = lockedPackages(join(folder, "node_modules", ".package-lock.json"));
  if (wanted === null || present === null) return false;
  return Object.entries(wanted).every(([path, { version, optional, peer, link }]) => {
    if (!path.startsWith("node_modules/") || link === true) return true;
    const found = present[path];
    return found === undefined ? optional === true || peer === true : found.version === version;
  });
}

/** The Node 24 that came with the packages, or the one we run on when it is new enough. */
export function ownNode() {
  const names = [`node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`, `node-bin-${process.platform}-${process.arch}`];
  for (const name of names) {
    const path = join(CHECKOUT, "node_modules", name, "bin", process.platform === "win32" ? "node.exe" : "node");
    if (existsSync(path)) return path;
  }
  if (Number(process.versions.node.split(".")[0]) >= OWN_MAJOR) return process.execPath;
  throw new Refusal(
    `没有适用于 ${process.platform}-${process.arch} 的内置 Node ${OWN_MAJOR},请先自行安装 Node ${OWN_MAJOR}。\n` +
      `  No Node ${OWN_MAJOR} comes along for ${process.platform}-${process.arch}: install it and try again.`,
  );
}

export function requireSpace(bytes) {
  const { bavail, bsize } = statfsSync(CHECKOUT);
  if (bavail * bsize >= bytes) return;
  const gigabytes = (value) => (value / 1e9).toFixed(1);
  throw new Refusal(
    `磁盘空间不足:需要 ${gigabytes(bytes)} GB,剩余 ${gigabytes(bavail * bsize)} GB。\n` +
      `  The disk is full: ${gigabytes(bytes)} GB are needed, ${gigabytes(bavail * bsize)} GB are free at ${CHECKOUT}.`,
  );
}

export function npmCommand() {
  return process.platform === "win32" ? "npm.cmd" : "npm";
}

function lockedPackages(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8")).packages;
  } catch {
    return null;
  }
}
