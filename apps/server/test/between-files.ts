import { afterAll } from "vitest";
import { closeTestServer } from "./server.ts";
import "./between-tests.ts";

// Where every file has modules of its own, it has a server of its own, too.
afterAll(closeTestServer);
