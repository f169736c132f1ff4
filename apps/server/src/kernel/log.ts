import { pino, type DestinationStream, type Logger } from "pino";

export type Log = Logger;

/** Paths that may carry secrets or personal data; pino replaces them before a line is written. */
const SECRET_PATHS = [
  "req.headers.authorization", "req.headers.cookie", "password", "*.password", "phone", "*.phone", "secret", "*.secret",
  "token", "*.token", "code", "*.code",
];

/** What of an error is nobody's data. A database's detail quotes the failing row, its hint and its client more than that. */
const SAFE_FIELDS = ["severity", "schema", "table", "column", "constraint", "routine", "status", "syscall"] as const;

function errorLine(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) };
  const fields = error as Error & Partial<Record<string, unknown>>;
  const found = SAFE_FIELDS.filter((field) => typeof fields[field] === "string" || typeof fields[field] === "number").map((field) => [field, fields[field]]);
  return {
    type: error.name, message: error.message, stack: error.stack, ...(typeof fields["code"] === "string" && { reason: fields["code"] }), ...Object.fromEntries(found),
    ...(error.cause !== undefined && { cause: errorLine(error.cause) }), ...(error instanceof AggregateError && { errors: error.errors.map(errorLine) }),
  };
}

export const createLog = (level: string, destination?: DestinationStream): Log =>
  pino({ level, base: null, serializers: { err: errorLine }, redact: { paths: SECRET_PATHS, censor: "[redacted]" }, timestamp: pino.stdTimeFunctions.isoTime }, destination ?? pino.destination(1));
