import { isUuid } from "../../kernel/ids.ts";
import type { Scope } from "../../kernel/scope.ts";

export interface Store {
  id: string;
  code: string;
  name: string;
}

const FRESH_MS = 30_000;
const kept = new Map<string, { stores: Map<string, Store>; until: number }>();

/**
 * A store by its id or its code. The few hundred stores of a tenant are kept for half a minute: every order names one.
 * One that opened a moment ago is looked for again before it is said not to exist.
 */
export async function findStore(scope: Scope, idOrCode: string): Promise<Store | undefined> {
  return knownStore(scope.tenantId, idOrCode) ?? (await readStores(scope)).get(idOrCode);
}

/** The same from memory alone, for the settlement desk's door, which opens no scope of its own. */
export function knownStore(tenantId: string, idOrCode: string): Store | undefined {
  const known = kept.get(tenantId);
  return known && known.until > performance.now() ? known.stores.get(idOrCode) : undefined;
}

/** All open stores, by id and by code. */
async function readStores(scope: Scope): Promise<Map<string, Store>> {
  const rows = await scope.tx.db.selectFrom("org.unit").select(["id", "code", "name"])
    .where("kind", "=", "store").where("state", "=", "active").execute();
  const stores = new Map<string, Store>();
  for (const row of rows) {
    stores.set(row.id, row);
    if (!isUuid(row.code)) stores.set(row.code, row);
  }
  kept.set(scope.tenantId, { stores, until: performance.now() + FRESH_MS });
  return stores;
}

/** All stores there ever were, for what happened in them. */
export async function storesById(scope: Scope): Promise<ReadonlyMap<string, Store>> {
  const rows = await scope.tx.db.selectFrom("org.unit").select(["id", "code", "name"]).where("kind", "=", "store").execute();
  return new Map(rows.map((row) => [row.id, row]));
}

export interface OpenStore extends Store {
  city: string | null;
  address: string | null;
  phone: string | null;
  openingHours: string | null;
}

/** The open stores with what a guest wants to know, by city and name. */
export async function listOpenStores(scope: Scope): Promise<OpenStore[]> {
  const rows = await scope.tx.db.selectFrom("org.unit as store").leftJoin("org.unit as above", "above.id", "store.parent_id")
    .select(["store.id", "store.code", "store.name", "store.address", "store.phone", "store.opening_hours", "above.name as city"])
    .where("store.kind", "=", "store").where("store.state", "=", "active").orderBy("above.name").orderBy("store.code").execute();
  return rows.map(({ opening_hours: openingHours, ...row }) => ({ ...row, openingHours }));
}
