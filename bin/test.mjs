// `npm test`: its own set-up, then everything. `npm test -- --only=unit,lint` runs some stages.
import { refuseOldNode } from "./steps/node-version.mjs";

refuseOldNode();
const { endWith } = await import("./steps/progress.mjs");
const { test } = await import("./steps/testing.mjs");
try {
  process.exitCode = (await test(process.argv.slice(2))) ? 0 : 1;
} catch (error) {
  endWith(error);
}
