import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { schemaPages, tableTypes } from "./kernel/db/catalogue.ts";
import { migrate } from "./kernel/db/migrate.ts";
import { startPostgres } from "./postgres/launcher.ts";

/** Writes every generated artefact; with `--check` only says which are out of date, and exits 1. */
const checkOnly = process.argv.includes("--check");
const server = new URL("../", import.meta.url);
const dataDir = await mkdtemp(join(tmpdir(), "shuke-generate-"));
// The server may run under another account, which has to get through.
await chmod(dataDir, 0o755);
const postgres = await startPostgres({ dataDir: join(dataDir, "postgres"), port: 0, settings: { fsync: "off" } });
const artefacts = new Map<string, string>();
try {
  await migrate({ ownerUrl: postgres.ownerUrl, role: "shuke_app" });
  const client = new pg.Client({ connectionString: postgres.ownerUrl });
  await client.connect();
  try {
    artefacts.set("src/kernel/db/tables.gen.ts", await tableTypes(client));
    for (const [schema, page] of await schemaPages(client)) artefacts.set(`schema/${schema}.sql`, page);
  } finally {
    await client.end();
  }
} finally {
  await postgres.stop();
  await rm(dataDir, { recursive: true, force: true });
}
const stale: string[] = [];
for (const [path, text] of artefacts) {
  const file = new URL(path, server);
  if ((await readFile(file, "utf8").catch(() => "")) === text) continue;
  stale.push(path);
  if (checkOnly) continue;
  await mkdir(new URL("./", file), { recursive: true });
  await writeFile(file, text);
}
console.log(stale.length === 0 ? `${artefacts.size} generated files are current` : `${checkOnly ? "out of date" : "written"}: ${stale.join(", ")}`);
if (checkOnly && stale.length > 0) process.exit(1);
