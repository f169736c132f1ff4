import type pg from "pg";
import { notFound } from "../problem.ts";

export interface TenantEntry {
  id: string;
  code: string;
  name: string;
  zone: string;
}

const FRESH_MS = 30_000;

/** Code, name and zone of each tenant, remembered for half a minute: every scope needs the zone, and it hardly ever changes. */
export class TenantDirectory {
  readonly #pool: pg.Pool;
  readonly #byId = new Map<string, { entry: TenantEntry; until: number }>();

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  async get(id: string): Promise<TenantEntry> {
    const known = this.#byId.get(id);
    if (known && known.until > performance.now()) return known.entry;
    const result = await this.#pool.query<TenantEntry>(
      "select id, code, name, time_zone as zone from org.tenant where id = $1 and state = 'active'", [id]);
    return this.#remember(result.rows[0]);
  }

  async byCode(code: string): Promise<TenantEntry> {
    const result = await this.#pool.query<TenantEntry>(
      "select id, code, name, time_zone as zone from org.tenant where code = $1 and state = 'active'", [code.toLowerCase()]);
    return this.#remember(result.rows[0]);
  }

  async all(): Promise<TenantEntry[]> {
    const result = await this.#pool.query<TenantEntry>(
      "select id, code, name, time_zone as zone from org.tenant where state = 'active' order by id");
    return result.rows;
  }

  forget(id: string): void {
    this.#byId.delete(id);
  }

  #remember(entry: TenantEntry | undefined): TenantEntry {
    if (!entry) throw notFound({ detail: "No such tenant" });
    this.#byId.set(entry.id, { entry, until: performance.now() + FRESH_MS });
    return entry;
  }
}
