import type { ConsoleSchemas } from "@shuke/api";

/** As lists and tills use it; the pack of a till without network has no more. */
export type Product = Omit<ConsoleSchemas["Product"], "updatedAt" | "custom" | "customReferences">;
export type ProductRow = ConsoleSchemas["Product"];
