// `npm run fuzz`: the property tests by seeds that chance draws, until one is red. `npm run fuzz -- 50 packages/offers`: fifty seeds, one folder's tests.
import { randomInt } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { capture, environment } from "./steps/child.mjs";
import { CHECKOUT } from "./steps/checkout.mjs";
import { ownNode } from "./steps/packages.mjs";
import { green, red, seconds } from "./steps/progress.mjs";

const SEEDS = 2 ** 31;
const VITEST = join(CHECKOUT, "node_modules/vitest/vitest.mjs");
const node = ownNode();
const [turns = "20", ...folders] = process.argv.slice(2);
const files = (folders.length > 0 ? folders : ["apps/server/src", "apps/server/test", "packages/offers/test"]).flatMap(propertyTests);
console.log(files.join("\n"));
for (let turn = 1; turn <= Number(turns); turn += 1) {
  const from = Date.now();
  const seed = String(randomInt(SEEDS));
  const { code, output } = await capture(node, [VITEST, "run", ...files], { cwd: CHECKOUT, env: environment(node, { TEST_SEED: seed }) });
  console.log(`${code === 0 ? green("ok  ") : red("FAIL")} ${turn}/${turns} TEST_SEED=${seed} ${seconds(from)}`);
  if (code === 0) continue;
  console.log(`${output.trimEnd()}\nagain: TEST_SEED=${seed} npx vitest run ${redIn(output).join(" ")}`);
  process.exitCode = 1;
  break;
}

function redIn(output) {
  return files.filter((file) => new RegExp(`FAIL .*${file}`).test(output));
}

function propertyTests(folder) {
  return readdirSync(join(CHECKOUT, folder), { recursive: true })
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => join(folder, name))
    .filter((path) => readFileSync(join(CHECKOUT, path), "utf8").includes('from "fast-check"'));
}
