// `npm run keys:rotate`: a new key for the ring, beside servers that run or without one.
import { runProgram } from "./steps/program.mjs";

await runProgram("apps/server/src/keys/main.ts");
