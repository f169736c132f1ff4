/** Money is integer fen (分) in a `number`; the database driver throws beyond 2^53 - 1. */
export type Fen = number;
/** Points are whole. */
export type Points = number;

/** One order, one top-up, one adjustment may not move more than this: ¥10,000,000. */
export const MAX_FEN = 1_000_000_000;

export { allocate, returnShare, share, splitTenders } from "@shuke/offers";
