import { readdirSync, readFileSync } from "node:fs";
import { readHead } from "./pack.schema.ts";

const FOLDER = new URL("../../../../packs/", import.meta.url);

/** The packs that come with the product, by name. */
export const shippedPacks = readdirSync(FOLDER).filter((name) => name.endsWith(".yaml")).toSorted().map((name) => {
  const file = readFileSync(new URL(name, FOLDER), "utf8");
  return { ...readHead(file), file };
});
