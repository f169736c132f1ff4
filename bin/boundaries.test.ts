import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

const CHECKOUT = resolve(import.meta.dirname, "..");
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "shuke-boundaries-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

function rulesBrokenBy(files: Record<string, string>): string[] {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const cruiser = join(CHECKOUT, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
  const args = [cruiser, "--config", join(CHECKOUT, ".dependency-cruiser.mjs"), "--output-type", "json", "."];
  const { stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
  const { summary }: { summary: { violations: { rule: { name: string } }[] } } = JSON.parse(stdout);
  return summary.violations.map(({ rule }) => rule.name).toSorted();
}

const modules = "apps/server/src/modules";
const door = { [`${modules}/ledger/index.ts`]: "export * from './lot.ts';", [`${modules}/ledger/lot.ts`]: "export const lot = 1;" };

describe("the boundaries", () => {
  test("let a module use what the graph allows, through the front door", () => {
    expect(rulesBrokenBy({ ...door, [`${modules}/loyalty/points.ts`]: "import { lot } from '../ledger/index.ts'; export { lot };" })).toEqual([]);
  });

  test("refuse another module's inside", () => {
    expect(rulesBrokenBy({ ...door, [`${modules}/loyalty/points.ts`]: "import { lot } from '../ledger/lot.ts'; export { lot };" })).toEqual(["through-the-front-door"]);
  });

  test("refuse a module that is not in the graph for this one, types included", () => {
    const broken = rulesBrokenBy({ ...door, [`${modules}/org/store.ts`]: "import type { lot } from '../ledger/index.ts'; export type L = typeof lot;" });
    expect(broken).toEqual(["org-may-use"]);
  });

  test("keep business out of the kernel", () => {
    expect(rulesBrokenBy({ ...door, "apps/server/src/kernel/scope.ts": "import { lot } from '../modules/ledger/index.ts'; export { lot };" })).toEqual(["kernel-knows-no-business"]);
  });

  test("keep input and output out of the offer engine", () => {
    expect(rulesBrokenBy({ "packages/offers/src/evaluate.ts": "import { readFileSync } from 'node:fs'; export { readFileSync };" })).toEqual(["offers-are-pure"]);
  });
});
