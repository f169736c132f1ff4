/** Where bytes come from: the operating system in production, a seeded generator in the seed and in property tests. */
export type Random = (bytes: number) => Uint8Array;

declare const brand: unique symbol;
/** A UUIDv7 that cannot be handed to a function expecting another noun's id. */
export type Id<Noun extends string> = string & { readonly [brand]?: Noun };

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/**
 * A UUIDv7: 48 bits of milliseconds, then random bits. Time first keeps new rows at the right edge of every B-tree.
 * Source: RFC 9562 section 5.7.
 */
export function uuidv7(now: Date, random: Random): string {
  const bytes = new Uint8Array(16);
  const ms = now.getTime();
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(ms / 2 ** (8 * (5 - i))) & 0xff;
  bytes.set(random(10), 6);
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  let text = "";
  for (let i = 0; i < 16; i++) {
    if (i === 4 || i === 6 || i === 8 || i === 10) text += "-";
    text += HEX[bytes[i] ?? 0];
  }
  return text;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
export const isUuid = (text: string): boolean => UUID.test(text);

/** Sorted and without repeats: the order in which rows are locked everywhere. */
export const lockOrder = (ids: Iterable<string>): string[] => [...new Set(ids)].toSorted();
