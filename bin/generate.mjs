// Writes every generated artefact; with --check it only says which are out of date, and ends with 1.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { CHECKOUT } from "./steps/checkout.mjs";
import { environment } from "./steps/child.mjs";
import { ownNode } from "./steps/packages.mjs";

const node = ownNode();
const { status } = spawnSync(node, [join(CHECKOUT, "apps/server/src/generate.ts"), ...process.argv.slice(2)], { cwd: CHECKOUT, env: environment(node), stdio: "inherit" });
process.exitCode = status ?? 1;
