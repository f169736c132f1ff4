// `npm run import:orders -- <file>`: takes over the orders of another system, on the Node that the packages bring along.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { CHECKOUT } from "./steps/checkout.mjs";
import { refuseOldNode } from "./steps/node-version.mjs";

// What is read is soon garbage. A young generation large enough for it and a small old one keep memory flat.
const MEMORY = ["--max-semi-space-size=32", "--max-old-space-size=320"];

refuseOldNode();
const { environment } = await import("./steps/child.mjs");
const { installPackages, ownNode } = await import("./steps/packages.mjs");
const { endWith } = await import("./steps/progress.mjs");
try {
  await installPackages(CHECKOUT);
  const node = ownNode();
  const program = join(CHECKOUT, "apps/server/src/import/main.ts");
  const { status } = spawnSync(node, [...MEMORY, "--disable-warning=ExperimentalWarning", program, ...process.argv.slice(2)], {
    cwd: CHECKOUT, env: environment(node, { INIT_CWD: process.env.INIT_CWD ?? process.cwd() }), stdio: "inherit",
  });
  process.exitCode = status ?? 1;
} catch (error) {
  endWith(error);
}
