import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { run } from "./child.mjs";
import { CACHE, CHECKOUT } from "./checkout.mjs";
import { npmCommand } from "./packages.mjs";

const BUILD_LIMIT_MS = 10 * 60_000;
const OUTPUTS = new Set(["node_modules", "dist", ".cache", ".data", ".swc", "test"]);
/** Marks a page that stands in for a product, so that it is never taken for one. */
const PLACEHOLDER = "data-placeholder";
const SHARED = ["packages", "package-lock.json"];

export const CONSOLE = {
  name: "console",
  product: join(CHECKOUT, "apps/console/dist/index.html"),
  sources: ["apps/console", ...SHARED],
  build: (env) => run(npmCommand(), ["exec", "--", "vite", "build", "--logLevel", "warn"], { cwd: join(CHECKOUT, "apps/console"), env, limitMs: BUILD_LIMIT_MS }),
};

export const MEMBER = {
  name: "member",
  product: join(CHECKOUT, "apps/member/dist/h5/index.html"),
  sources: ["apps/member", ...SHARED],
  build: (env) => run(npmCommand(), ["run", "build:h5", "--", "--force"], { cwd: join(CHECKOUT, "apps/member"), env, limitMs: BUILD_LIMIT_MS }),
};

/** Is what was built last made of exactly the sources that are there now? */
export function isBuilt(target) {
  return existsSync(target.product) && stampOf(target) === fingerprint(target.sources);
}

export async function build(target, env) {
  const made = fingerprint(target.sources);
  rmSync(stampFile(target), { force: true });
  await target.build(env);
  if (!existsSync(target.product) || readFileSync(target.product, "utf8").includes(PLACEHOLDER)) throw new Error(`The build of ${target.name} ended well but made no ${target.product}`);
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(stampFile(target), made);
}

/** A page in the place of a product that is not there, so that its address answers something a person understands. */
export function putMessage(target, { title, text }) {
  if (isBuilt(target)) return;
  mkdirSync(dirname(target.product), { recursive: true });
  writeFileSync(
    target.product,
    `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>` +
      `<body ${PLACEHOLDER} style="font:16px/1.7 system-ui;max-width:28em;margin:20vh auto;padding:0 1.5em;color:#333"><h1 style="font-size:1.3em">${title}</h1><p>${text}</p>`,
  );
}

/** Contents, not times: a fresh clone or a branch switched to and fro changes every time stamp. */
export function fingerprint(sources) {
  const hash = createHash("sha256");
  for (const source of sources) addTo(hash, join(CHECKOUT, source));
  return hash.digest("hex");
}

function addTo(hash, path) {
  if (!existsSync(path)) return;
  if (!statSync(path).isDirectory()) {
    hash.update(path.slice(CHECKOUT.length)).update("\0").update(readFileSync(path));
    return;
  }
  for (const name of readdirSync(path).sort()) if (!OUTPUTS.has(name)) addTo(hash, join(path, name));
}

function stampFile({ name }) {
  return join(CACHE, `${name}.fingerprint`);
}

function stampOf(target) {
  try {
    return readFileSync(stampFile(target), "utf8");
  } catch {
    return null;
  }
}
