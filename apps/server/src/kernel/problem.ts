/** Problem documents (RFC 9457). Operations throw them; `http/replies.ts` renders them once. */
export interface FieldError {
  /** Path in the body, `lines.0.quantity` */
  field: string;
  code: string;
  message: string;
}

export interface ProblemDetail {
  detail?: string;
  errors?: FieldError[];
  /** Distance to success: `{ points: 120 }`, `{ amountFen: 1200 }` */
  missing?: Record<string, number>;
  [extra: string]: unknown;
}

export class Problem extends Error {
  readonly code: string;
  readonly status: number;
  readonly title: string;
  readonly extra: ProblemDetail;

  constructor(code: string, status: number, title: string, extra: ProblemDetail) {
    super(extra.detail ? `${title}: ${extra.detail}` : title);
    this.name = "Problem";
    this.code = code;
    this.status = status;
    this.title = title;
    this.extra = extra;
  }
}

/** The kind of a problem: call it to make one, ask `.is(error)` to recognise one. */
export interface ProblemKind {
  (extra?: ProblemDetail): Problem;
  readonly code: string;
  readonly status: number;
  readonly title: string;
  is(error: unknown): error is Problem;
}

/** Declares a stable problem code. Codes are part of the API: they are never reused for another meaning. */
export function problem(code: string, status: number, title: string): ProblemKind {
  const make = (extra: ProblemDetail = {}) => new Problem(code, status, title, extra);
  return Object.assign(make, {
    code, status, title,
    is: (error: unknown): error is Problem => error instanceof Problem && error.code === code,
  });
}

export const invalid = problem("request/invalid", 422, "The request has invalid fields");
export const malformed = problem("request/malformed", 400, "The body is not valid JSON");
export const tooLarge = problem("request/too-large", 413, "The body is larger than allowed");
export const notFound = problem("request/not-found", 404, "Not found");
export const conflict = problem("request/conflict", 409, "The state does not allow this");
export const forbidden = problem("access/forbidden", 403, "Permission missing");
export const unauthenticated = problem("access/unauthenticated", 401, "Sign in first");
export const tooManyRequests = problem("access/too-many-requests", 429, "Too many requests");
export const internal = problem("server/internal", 500, "Something went wrong on our side");
export const busy = problem("server/busy", 503, "Too busy, try again shortly");

export const fieldProblem = (field: string, code: string, message: string): Problem =>
  invalid({ errors: [{ field, code, message }] });
