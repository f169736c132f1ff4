import type { Scope } from "../../../kernel/scope.ts";
import type { FollowingRows } from "./rows.ts";

export interface MergePair {
  mergeId: string;
  survivorId: string;
  absorbedId: string;
}

/** What one thing is at both, and what it will be. Numbers are counted, words are shown. */
export interface MergeLine {
  /** "points", "coupons", "tier" … */
  what: string;
  survivor: number | string | null;
  absorbed: number | string | null;
  after: number | string | null;
}

export interface MergeView {
  lines: MergeLine[];
  /** Why not, by code: what has to be ended first. */
  blockers: string[];
}

/**
 * How a module takes part in a merge. Steps run in one transaction, in the order of the list in `app.ts`, which is the order of locks.
 * What `merge` returns is kept, and handed to `undo` as it comes back out of JSON.
 */
export interface MergeStep {
  module: string;
  /** The rows that follow by themselves; a test holds them against the catalogue. */
  rows?: readonly FollowingRows[];
  preview(scope: Scope, pair: MergePair): Promise<MergeView>;
  merge(scope: Scope, pair: MergePair): Promise<object>;
  previewUndo?(scope: Scope, pair: MergePair, kept: never): Promise<MergeView>;
  undo(scope: Scope, pair: MergePair, kept: never): Promise<void>;
}
