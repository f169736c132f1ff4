/** A wrong field as the server names it: `{ field: "birthday.day", code, message }`. */
export type FieldError = { field: string; code: string; message: string };

export type Missing = Record<string, number>;

/** A problem document (RFC 9457), or the absence of any reply (`status` 0). */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly fields: FieldError[];
  readonly missing: Missing;

  constructor(status: number, code: string, message: string, fields: FieldError[] = [], missing: Missing = {}) {
    super(message);
    this.name = 'ApiProblem';
    this.status = status;
    this.code = code;
    this.fields = fields;
    this.missing = missing;
  }

  get isOffline(): boolean {
    return this.status === 0;
  }
}

export function readProblem(status: number, body: unknown): ApiProblem {
  const fields = asRecord(body);
  const errors = Array.isArray(fields.errors) ? fields.errors.map(readFieldError) : [];
  const message = errors.map((error) => error.message).filter(Boolean).join('\n')
    || asText(fields.detail) || asText(fields.title) || `HTTP ${status}`;
  return new ApiProblem(status, asText(fields.code) || `http/${status}`, message, errors, asRecord(fields.missing) as Missing);
}

export function asProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  return new ApiProblem(0, 'network/unreachable', error instanceof Error ? error.message : String(error));
}

function readFieldError(value: unknown): FieldError {
  const error = asRecord(value);
  return { field: asText(error.field), code: asText(error.code), message: asText(error.message) };
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
