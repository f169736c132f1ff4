import type { Ownership, SeaRecord } from "./sea.ts";

/** What can be done with a record of a sea. */
export type Move = "claim" | "assign" | "transfer" | "extend" | "return" | "move";

type Standing = Pick<SeaRecord | Ownership, "owner" | "dueAt"> & {
  /** Of a row of a list: as many as its pool gives, because the row does not say. */
  extensionsLeft: number;
};

/** Who looks, and at which pools. */
export interface Looker {
  staffId: string;
  canClaim: boolean;
  canAssign: boolean;
  /** Whether there is another pool to which a record may go. */
  hasOtherPool: boolean;
}

/** What this person may do with a record, what is done most first. */
export function movesOf({ owner, dueAt, extensionsLeft }: Standing, { staffId, canClaim, canAssign, hasOtherPool }: Looker): Move[] {
  const leading: Move[] = canAssign && hasOtherPool ? ["move"] : [];
  if (!owner) return [...(canClaim ? ["claim" as const] : []), ...(canAssign ? ["assign" as const] : []), ...leading];
  if (!canAssign && !(canClaim && owner.id === staffId)) return [];
  return [...(dueAt !== null && extensionsLeft > 0 ? ["extend" as const] : []), "return", ...(canAssign ? ["transfer" as const] : []), ...leading];
}

const moves: readonly Move[] = ["claim", "assign", "extend", "return", "transfer", "move"];

/** What at least one of several may have done with it; the server says of the rest why not. */
export const movesOfAll = (records: readonly Standing[], looker: Looker): Move[] => moves.filter((move) => records.some((one) => movesOf(one, looker).includes(move)));

/** How long somebody still keeps a record. */
export type Protection = { kind: "nobody" | "won" | "unlimited" | "over" } | { kind: "soon" | "days"; days: number };

const soonDays = 3;

export function protectionOf({ owner, dueAt, daysLeft, isWon }: Pick<SeaRecord, "owner" | "dueAt" | "daysLeft" | "isWon">): Protection {
  if (!owner) return { kind: "nobody" };
  if (isWon) return { kind: "won" };
  if (dueAt === null || daysLeft === null) return { kind: "unlimited" };
  if (daysLeft <= 0) return { kind: "over" };
  return { kind: daysLeft <= soonDays ? "soon" : "days", days: daysLeft };
}
