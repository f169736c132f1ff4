import type pg from "pg";
import type { Outbox } from "../events.ts";
import type { Log } from "../log.ts";
import type { Random } from "../ids.ts";
import type { Actor, Scope } from "../scope.ts";
import type { VaultStore } from "../crypto/vault.ts";
import { createPool, gather, query } from "./connection.ts";
import { TenantDirectory } from "./directory.ts";
import { Tx } from "./tx.ts";

export interface DatabaseOptions {
  url: string;
  role: string;
  poolSize: number;
  clock: () => Date;
  random: Random;
  vaults: VaultStore;
  log: Log;
}

export interface Entry {
  tenantId: string;
  actor: Actor;
  from?: { ip: string; requestId: string };
  /** Business time of the operation, where it is not the wall clock's (the seed, tests). */
  now?: Date;
  random?: Random;
}

/** Serialization failure and deadlock: the database asks for the transaction to be run again. */
const RETRYABLE = new Set(["40001", "40P01"]);
const MAX_ATTEMPTS = 4;

export const sqlState = (error: unknown): string | undefined =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;

/** The only way to the data: opens a scope, which is a transaction, and closes it. */
export class Database {
  readonly pool: pg.Pool;
  readonly tenants: TenantDirectory;
  readonly clock: () => Date;
  readonly random: Random;
  readonly #options: DatabaseOptions;
  #outbox: Outbox | undefined;

  constructor(options: DatabaseOptions) {
    this.#options = options;
    this.clock = options.clock;
    this.random = options.random;
    this.pool = createPool({ url: options.url, role: options.role, size: options.poolSize, applicationName: "shuke" });
    // A connection that is lost while a request holds it says so to its queries and then once more to nobody, which would
    // end the process.
    this.pool.on("connect", (client) => client.on("error", (error) => options.log.warn({ err: error }, "a database connection was lost")));
    this.pool.on("error", (error) => options.log.warn({ err: error }, "an idle database connection was lost"));
    this.tenants = new TenantDirectory(this.pool);
  }

  /** Called once, when the app is put together: the queue needs the pool, and scopes need the queue. */
  connectOutbox(outbox: Outbox): void {
    this.#outbox = outbox;
  }

  /** Runs `work` in one transaction of one tenant; runs it again when the database asks for it. */
  async inScope<T>(entry: Entry, work: (scope: Scope) => Promise<T>): Promise<T> {
    const tenant = await this.tenants.get(entry.tenantId);
    const vault = await this.#options.vaults.open(entry.tenantId, this);
    const outbox = this.#outbox;
    if (!outbox) throw new Error("The outbox is not connected");
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#transaction(entry.tenantId, (tx) =>
          work({
            tx, vault, outbox, tenantId: entry.tenantId, zone: tenant.zone, actor: entry.actor,
            from: entry.from ?? { ip: "", requestId: "" },
            now: entry.now ?? this.clock(), random: entry.random ?? this.random,
          }),
        );
      } catch (error) {
        if (attempt >= MAX_ATTEMPTS || !RETRYABLE.has(sqlState(error) ?? "")) throw error;
      }
    }
  }

  /** A transaction across tenants, for operators, sign-in look-ups and schedules; tenant tables show nothing in it. */
  async acrossTenants<T>(work: (tx: Tx, now: Date) => Promise<T>): Promise<T> {
    return this.#transaction(null, (tx) => work(tx, this.clock()));
  }

  async close(): Promise<void> {
    await this.pool.end();
  }

  async #transaction<T>(tenantId: string | null, work: (tx: Tx) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    let broken = false;
    try {
      gather(client);
      const opening = [client.query("begin")];
      if (tenantId) opening.push(client.query(query("select kernel.set_tenant($1)", [tenantId])));
      for (const sent of opening) sent.catch(() => {});
      const tx = new Tx(client, tenantId);
      const result = await work(tx);
      await tx.commit();
      await Promise.all(opening);
      return result;
    } catch (error) {
      await client.query("rollback").catch(() => (broken = true));
      throw error;
    } finally {
      client.release(broken);
    }
  }
}
