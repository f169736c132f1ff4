/** What `sales` tells the others of who owns which record. */
export const RECORDS_MOVED = "sales.records-moved";

/** Records of one pool went from one owner or sea to another, in one request. Subject: the record, where it was one. */
export interface RecordsMoved {
  poolId: string;
  kind: "claim" | "assign" | "return" | "recycle" | "extend" | "move" | "leave";
  recordIds: readonly string[];
  /** Whose they are now, where that is one and the same; null is the public sea. */
  ownerId?: string | null;
}
