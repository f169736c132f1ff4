// `npm run pack -- plan|apply|rollback`: a business line as one file, on the Node that the packages bring along.
import { runProgram } from "./steps/program.mjs";

await runProgram("apps/server/src/pack/command.ts");
