/** What this till keeps on its own disk: the pack, the orders that wait, what codes have spent here. */
const NAME = "shuke-till";
const VERSION = 1;

export type Shelf = "packs" | "orders" | "uses";

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      for (const shelf of ["packs", "orders", "uses"] satisfies Shelf[]) request.result.createObjectStore(shelf, { keyPath: "key" });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("The browser keeps nothing"));
  });
}

async function run<Result>(shelf: Shelf, mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest<Result>): Promise<Result> {
  const database = await open();
  try {
    return await new Promise<Result>((resolve, reject) => {
      const transaction = database.transaction(shelf, mode, { durability: "strict" });
      const request = ask(transaction.objectStore(shelf));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = () => reject(transaction.error ?? new Error("The browser refused to keep it"));
    });
  } finally {
    database.close();
  }
}

export const keep = <Value extends { key: string }>(shelf: Shelf, value: Value) => run(shelf, "readwrite", (store) => store.put(value));
export const find = <Value>(shelf: Shelf, key: string) => run<Value | undefined>(shelf, "readonly", (store) => store.get(key) as IDBRequest<Value | undefined>);
export const all = <Value>(shelf: Shelf) => run<Value[]>(shelf, "readonly", (store) => store.getAll() as IDBRequest<Value[]>);
export const drop = (shelf: Shelf, key: string) => run(shelf, "readwrite", (store) => store.delete(key));
