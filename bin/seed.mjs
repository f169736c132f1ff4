// `npm run seed`: tells the story again where it is missing; `-- --members 1000000` adds a crowd.
import { runProgram } from "./steps/program.mjs";

await runProgram("apps/server/src/seed/command.ts");
