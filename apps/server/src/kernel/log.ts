import { pino, type Logger } from "pino";

export type Log = Logger;

/** Paths that may carry secrets or personal data; pino replaces them before a line is written. */
const SECRET_PATHS = [
  "req.headers.authorization", "req.headers.cookie", "password", "*.password", "phone", "*.phone", "secret", "*.secret",
  "token", "*.token", "code", "*.code",
];

export const createLog = (level: string): Log =>
  pino({ level, base: null, redact: { paths: SECRET_PATHS, censor: "[redacted]" }, timestamp: pino.stdTimeFunctions.isoTime });
