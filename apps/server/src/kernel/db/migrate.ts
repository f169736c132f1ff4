import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import pg from "pg";

const FOLDER = new URL("../../../migrations/", import.meta.url);
/** Any constant: two servers that start together migrate one after the other. */
const MIGRATION_LOCK = 7_302_611;

/** The migrations this version brings along, in order. */
export const migrationNames = async (): Promise<string[]> => (await readdir(FOLDER)).filter((file) => file.endsWith(".sql")).toSorted();

export interface MigrateOptions {
  /** A login that may create schemas and roles. */
  ownerUrl: string;
  /** The role requests run as; it owns nothing. */
  role: string;
  onStep?: (name: string) => void;
}

/** Applies every migration that is not applied yet, each in its own transaction. Refuses when an applied one was changed. */
export async function migrate({ ownerUrl, role, onStep }: MigrateOptions): Promise<number> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: "shuke-migrate" });
  await client.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
    await refuseUnfitDatabase(client);
    await ensureRole(client, role);
    await client.query(`create schema if not exists kernel`);
    await client.query(`create table if not exists kernel.migration
      (name text primary key, sha256 text not null, applied_at timestamptz not null default now())`);
    const applied = new Map((await client.query<{ name: string; sha256: string }>("select name, sha256 from kernel.migration"))
      .rows.map((row) => [row.name, row.sha256]));
    let count = 0;
    for (const name of await migrationNames()) {
      const text = (await readFile(new URL(name, FOLDER), "utf8")).replaceAll("shuke_app", role);
      const sha256 = createHash("sha256").update(text).digest("hex");
      const known = applied.get(name);
      if (known === sha256) continue;
      if (known) throw new Error(`Migration ${name} was changed after it was applied: write a new one instead`);
      await apply(client, name, text, sha256);
      onStep?.(name);
      count++;
    }
    return count;
  } finally {
    await client.end();
  }
}

async function apply(client: pg.Client, name: string, text: string, sha256: string): Promise<void> {
  try {
    await client.query("begin");
    await client.query(text);
    await client.query("insert into kernel.migration (name, sha256) values ($1, $2)", [name, sha256]);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw new Error(`Migration ${name} failed: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/** Chinese search counts characters: another encoding than UTF8 would count bytes. */
async function refuseUnfitDatabase(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ encoding: string; version: number }>(
    "select pg_encoding_to_char(encoding) as encoding, current_setting('server_version_num')::int as version from pg_database where datname = current_database()");
  const [found] = rows;
  if (!found || found.encoding !== "UTF8") throw new Error(`The database's encoding is ${found?.encoding}; it must be UTF8`);
  if (found.version < 150_000) throw new Error("Postgres 15 or newer is needed");
}

async function ensureRole(client: pg.Client, role: string): Promise<void> {
  const { rowCount } = await client.query("select 1 from pg_roles where rolname = $1", [role]);
  if (!rowCount) await client.query(`create role ${pg.escapeIdentifier(role)} nologin`);
  await client.query(`grant ${pg.escapeIdentifier(role)} to current_user`);
}
