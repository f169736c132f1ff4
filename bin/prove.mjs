// `npm run prove`: checks on a live database what must hold at every moment, on the Node that the packages bring along.
import { runProgram } from "./steps/program.mjs";

await runProgram("apps/server/src/prove/command.ts");
