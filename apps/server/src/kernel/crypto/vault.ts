import { createHmac, createSecretKey, randomBytes, type KeyObject } from "node:crypto";
import type { Database } from "../db/database.ts";
import { seal, unseal, type KeyService } from "./keyring.ts";

interface DataKey {
  id: number;
  purpose: "seal" | "digest" | "sign";
  /** Prepared once: Node takes 12 µs for a digest with it and 50 with the bytes, which it prepares each time. */
  key: KeyObject;
}

interface DataKeyRow {
  id: number;
  purpose: DataKey["purpose"];
  kek_id: string;
  wrapped: Buffer;
}

/**
 * A tenant's keys, unwrapped: seals personal data, digests it for exact search, signs codes.
 * A sealed value starts with the four-byte number of its data key, so that values of an older key stay readable.
 */
export class Vault {
  readonly #keys: readonly DataKey[];

  constructor(keys: readonly DataKey[]) {
    this.#keys = keys;
  }

  get sealKeyId(): number {
    return this.#current("seal").id;
  }

  seal(plain: string | Uint8Array, context: string): Buffer {
    const key = this.#current("seal");
    const head = Buffer.alloc(4);
    head.writeUInt32BE(key.id);
    return Buffer.concat([head, seal(key.key, typeof plain === "string" ? Buffer.from(plain) : plain, context)]);
  }

  open(sealed: Buffer, context: string): string {
    return this.openBytes(sealed, context).toString();
  }

  openBytes(sealed: Buffer, context: string): Buffer {
    const id = sealed.readUInt32BE(0);
    const found = this.#keys.find((key) => key.purpose === "seal" && key.id === id);
    if (!found) throw new Error(`No data key ${id} for this tenant`);
    return unseal(found.key, sealed.subarray(4), context);
  }

  /** Keyed, so that nobody without the key can try out the 11 digits of a phone. Never rotated: it is a search key. */
  digest(plain: string, context: string): Buffer {
    const first = this.#keys.find((key) => key.purpose === "digest");
    if (!first) throw new Error("No digest key for this tenant");
    return createHmac("sha256", first.key).update(`${context}\0${plain}`).digest();
  }

  /** The key that signs short-lived tokens of this tenant. */
  get signingKey(): KeyObject {
    return this.#current("sign").key;
  }

  #current(purpose: DataKey["purpose"]): DataKey {
    const found = this.#keys.findLast((key) => key.purpose === purpose);
    if (!found) throw new Error(`No ${purpose} key for this tenant`);
    return found;
  }
}

const FRESH_MS = 60_000;
const PURPOSES = ["seal", "digest", "sign"] as const;

/** Opens tenants' vaults and remembers them for a minute, so that a rotated key is picked up without a restart. */
export class VaultStore {
  readonly #service: KeyService;
  readonly #open = new Map<string, { vault: Promise<Vault>; until: number }>();

  constructor(service: KeyService) {
    this.#service = service;
  }

  open(tenantId: string, database: Pick<Database, "pool">): Promise<Vault> {
    const known = this.#open.get(tenantId);
    if (known && known.until > performance.now()) return known.vault;
    const vault = this.#load(tenantId, database);
    this.#open.set(tenantId, { vault, until: performance.now() + FRESH_MS });
    vault.catch(() => this.#open.delete(tenantId));
    return vault;
  }

  forget(tenantId: string): void {
    this.#open.delete(tenantId);
  }

  async #load(tenantId: string, { pool }: Pick<Database, "pool">): Promise<Vault> {
    const read = async () => (await pool.query<DataKeyRow>(
      "select id, purpose, kek_id, wrapped from kernel.data_key where tenant_id = $1 order by id", [tenantId])).rows;
    let rows = await read();
    if (PURPOSES.some((purpose) => !rows.some((row) => row.purpose === purpose))) {
      for (const purpose of PURPOSES) await this.#createFirst(tenantId, purpose, pool);
      rows = await read();
    }
    return new Vault(await Promise.all(rows.map(async (row) =>
      ({ id: row.id, purpose: row.purpose, key: createSecretKey(await this.#service.unwrap(row.kek_id, row.wrapped)) }))));
  }

  /** Two servers may do this at once: the primary key lets one win and both read the winner's. */
  async #createFirst(tenantId: string, purpose: DataKey["purpose"], pool: Database["pool"]): Promise<void> {
    await this.addDataKey(tenantId, purpose, PURPOSES.indexOf(purpose) + 1, pool);
  }

  async addDataKey(tenantId: string, purpose: DataKey["purpose"], id: number, pool: Database["pool"]): Promise<void> {
    const { keyId, wrapped } = await this.#service.wrap(randomBytes(32));
    await pool.query(
      `insert into kernel.data_key (tenant_id, id, purpose, kek_id, wrapped) values ($1, $2, $3, $4, $5)
       on conflict (tenant_id, id) do nothing`, [tenantId, id, purpose, keyId, Buffer.from(wrapped)]);
  }

  /** Refuses a ring made anew over one that was lost: its keys have the old names and open nothing. */
  async refuseForeignRing({ pool }: Pick<Database, "pool">): Promise<void> {
    const { rows: [row] } = await pool.query<DataKeyRow>("select id, purpose, kek_id, wrapped from kernel.data_key where kek_id = $1 limit 1", [this.#service.currentKeyId]);
    if (!row) return;
    await this.#service.unwrap(row.kek_id, row.wrapped).catch((error: unknown) => {
      throw new Error(`The key ring's ${row.kek_id} does not fit: put back the keyring.json (or SHUKE_KEYRING) that this database was written with`, { cause: error });
    });
  }

  /** Wraps every data key again with the current key of the ring. Values are untouched; requests go on meanwhile. */
  async rewrapAll({ pool }: Pick<Database, "pool">): Promise<number> {
    const { rows } = await pool.query<DataKeyRow & { tenant_id: string }>(
      "select tenant_id, id, purpose, kek_id, wrapped from kernel.data_key where kek_id <> $1", [this.#service.currentKeyId]);
    for (const row of rows) {
      const { keyId, wrapped } = await this.#service.wrap(await this.#service.unwrap(row.kek_id, row.wrapped));
      await pool.query("update kernel.data_key set kek_id = $3, wrapped = $4 where tenant_id = $1 and id = $2 and kek_id = $5",
        [row.tenant_id, row.id, keyId, Buffer.from(wrapped), row.kek_id]);
    }
    return rows.length;
  }
}
