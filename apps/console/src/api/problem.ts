import type { TFunction } from "i18next";
import { formatFen } from "../design/money.ts";

export interface FieldError {
  field: string;
  code: string;
  message: string;
}

/** The server's `application/problem+json`, or our own when it could not be reached. */
export interface ProblemDocument {
  code: string;
  title: string;
  status: number;
  detail?: string;
  errors?: FieldError[];
  missing?: Record<string, number>;
  requestId?: string;
  /** Of a discount by hand: what this role may give, and of this cart. */
  limitPercent?: number;
  limitFen?: number;
  /** Of those who stand in the way. */
  names?: string[];
  /** Of a file that cannot be read: why. */
  reason?: string;
  /** How many people stand in the way. */
  holders?: number;
}

export class Problem extends Error {
  readonly document: ProblemDocument;

  constructor(document: ProblemDocument) {
    super(document.title);
    this.name = "Problem";
    this.document = document;
  }

  /** True when we cannot know whether the server did the work, so a retry must carry the same key. */
  get isOutcomeUnknown(): boolean {
    return this.document.status === 0 || this.document.status === 429 || this.document.status >= 500;
  }
}

export function problemOf(error: unknown): ProblemDocument {
  if (error instanceof Problem) return error.document;
  return { code: "console/unexpected", title: error instanceof Error ? error.message : String(error), status: -1 };
}

/** A field's refusal by its code; what only the server can word ("is above the stock") stays in its words. */
export function fieldSentence(t: TFunction, error: FieldError): string {
  return t(`fieldError.${error.code}`, { defaultValue: error.message });
}

/** One sentence for people: our translation of the code when there is one, else the server's words. */
export function problemSentence(t: TFunction, error: unknown): string {
  const problem = problemOf(error);
  const own = t(`problem.${problem.code}`, { defaultValue: "", holders: problem.holders, percent: problem.limitPercent, limit: formatFen(problem.limitFen ?? 0), ...problem.missing });
  return own || problem.detail || problem.title;
}
