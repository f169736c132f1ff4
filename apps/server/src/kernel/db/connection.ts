import pg from "pg";

const { types } = pg;

/** bigint → number, refusing what a double cannot hold: money and points stay exact or the query fails. */
types.setTypeParser(types.builtins.INT8, (text) => {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Error(`bigint ${text} is beyond the safe range`);
  return value;
});
types.setTypeParser(types.builtins.NUMERIC, (text) => {
  const value = Number(text);
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) throw new Error(`numeric ${text} is beyond the safe range`);
  return value;
});
const slowInstant = types.getTypeParser(types.builtins.TIMESTAMPTZ) as (text: string) => Date;
const DIGIT = 48;
/** "2026-11-21 04:05:06.123456+00", as a session in UTC answers; anything else goes the driver's way, which is ten times slower. */
types.setTypeParser(types.builtins.TIMESTAMPTZ, (text) => {
  const { length } = text;
  if (length < 22 || text.startsWith("0") || !text.endsWith("+00") || text.charCodeAt(4) !== 45) return slowInstant(text);
  const two = (at: number) => (text.charCodeAt(at) - DIGIT) * 10 + text.charCodeAt(at + 1) - DIGIT;
  let ms = 0;
  for (let i = 20, scale = 100; i < length - 3 && scale >= 1; i++, scale /= 10) ms += (text.charCodeAt(i) - DIGIT) * scale;
  return new Date(Date.UTC(two(0) * 100 + two(2), two(5) - 1, two(8), two(11), two(14), two(17), ms));
});
/** A day stays a text: `new Date("2026-11-21")` would be another day in Shanghai. */
types.setTypeParser(types.builtins.DATE, (text) => text);

export interface PoolOptions {
  url: string;
  /** Become this role on connect, so that row level security binds even when the login could bypass it. */
  role?: string;
  size: number;
  applicationName: string;
}

/** What was written lately is read one by one at each search until it is merged: 4 MB of it, the default, took longer than the search. */
const GIN_PENDING_KB = 256;

/** Pipeline mode: begin, set_tenant, statement and commit travel in one round trip. */
export function createPool(options: PoolOptions): pg.Pool {
  return new pg.Pool({
    connectionString: options.url,
    max: options.size,
    application_name: options.applicationName,
    keepAlive: true,
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: 10_000,
    pipeline: true,
    options: [...(options.role ? [`-c role=${options.role}`] : []), `-c gin_pending_list_limit=${GIN_PENDING_KB}`].join(" "),
  } as pg.PoolConfig);
}

const names = new Map<string, string>();
/** Beyond this many texts something generates SQL without end; those run unnamed rather than fill the server's memory. */
const MAX_NAMED_STATEMENTS = 1_500;

/**
 * A stable name for a statement's text, so that Postgres plans it once a connection.
 * Named statements measured 1.00 against 0.46 for the same queries unnamed.
 */
export function statementName(text: string): string | undefined {
  let name = names.get(text);
  if (name === undefined && names.size < MAX_NAMED_STATEMENTS) {
    name = `s${names.size}`;
    names.set(text, name);
  }
  return name;
}

export const query = (text: string, values: unknown[]): pg.QueryConfig => {
  const name = statementName(text);
  return name ? { name, text, values } : { text, values };
};

interface Corkable { connection?: { stream?: { cork?(): void; uncork?(): void } } }
const corked = new WeakSet<object>();

/**
 * What is sent in one turn of the event loop leaves in one packet: each statement on its own woke the database up, and cost a
 * system call on both sides.
 */
export function gather(client: pg.ClientBase): void {
  const stream = (client as Corkable).connection?.stream;
  if (!stream?.cork || corked.has(stream)) return;
  corked.add(stream);
  stream.cork();
  process.nextTick(() => {
    corked.delete(stream);
    stream.uncork?.();
  });
}

/** Shutting down, starting up, connection lost; and what the operating system says of a socket. */
const LOST = new Set(["57P01", "57P02", "57P03", "08000", "08001", "08003", "08006", "ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "ENOTFOUND", "EHOSTUNREACH"]);
/** The driver's own errors carry no code. */
const LOST_WORDS = /Connection terminated|timeout exceeded when trying to connect|connection error and is not queryable|Client was closed/i;

/** Did the database go away, so that the same request may succeed in a moment? */
export function isDisconnected(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof AggregateError && error.errors.some(isDisconnected)) return true;
  return ("code" in error && typeof error.code === "string" && LOST.has(error.code)) || LOST_WORDS.test(error.message);
}
