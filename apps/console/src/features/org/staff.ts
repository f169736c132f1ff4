import type { ConsoleSchemas } from "@shuke/api";

export type Staff = ConsoleSchemas["Staff"];
