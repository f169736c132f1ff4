import { Kysely } from "kysely";
import type pg from "pg";
import { gather, query } from "./connection.ts";
import { pinnedDialect } from "./dialect.ts";
import { TenantFence } from "./fence.ts";
import type { DB } from "./tables.gen.ts";

/** The one open transaction of a scope. */
export class Tx {
  readonly #client: pg.ClientBase;
  readonly #tenantId: string | null;
  #db: Kysely<DB> | undefined;
  #pending: Promise<unknown>[] = [];
  #afterCommit: (() => void)[] = [];

  constructor(client: pg.ClientBase, tenantId: string | null) {
    this.#client = client;
    this.#tenantId = tenantId;
  }

  /** Typed queries; every statement is fenced to the tenant. */
  get db(): Kysely<DB> {
    this.#db ??= new Kysely<DB>({
      dialect: pinnedDialect(this.#client),
      plugins: this.#tenantId ? [new TenantFence(this.#tenantId)] : [],
    });
    return this.#db;
  }

  /** A hot statement written by hand. It names `tenant_id = $n` for every table itself (linted). */
  async rows<Row>(text: string, values: unknown[]): Promise<Row[]> {
    gather(this.#client);
    const result = await this.#client.query(query(text, values));
    return result.rows as Row[];
  }

  /**
   * Sends a write without waiting for it; the commit waits. Writes leave in the order of the calls, so a batch of them and
   * the commit cost one round trip. A failure fails the commit.
   */
  write(text: string, values: unknown[]): void {
    gather(this.#client);
    const sent = this.#client.query(query(text, values));
    sent.catch(() => {});
    this.#pending.push(sent);
  }

  /** Runs once the transaction is durable; for waking up listeners, never for writes. */
  afterCommit(run: () => void): void {
    this.#afterCommit.push(run);
  }

  /** For `inScope` alone: commits and waits for everything that was sent. */
  async commit(): Promise<void> {
    const done = this.#client.query("commit");
    done.catch(() => {});
    await Promise.all(this.#pending);
    const result = await done;
    // In an aborted transaction `commit` succeeds and answers ROLLBACK: that must not pass for a commit.
    if (result.command !== "COMMIT") throw new Error("The transaction was rolled back by the database");
    for (const run of this.#afterCommit) run();
  }
}
