// Lays out a module as ARCHITECTURE.md describes it: a folder, a front door, one noun with a route,
// its shape, its view and a test, and a migration. It compiles and passes as it is.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CHECKOUT } from "./steps/checkout.mjs";
import { migrationText, moduleFiles } from "./steps/module-template.mjs";
import { endWith, Refusal } from "./steps/progress.mjs";

const SERVER = join(CHECKOUT, "apps/server");

try {
  lay(...process.argv.slice(2));
} catch (error) {
  endWith(error);
}

function lay(name, noun) {
  if (!isName(name) || !isName(noun)) throw new Refusal("bin/new-module NAME NOUN, both lower case words, for example: bin/new-module queue ticket");
  const folder = join(SERVER, "src/modules", name);
  if (existsSync(folder)) throw new Refusal(`${folder} is there already`);
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of Object.entries(moduleFiles(name, noun))) writeFileSync(join(folder, file), text);
  const migration = join(SERVER, "migrations", `${nextNumber()}_${name}.sql`);
  writeFileSync(migration, migrationText(name, noun));
  console.log(`Made ${folder} and ${migration}. Three things are left:`);
  console.log(`1. give ${name} its place in the may-use graph of .dependency-cruiser.mjs, with an ADR`);
  console.log(`2. add ...${name}.consoleRoutes() to apps/server/src/app.ts, and its permission to the org module`);
  console.log("3. npm run generate");
}

function isName(word) {
  return word !== undefined && /^[a-z]+$/.test(word);
}

function nextNumber() {
  const last = readdirSync(join(SERVER, "migrations")).filter((file) => /^\d{4}_/.test(file)).sort().at(-1) ?? "0000";
  return String(Number(last.slice(0, 4)) + 1).padStart(4, "0");
}
