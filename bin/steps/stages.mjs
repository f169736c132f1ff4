import { join } from "node:path";
import { existsSync, readFileSync } from "node:fs";
import { build, CONSOLE, isBuilt, MEMBER } from "./builds.mjs";
import { capture } from "./child.mjs";
import { CACHE, CHECKOUT } from "./checkout.mjs";
import { installPackages, npmCommand } from "./packages.mjs";

const MODULES = join(CHECKOUT, "node_modules");
const SOURCES = ["apps", "packages", "bench"].filter((folder) => existsSync(join(CHECKOUT, folder)));
const MEMBER_HOME = join(CHECKOUT, "apps/member");

/**
 * The stages of `npm test`, in the order in which they are started. Those of one wave run two at a
 * time, because each keeps about one core busy; the waves follow each other, so that nothing
 * competes with tests that measure or wait. A stage returns `{ ok, output, results? }`.
 */
export function stagesFor(node, env) {
  const tool = (path, ...args) => () => command(node, [join(MODULES, path), ...args], env);
  const script = (path, ...args) => () => command(node, [join(CHECKOUT, path), ...args], env);
  return [
    { name: "lint", wave: 1, run: tool("oxlint/bin/oxlint", "--type-aware", "--deny-warnings", "--format=unix", "--ignore-pattern", "apps/member/**") },
    // Without types: the member app's packages are its own and may not be there yet.
    { name: "member-lint", wave: 1, needs: "apps/member/package.json", run: tool("oxlint/bin/oxlint", "--deny-warnings", "--format=unix", "apps/member") },
    { name: "boundaries", wave: 1, run: tool("dependency-cruiser/bin/dependency-cruise.mjs", "--config", ".dependency-cruiser.mjs", ...SOURCES) },
    { name: "house", wave: 1, run: script("bin/house.mjs") },
    { name: "types", wave: 1, run: script("bin/typecheck.mjs") },
    { name: "generated", wave: 1, run: script("bin/generate.mjs", "--check") },
    { name: "console-build", wave: 1, needs: "apps/console/package.json", run: () => made(CONSOLE, env) },
    { name: "member-build", wave: 1, needs: "apps/member/package.json", run: () => madeMember(env) },
    { name: "unit", wave: 2, run: () => vitest(node, env, "unit", ["packages", "postgres", "server"]) },
    { name: "browser", wave: 3, run: () => browser(node, env) },
    { name: "member", wave: 3, needs: "apps/member/package.json", run: () => memberChecks(node, env) },
  ];
}

async function command(program, args, env) {
  const { code, output } = await capture(program, args, { cwd: CHECKOUT, env });
  return { ok: code === 0, output };
}

async function made(target, env) {
  if (!isBuilt(target)) await build(target, env);
  return { ok: true, output: "" };
}

async function madeMember(env) {
  await installPackages(MEMBER_HOME, env);
  return await made(MEMBER, env);
}

async function memberChecks(node, env) {
  const { path } = await chromium(node, env);
  const withBrowser = path === undefined ? env : { ...env, CHROMIUM_PATH: path };
  const { scripts = {} } = JSON.parse(readFileSync(join(MEMBER_HOME, "package.json"), "utf8"));
  for (const name of ["typecheck", "check"].filter((wanted) => wanted in scripts)) {
    const { code, output } = await capture(npmCommand(), ["run", name], { cwd: MEMBER_HOME, env: withBrowser });
    if (code !== 0) return { ok: false, output };
  }
  return { ok: true, output: "" };
}

/** Streams while it runs, since it takes longest; the counts come from its report. */
async function vitest(node, env, name, projects) {
  const report = join(CACHE, `${name}-results.json`);
  const args = ["run", "--passWithNoTests", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`, ...projects.flatMap((project) => ["--project", project])];
  const { code } = await capture(node, [join(MODULES, "vitest/vitest.mjs"), ...args], { cwd: CHECKOUT, env, onText: (text) => process.stdout.write(text) });
  const results = existsSync(report) ? JSON.parse(readFileSync(report, "utf8")) : null;
  return {
    ok: code === 0,
    output: "",
    results: { passed: results?.numPassedTests ?? 0, failed: results?.numFailedTests ?? 0, skipped: (results?.numPendingTests ?? 0) + (results?.numTodoTests ?? 0) },
  };
}

/** Where no browser can be had, nothing is proven: it says so loudly and counts as skipped. */
async function browser(node, env) {
  const { path, said } = await chromium(node, env);
  if (path === undefined) {
    return { ok: true, skipped: true, output: `!! NO BROWSER: the browser tests did not run. Install chromium or set CHROMIUM_PATH.\n${said}`, results: { passed: 0, failed: 0, skipped: 1 } };
  }
  return await vitest(node, { ...env, CHROMIUM_PATH: path }, "browser", ["browser"]);
}

let found;

/** Looked for once; it may have to be installed. */
function chromium(node, env) {
  found ??= capture(node, [join(CHECKOUT, "apps/server/test/chromium.ts")], { cwd: CHECKOUT, env }).then(({ output }) => ({
    path: output.split("\n").reverse().find((line) => line !== "" && existsSync(line)),
    said: output.trim(),
  }));
  return found;
}
