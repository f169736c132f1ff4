import { createCipheriv, createDecipheriv, randomBytes, type CipherKey } from "node:crypto";
import { mkdir, readFile, writeFile, rename } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { secureRandom } from "../entropy.ts";

/** Wraps and unwraps data keys. A cloud KMS implements the same calls. */
export interface KeyService {
  /** Name of the key that wraps new data keys. */
  readonly currentKeyId: string;
  /** Answers the key's name too: another one may be current by the time the caller looks. */
  wrap(dataKey: Uint8Array): Promise<{ keyId: string; wrapped: Uint8Array }>;
  unwrap(keyId: string, wrapped: Uint8Array): Promise<Uint8Array>;
}

const ringShape = z.object({
  current: z.string(),
  keys: z.record(z.string(), z.string().refine((text) => Buffer.from(text, "base64").length === 32, "must be 32 bytes in base64")),
}).refine((ring) => ring.current in ring.keys, { message: "current must name a key", path: ["current"] });
export type KeyRing = z.infer<typeof ringShape>;

const IV_BYTES = 12;
const TAG_BYTES = 16;
const random = secureRandom();

/** AES-256-GCM; layout iv ‖ tag ‖ text. Source: NIST SP 800-38D. */
export function seal(key: CipherKey, plain: Uint8Array, context: string): Buffer {
  const iv = random(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(Buffer.from(context));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]);
}

export function unseal(key: CipherKey, sealed: Uint8Array, context: string): Buffer {
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, IV_BYTES)).setAAD(Buffer.from(context));
  decipher.setAuthTag(sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
}

/** Keys from a ring held in memory (a file or an environment variable). */
export function ringKeyService(ring: KeyRing): KeyService {
  const keyOf = (keyId: string) => {
    const text = ring.keys[keyId];
    if (!text) throw new Error(`The key ring has no key ${keyId}`);
    return Buffer.from(text, "base64");
  };
  return {
    currentKeyId: ring.current,
    wrap: async (dataKey) => ({ keyId: ring.current, wrapped: seal(keyOf(ring.current), dataKey, ring.current) }),
    unwrap: async (keyId, wrapped) => unseal(keyOf(keyId), wrapped, keyId),
  };
}

/** Keys from a ring file, read again when a data key names one that was added since: rotation needs no restart. */
export async function fileKeyService(file: string): Promise<KeyService> {
  let ring = await loadRing(file);
  return {
    get currentKeyId() {
      return ring.current;
    },
    wrap: (dataKey) => ringKeyService(ring).wrap(dataKey),
    unwrap: async (keyId, wrapped) => {
      if (!(keyId in ring.keys)) ring = await loadRing(file);
      return ringKeyService(ring).unwrap(keyId, wrapped);
    },
  };
}

/** Parses a ring from an environment variable's text. */
export const parseRing = (text: string): KeyRing => ringShape.parse(JSON.parse(text));

/** Reads the ring file, or makes one with a first key, readable by its owner alone. */
export async function loadRing(file: string): Promise<KeyRing> {
  try {
    return parseRing(await readFile(file, "utf8"));
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
    return saveRing(file, addKey({ current: "", keys: {} }));
  }
}

/** A ring with one more key, which becomes the current one; old keys stay to unwrap. */
export function addKey(ring: KeyRing): KeyRing {
  const current = `k${Object.keys(ring.keys).length + 1}`;
  return { current, keys: { ...ring.keys, [current]: randomBytes(32).toString("base64") } };
}

export async function saveRing(file: string, ring: KeyRing): Promise<KeyRing> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.new`, JSON.stringify(ring, null, 2), { mode: 0o600 });
  await rename(`${file}.new`, file);
  return ring;
}
