// The server restarts on every change of its sources; the console reloads in place through vite's proxy.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { environment } from "./steps/child.mjs";
import { CHECKOUT } from "./steps/checkout.mjs";
import { refuseOldNode } from "./steps/node-version.mjs";
import { installPackages, ownNode } from "./steps/packages.mjs";
import { endWith } from "./steps/progress.mjs";
import { claim, release, requireFreePort } from "./steps/running.mjs";

refuseOldNode();
const port = Number(process.env.PORT ?? "8080");
try {
  await claim(port);
  process.once("exit", release);
  await requireFreePort(port);
  await installPackages(CHECKOUT);
} catch (error) {
  endWith(error);
}
const node = ownNode();
const env = environment(node, { PORT: String(port), SHUKE_API: `http://127.0.0.1:${port}` });
const children = [
  spawn(node, ["--watch", "--watch-preserve-output", "apps/server/src/main.ts"], { cwd: CHECKOUT, env, stdio: "inherit" }),
  spawn(node, [join(CHECKOUT, "node_modules/vite/bin/vite.js")], { cwd: join(CHECKOUT, "apps/console"), env, stdio: "inherit" }),
];
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    for (const child of children) child.kill("SIGTERM");
  });
}
await Promise.all(children.map((child) => new Promise((settle) => child.once("exit", settle))));
