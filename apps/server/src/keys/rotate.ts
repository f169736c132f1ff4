import pg from "pg";
import { addKey, fileKeyService, loadRing, saveRing } from "../kernel/crypto/keyring.ts";
import { VaultStore } from "../kernel/crypto/vault.ts";

/** Any constant: two rotations at once would write two different keys under one name. */
const ROTATION_LOCK = 7_302_612;

export interface Rotation {
  /** The key that wraps from now on. */
  current: string;
  /** Data keys wrapped again. */
  rewrapped: number;
}

/**
 * Adds a key to the ring file and wraps every tenant's data keys with it. Nothing that the data keys sealed is touched, and
 * servers that run read the file again when they meet the new name. Killed half-way it leaves some data keys with the old
 * key, which stays in the ring; the next run takes them along.
 */
export async function rotateKeys(ringFile: string, databaseUrl: string): Promise<Rotation> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1, application_name: "shuke-keys" });
  const lock = new pg.Client({ connectionString: databaseUrl, application_name: "shuke-keys" });
  await lock.connect();
  try {
    await lock.query("select pg_advisory_lock($1)", [ROTATION_LOCK]);
    // Written first: a data key must never be wrapped by a key that is in nobody's file.
    const { current } = await saveRing(ringFile, addKey(await loadRing(ringFile)));
    return { current, rewrapped: await new VaultStore(await fileKeyService(ringFile)).rewrapAll({ pool }) };
  } finally {
    await pool.end();
    // The session's end is the lock's.
    await lock.end();
  }
}

/** For rings in SHUKE_KEYRING, which their operator edits: wraps every data key with the ring's current key. */
export async function rewrapWith(service: ConstructorParameters<typeof VaultStore>[0], databaseUrl: string): Promise<Rotation> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1, application_name: "shuke-keys" });
  try {
    return { current: service.currentKeyId, rewrapped: await new VaultStore(service).rewrapAll({ pool }) };
  } finally {
    await pool.end();
  }
}
