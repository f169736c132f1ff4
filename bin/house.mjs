// The house rules that no linter knows: sizes, names, unfinished work, who may write which table,
// what the published documents say twice.
// `node bin/house.mjs` prints every breach and ends with 1 if there is one.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { basename, join, relative, sep } from "node:path";
import { CHECKOUT } from "./steps/checkout.mjs";
import { publishedDocumentBreaches } from "./steps/document-rules.mjs";
import { sqlBreaches } from "./steps/sql-rules.mjs";

const ROOTS = ["apps", "packages", "bench", "bin"];
const SKIPPED = new Set(["node_modules", "dist", "vendor", "generated", ".swc", ".cache", "openapi"]);
const SOURCE = /\.(ts|tsx|mjs|js)$/;
const GENERATED = /\.gen\.tsx?$/;
const TEST = /\.test\.tsx?$/;
const MOST_LINES = 300;
/** Names that say nothing about what is inside; the noun is missing. */
const EMPTY_NAMES = new Set(["util", "utils", "helper", "helpers", "common", "misc", "types", "manager", "managers", "data", "info", "process", "handle", "shared"]);
const EMPTY_ENDINGS = /[-.](utils?|helpers?|manager|misc|v2)$/i;
/** Tools that read nothing but the default export; pages of the member app's framework do the same. */
const DEFAULT_EXPORT_EXPECTED = /(\.config\.(ts|mjs|js)|^\.[^/]*\.mjs|-setup\.ts|\.dependency-cruiser\.mjs)$|^apps\/member\//;

const WORDS = [
  [/\b(TODO|FIXME|XXX|HACK)\b/, "unfinished work: do it or file it"],
  [/\bas any\b/, "`as any` switches the checks off: name the type"],
  [/@ts-(ignore|nocheck)\b/, "a suppressed type error"],
  [/\b(?:test|it|describe|suite)(?:\.\w+)*\.(only|skip|todo)\b/, "a test that does not run"],
  [/^\s*(?:export\s+)?(?:const\s+)?enum\s/m, "an enum: use a union of strings"],
];

/** Every breach of a house rule as `path:line: why`. */
export function houseBreaches() {
  const folders = ROOTS.map((root) => join(CHECKOUT, root)).filter((folder) => existsSync(folder));
  const inSource = folders.flatMap(filesOf).flatMap((file) => {
    const path = relative(CHECKOUT, file).split(sep).join("/");
    if (GENERATED.test(path)) return [];
    const text = readFileSync(file, "utf8");
    return [...nameBreaches(path), ...sizeBreaches(path, text), ...wordBreaches(path, text), ...sqlBreaches(path, text)];
  });
  return [...inSource, ...publishedDocumentBreaches()];
}

function nameBreaches(path) {
  return path
    .split("/")
    .map((part) => basename(part).replace(SOURCE, "").replace(/\.test$/, ""))
    .filter((name) => EMPTY_NAMES.has(name) || EMPTY_ENDINGS.test(name))
    .map((name) => `${path}:1: "${name}" says nothing about what is inside: name the noun`);
}

function sizeBreaches(path, text) {
  const lines = text.split("\n").length - 1;
  return lines > MOST_LINES && !TEST.test(path) ? [`${path}:${lines}: ${lines} lines; over ${MOST_LINES} a noun is two nouns`] : [];
}

function wordBreaches(path, text) {
  if (path === "bin/house.mjs") return [];
  const found = WORDS.flatMap(([pattern, why]) => {
    const match = pattern.exec(text);
    return match === null ? [] : [`${path}:${lineOf(text, match.index)}: ${why}`];
  });
  const exported = /^export default\b/m.exec(text);
  if (exported !== null && !DEFAULT_EXPORT_EXPECTED.test(path)) found.push(`${path}:${lineOf(text, exported.index)}: a default export has no name`);
  return found;
}

function lineOf(text, index) {
  return text.slice(0, index).split("\n").length;
}

function filesOf(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (SKIPPED.has(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesOf(path);
    return SOURCE.test(entry.name) ? [path] : [];
  });
}

if (process.argv[1] === import.meta.filename) {
  const breaches = houseBreaches();
  for (const breach of breaches) console.log(breach);
  console.log(breaches.length === 0 ? "the house is in order" : `${breaches.length} breaches of the house rules`);
  process.exitCode = breaches.length === 0 ? 0 : 1;
}
