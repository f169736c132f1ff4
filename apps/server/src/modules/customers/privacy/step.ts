import type { Scope } from "../../../kernel/scope.ts";

/** Something a member loses by leaving. */
export interface Loss {
  /** "points", "coupons", "tier" … */
  what: string;
  amount: number | string;
}

/**
 * How a module takes part in a member's copy and in a member's deletion. The list in `app.ts` is in the order of locks, and a test
 * holds it against the catalogue: every column that names a member is in some module's `holds`.
 */
export interface PrivacyStep {
  module: string;
  /** `schema.table.column` of each column that names a member. */
  holds: readonly string[];
  /** What is lost, and what has to be settled first, by code. */
  preview?(scope: Scope, memberId: string): Promise<{ lost: Loss[]; blockers: string[] }>;
  /** Ends what the member could still use and takes out what tells who they are; how many rows of each thing. */
  erase?(scope: Scope, memberId: string): Promise<Record<string, number>>;
}
