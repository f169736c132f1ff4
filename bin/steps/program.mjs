import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { refuseOldNode } from "./node-version.mjs";

/** Runs a program of the server on the Node that the packages bring along; its arguments are ours, its end is ours too. */
export async function runProgram(path) {
  refuseOldNode();
  const { CHECKOUT } = await import("./checkout.mjs");
  const { environment } = await import("./child.mjs");
  const { installPackages, ownNode } = await import("./packages.mjs");
  const { endWith } = await import("./progress.mjs");
  try {
    await installPackages(CHECKOUT);
    const node = ownNode();
    const { status } = spawnSync(node, ["--disable-warning=ExperimentalWarning", join(CHECKOUT, path), ...process.argv.slice(2)], {
      cwd: CHECKOUT, env: environment(node), stdio: "inherit",
    });
    process.exitCode = status ?? 1;
  } catch (error) {
    endWith(error);
  }
}
