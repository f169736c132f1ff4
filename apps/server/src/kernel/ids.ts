/** Where bytes come from: the operating system in production, a seeded generator in the seed and in property tests. */
export type Random = (bytes: number) => Uint8Array;

declare const brand: unique symbol;
/** A UUIDv7 that cannot be handed to a function expecting another noun's id. */
export type Id<Noun extends string> = string & { readonly [brand]?: Noun };

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

interface Last {
  ms: number;
  count: number;
}
/** A counter for each source of bytes: a seeded one gives the same ids whatever else the process does. */
const lasts = new WeakMap<Random, Last>();
const HALF_COUNTER = 2 ** 25;

/**
 * A UUIDv7: 48 bits of milliseconds, a counter, random bits. Time first keeps new rows at the right edge of every B-tree;
 * the counter keeps the order of ids made in one millisecond, so that the events of one scope sort as they happened.
 * It starts anywhere in its lower half. Source: RFC 9562 section 5.7, and 6.2 method 1 with 26 bits.
 */
export function uuidv7(now: Date, random: Random): string {
  const bytes = new Uint8Array(16);
  const ms = now.getTime();
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(ms / 2 ** (8 * (5 - i))) & 0xff;
  bytes.set(random(10), 6);
  const count = countFor(ms, random, bytes);
  bytes[6] = 0x70 | ((count >>> 22) & 0x0f);
  bytes[7] = (count >>> 14) & 0xff;
  bytes[8] = 0x80 | ((count >>> 8) & 0x3f);
  bytes[9] = count & 0xff;
  let text = "";
  for (let i = 0; i < 16; i++) {
    if (i === 4 || i === 6 || i === 8 || i === 10) text += "-";
    text += HEX[bytes[i] ?? 0];
  }
  return text;
}

function countFor(ms: number, random: Random, bytes: Uint8Array): number {
  const last = lasts.get(random);
  if (last?.ms === ms) return ++last.count;
  const start = (((bytes[6] ?? 0) << 24) | ((bytes[7] ?? 0) << 16) | ((bytes[8] ?? 0) << 8) | (bytes[9] ?? 0)) >>> 0;
  const count = start % HALF_COUNTER;
  if (last) Object.assign(last, { ms, count });
  else lasts.set(random, { ms, count });
  return count;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
export const isUuid = (text: string): boolean => UUID.test(text);

/** Sorted and without repeats: the order in which rows are locked everywhere. */
export const lockOrder = (ids: Iterable<string>): string[] => [...new Set(ids)].toSorted();
