import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { CHECKOUT } from "./checkout.mjs";

const FOLDER = "apps/server/openapi";
const MOST_BYTES = 600_000;
/** Longer than this a shape is a noun: it stands once, under its name. */
const MOST_UNNAMED = 1_500;

/** The published documents stay readable: none is heavy, and no shape is written out twice. */
export function publishedDocumentBreaches() {
  return readdirSync(join(CHECKOUT, FOLDER)).flatMap((name) => documentBreaches(`${FOLDER}/${name}`, readFileSync(join(CHECKOUT, FOLDER, name), "utf8")));
}

export function documentBreaches(path, text) {
  const places = new Map();
  const look = (part, place) => {
    if (typeof part !== "object" || part === null) return;
    const written = JSON.stringify(part);
    if (written.length <= MOST_UNNAMED) return;
    if (part.type === "object") places.set(written, [...(places.get(written) ?? []), place]);
    for (const [name, inner] of Object.entries(part)) look(inner, `${place}/${name}`);
  };
  look(JSON.parse(text), "");
  const repeated = [...places].filter(([, [, second]]) => second !== undefined)
    .map(([written, [first, second]]) => `${path}:1: ${written.length} bytes stand at ${first} and again at ${second}: give the schema its name with .meta({ id })`);
  return Buffer.byteLength(text) > MOST_BYTES ? [...repeated, `${path}:1: ${Buffer.byteLength(text)} bytes; over ${MOST_BYTES} something is said again and again`] : repeated;
}
