import type { TenderKind } from "../order.ts";
import type { TenderRequest } from "./quote.ts";

export interface Tendered {
  kind: Exclude<TenderKind, "points">;
  /** What the guest hands over; with cash it may be more than is due. */
  givenFen: number;
  paymentId?: string;
}

export interface Settlement {
  paidFen: number;
  /** Still to be paid; zero when enough was given. */
  restFen: number;
  changeFen: number;
  tenders: TenderRequest[];
}

/** Only cash gives change: the cash tender that is booked is what stays in the drawer. */
export function settle(dueFen: number, given: Tendered[]): Settlement {
  const sumFen = given.reduce((sum, tender) => sum + tender.givenFen, 0);
  const cashFen = given.filter((tender) => tender.kind === "cash").reduce((sum, tender) => sum + tender.givenFen, 0);
  const changeFen = Math.min(Math.max(sumFen - dueFen, 0), cashFen);
  const tenders: TenderRequest[] = given
    .filter((tender) => tender.kind !== "cash" && tender.givenFen > 0)
    .map((tender) => ({ kind: tender.kind, amountFen: tender.givenFen, ...(tender.paymentId && { paymentId: tender.paymentId }) }));
  if (cashFen - changeFen > 0) tenders.push({ kind: "cash", amountFen: cashFen - changeFen });
  return { paidFen: sumFen - changeFen, restFen: Math.max(dueFen - sumFen, 0), changeFen, tenders };
}

/** Notes a guest is likely to hand over for this sum. */
export function likelyNotes(dueFen: number): number[] {
  const roundedUp = [1000, 5000, 10_000].map((note) => Math.ceil(dueFen / note) * note);
  return [...new Set([dueFen, ...roundedUp])].filter((fen) => fen > 0).slice(0, 4);
}
