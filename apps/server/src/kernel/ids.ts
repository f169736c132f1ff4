/** Where bytes come from: the operating system in production, a seeded generator in the seed and in property tests. */
export type Random = (bytes: number) => Uint8Array;

declare const brand: unique symbol;
/** A UUIDv7 that cannot be handed to a function expecting another noun's id. */
export type Id<Noun extends string> = string & { readonly [brand]?: Noun };

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** A counter for each source of bytes: a seeded one gives the same ids whatever else the process does. */
const counters = new WeakMap<Random, number>();
const COUNTER = 2 ** 42;

/**
 * A UUIDv7: 48 bits of milliseconds, a counter, random bits. Time first keeps new rows at the right edge of every B-tree;
 * the counter keeps the order of ids made for one millisecond, so that the postings and events of one scope sort as they
 * happened. It never starts again at a new millisecond: a scope keeps its `now`, and others make ids of later ones meanwhile.
 * It starts anywhere in its lower half. Source: RFC 9562 section 5.7, and 6.2 method 1 with 42 bits.
 */
export function uuidv7(now: Date, random: Random): string {
  const bytes = new Uint8Array(16);
  const ms = now.getTime();
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(ms / 2 ** (8 * (5 - i))) & 0xff;
  bytes.set(random(10), 6);
  const count = countFor(random, bytes);
  const high = Math.floor(count / 2 ** 24);
  bytes[6] = 0x70 | (high >>> 14);
  bytes[7] = (high >>> 6) & 0xff;
  bytes[8] = 0x80 | (high & 0x3f);
  bytes[9] = (count / 2 ** 16) & 0xff;
  bytes[10] = (count / 2 ** 8) & 0xff;
  bytes[11] = count & 0xff;
  let text = "";
  for (let i = 0; i < 16; i++) {
    if (i === 4 || i === 6 || i === 8 || i === 10) text += "-";
    text += HEX[bytes[i] ?? 0];
  }
  return text;
}

function countFor(random: Random, bytes: Uint8Array): number {
  const last = counters.get(random);
  const count = last === undefined || last + 1 === COUNTER ? start(bytes) : last + 1;
  counters.set(random, count);
  return count;
}

function start(bytes: Uint8Array): number {
  let value = 0;
  for (let i = 6; i < 12; i++) value = value * 256 + (bytes[i] ?? 0);
  return value % (COUNTER / 2);
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
export const isUuid = (text: string): boolean => UUID.test(text);

/** Before every id: where walks in the order of ids begin. */
export const BEFORE_ALL = "00000000-0000-0000-0000-000000000000";

/** Sorted and without repeats: the order in which rows are locked everywhere. */
export const lockOrder = (ids: Iterable<string>): string[] => [...new Set(ids)].toSorted();
