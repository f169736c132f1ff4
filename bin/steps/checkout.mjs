import { join, resolve } from "node:path";

/** The folder that holds the whole project. */
export const CHECKOUT = resolve(import.meta.dirname, "../..");

/** Run-time state of this checkout: the database, the lock of a running server. */
export const DATA_HOME = process.env.SHUKE_DATA_DIR ? resolve(process.env.SHUKE_DATA_DIR) : join(CHECKOUT, ".data");

/** What can be thrown away and made again: fingerprints of builds, tools for tests. */
export const CACHE = join(CHECKOUT, ".cache");
