import { useSyncExternalStore } from "react";
import { type SessionStore, useSession } from "./session.ts";

const listeners = new Set<() => void>();
const storageName = (tenantCode: string) => `shuke.store.${tenantCode}`;

export interface StoreChoice {
  /** Null means all stores that the staff member may see. */
  store: SessionStore | null;
  stores: SessionStore[];
  choose: (storeId: string | null) => void;
  canSeeAll: boolean;
  /** What lists are narrowed to. Nothing where there is only one: what belongs to no store stays in sight. */
  listStoreId: string | undefined;
}

/** The store that the whole console looks at; kept per brand on this device, as a till stays in its shop. */
export function useStoreChoice(): StoreChoice {
  const { tenant, stores } = useSession();
  const name = storageName(tenant.code);
  const storeId = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => localStorage.getItem(name),
  );
  const canSeeAll = stores.length > 1;
  const store = stores.find((one) => one.id === storeId) ?? (canSeeAll ? null : (stores[0] ?? null));
  const choose = (next: string | null) => {
    if (next) localStorage.setItem(name, next);
    else localStorage.removeItem(name);
    for (const listener of listeners) listener();
  };
  return { store, stores, choose, canSeeAll, listStoreId: canSeeAll ? store?.id : undefined };
}

export function useStoreName() {
  const { stores } = useSession();
  return (storeId: string | null | undefined) => stores.find((one) => one.id === storeId)?.name ?? "—";
}
