// `npm start`: from a fresh clone to a running product. Plain JavaScript without dependencies,
// because it runs before anything is installed, on whichever Node the machine has.
import { refuseOldNode } from "./steps/node-version.mjs";

refuseOldNode();
const { endWith } = await import("./steps/progress.mjs");
const { start } = await import("./steps/product.mjs");
await start().catch(endWith);
