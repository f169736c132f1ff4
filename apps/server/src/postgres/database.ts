import pg from "pg";
import { APP_ROLE, DATABASE, OWNER_ROLE, type Credentials } from "./cluster.ts";

export function urlFor(who: "owner" | "app", port: number, credentials: Credentials, database = DATABASE): string {
  const role = who === "owner" ? OWNER_ROLE : APP_ROLE;
  const password = who === "owner" ? credentials.ownerPassword : credentials.appPassword;
  return `postgres://${role}:${password}@127.0.0.1:${port}/${database}`;
}

/** The application's database and its role; also heals a cluster that was killed before both existed. */
export async function ensureDatabase(port: number, credentials: Credentials): Promise<void> {
  const client = new pg.Client({ connectionString: urlFor("owner", port, credentials, "postgres") });
  await client.connect();
  try {
    // Two starts may adopt at the same time; the lock ends with the session.
    await client.query("select pg_advisory_lock(hashtext('shuke/database'))");
    const roles = await client.query("select 1 from pg_roles where rolname = $1 and rolcanlogin", [APP_ROLE]);
    if (roles.rowCount === 0) {
      const verb = (await client.query("select 1 from pg_roles where rolname = $1", [APP_ROLE])).rowCount === 0 ? "create" : "alter";
      await client.query(`${verb} role ${APP_ROLE} login nosuperuser nobypassrls password ${client.escapeLiteral(credentials.appPassword)}`);
    }
    const databases = await client.query("select 1 from pg_database where datname = $1", [DATABASE]);
    if (databases.rowCount === 0) await client.query(`create database ${DATABASE} owner ${OWNER_ROLE}`);
  } finally {
    await client.end();
  }
}
