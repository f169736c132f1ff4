// `npm run keys:rotate`: a new key for the ring, on the Node that the packages bring along.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { CHECKOUT } from "./steps/checkout.mjs";
import { environment } from "./steps/child.mjs";
import { ownNode } from "./steps/packages.mjs";

const node = ownNode();
const { status } = spawnSync(node, ["--disable-warning=ExperimentalWarning", join(CHECKOUT, "apps/server/src/keys/main.ts")], { cwd: CHECKOUT, env: environment(node), stdio: "inherit" });
process.exitCode = status ?? 1;
