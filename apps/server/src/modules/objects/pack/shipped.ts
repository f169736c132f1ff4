import { readdirSync, readFileSync } from "node:fs";
import { readPack, type Pack } from "./pack.schema.ts";

const FOLDER = new URL("../../../../packs/", import.meta.url);

export interface ShippedPack extends Pack {
  file: string;
}

/** The packs that come with the product, by name. */
export const shippedPacks: readonly ShippedPack[] = readdirSync(FOLDER).filter((name) => name.endsWith(".yaml")).toSorted().map((name) => {
  const file = readFileSync(new URL(name, FOLDER), "utf8");
  return { ...readPack(file), file };
});
