// Checks the types of every project with the native TypeScript compiler; `node bin/typecheck.mjs apps/server` of one.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { capture } from "./steps/child.mjs";
import { CHECKOUT } from "./steps/checkout.mjs";
import { ownNode } from "./steps/packages.mjs";
import { seconds } from "./steps/progress.mjs";

const COMPILER = join(CHECKOUT, "node_modules/typescript-native/bin/tsc");
/** It has React 18 and its own lockfile, so its types are checked with its own packages. */
const ELSEWHERE = new Set(["apps/member"]);

const wanted = process.argv.slice(2);
let failed = 0;
for (const project of wanted.length > 0 ? wanted : projects()) {
  const from = Date.now();
  if (!existsSync(join(CHECKOUT, project, "tsconfig.json"))) {
    console.log(`${project}: no tsconfig.json, so nobody checks its types`);
    failed += 1;
    continue;
  }
  const { code, output } = await capture(ownNode(), [COMPILER, "--noEmit", "--pretty", "false", "-p", project], { cwd: CHECKOUT });
  console.log(`${code === 0 ? "ok  " : "FAIL"} ${project} ${seconds(from)}${output === "" ? "" : `\n${output.trimEnd()}`}`);
  if (code !== 0) failed += 1;
}
process.exitCode = failed === 0 ? 0 : 1;

/** The root with its configuration, then every app and package that has TypeScript. */
function projects() {
  const folders = ["apps", "packages"].flatMap((shelf) => readdirSync(join(CHECKOUT, shelf)).map((name) => `${shelf}/${name}`));
  return [".", ...folders.filter((folder) => !ELSEWHERE.has(folder) && hasTypeScript(join(CHECKOUT, folder, "src")))];
}

function hasTypeScript(folder) {
  return existsSync(folder) && readdirSync(folder, { recursive: true }).some((name) => /\.tsx?$/.test(name));
}
