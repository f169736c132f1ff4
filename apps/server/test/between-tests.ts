import { afterEach } from "vitest";
import { resetClock } from "./server.ts";

// Runs again for every file, unlike the modules that the files of a worker share.
afterEach(resetClock);
