import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CHECKOUT } from "./checkout.mjs";

const OWNER = /^apps\/server\/src\/(?:modules\/([^/]+)|(kernel))\//;
const EXEMPT = /\.test\.ts$|\/test\//;
const WRITES = [/\b(?:insert\s+into|update|delete\s+from|truncate(?:\s+table)?|merge\s+into)\s+"?([a-z_]+)"?\./gi, /\.(?:insertInto|updateTable|deleteFrom|mergeInto)\(\s*["'`]([a-z_]+)\./g];
const SCHEMAS = "org|platform|objects|messaging|customers|ledger|promotions|loyalty|payments|commerce|delivery|sales|service|insight|marketing";
const TABLE_READ = /\b(?:from|into|update|join)\s+([a-z_]+\.[a-z_]+)/gi;
/** An operator's statement over all tenants says so and why, inside the statement. */
const ACROSS_TENANTS = /--\s*across tenants:/i;

/**
 * Two rules of the tenancy fence that a reader would forget to check: only a module writes its
 * schema, and a statement written by hand names the tenant.
 */
export function sqlBreaches(path, text) {
  if (EXEMPT.test(path)) return [];
  const owner = OWNER.exec(path);
  if (owner === null) return [];
  return [...foreignWrites(path, text, owner[1] ?? owner[2]), ...unfencedStatements(path, text)];
}

function foreignWrites(path, text, schema) {
  const known = new Set([...SCHEMAS.split("|"), "kernel"]);
  return WRITES.flatMap((pattern) => [...text.matchAll(pattern)])
    .filter(([, written]) => known.has(written) && written !== schema)
    .map((match) => `${path}:${lineOf(text, match.index)}: writes the schema of "${match[1]}": call its index.ts instead`);
}

function unfencedStatements(path, text) {
  return literals(text)
    .filter(({ value }) => [...value.matchAll(TABLE_READ)].some((match) => tenantTables().has(match[1])))
    .filter(({ value }) => !/tenant_id|tenantId/.test(value) && !ACROSS_TENANTS.test(value))
    .map(({ value, index }) => `${path}:${lineOf(text, index)}: SQL without tenant_id: ${value.trim().slice(0, 60).replace(/\s+/g, " ")}…`);
}

let known;

/** As the catalogue knows them; system tables such as org.tenant belong to nobody. */
function tenantTables() {
  if (known === undefined) {
    const generated = readFileSync(join(CHECKOUT, "apps/server/src/kernel/db/tables.gen.ts"), "utf8");
    known = new Set([.../tenantTables[^[]*\[([^\]]*)\]/.exec(generated)?.[1]?.matchAll(/"([^"]+)"/g) ?? []].map((match) => match[1]));
  }
  return known;
}

/** Template literals and long strings; an expression inside a template stays part of it. */
function literals(text) {
  const withoutComments = text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, (comment) => comment.replace(/[^\n]/g, " "));
  return [...withoutComments.matchAll(/`((?:\\.|[^`\\])*)`|"((?:\\.|[^"\\\n])*)"/g)].map((match) => ({ value: match[1] ?? match[2] ?? "", index: match.index }));
}

function lineOf(text, index) {
  return text.slice(0, index).split("\n").length;
}
