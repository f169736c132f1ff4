import type { ConsoleSchemas } from "@shuke/api";
import { queryOptions } from "@tanstack/react-query";
import { api } from "../../../../api/client.ts";
import type { TillMember } from "../cart.ts";
import type { Candidate, CartLine } from "../quote.ts";

export type Bill = ConsoleSchemas["Bill"];
export type Share = Bill["shares"][number];
export type ShareWish = ConsoleSchemas["ShareWish"];

export interface BillRow {
  id: string;
  note: string | null;
  totalFen: number;
  paidFen: number;
  shares: number;
  sharesPaid: number;
  openedAt: string;
  isOverdue: boolean;
}

export type Way = "even" | "dishes" | "amounts";

export interface Person {
  key: number;
  member: TillMember | null;
  /** What they had, by line: units. */
  lines: Record<string, number>;
  amountFen: number | null;
}

export const billKey = (billId: string) => ["/bills", billId];
export const billsKey = (storeId: string) => ["/bills", "open", storeId];
/** What this member could pay of a share with, as in a quote. */
export const shareCandidates = (billId: string, no: number, memberId: string) => queryOptions({
  queryKey: [...billKey(billId), no, memberId], staleTime: 0,
  queryFn: () => api.get<{ storedValueFen: number; candidates: Candidate[] }>(`/bills/${billId}/shares/${no}/candidates`, { memberId }),
});
export const getBill = (billId: string) => api.get<Bill>(`/bills/${billId}`);

/** What the server is asked to divide by: nothing said is an even share; with amounts the last one takes the rest. */
export function shareWishes(way: Way, people: readonly Person[], dueFen: number): ShareWish[] {
  const given = people.slice(0, -1).reduce((sum, one) => sum + (one.amountFen ?? 0), 0);
  return people.map((one, at) => ({
    ...(one.member && { memberId: one.member.id }),
    ...(way === "dishes" && Object.keys(one.lines).length > 0 && { lines: one.lines }),
    ...(way === "amounts" && { amountFen: at === people.length - 1 ? Math.max(0, dueFen - given) : one.amountFen ?? 0 }),
  }));
}

/** One more of a dish for this person; from all of it back to none, so that one key goes round. */
export function claimed(person: Person, line: Pick<CartLine, "lineId" | "quantity">): Person {
  const next = ((person.lines[line.lineId] ?? 0) + 1) % (line.quantity + 1);
  const { [line.lineId]: _before, ...others } = person.lines;
  return { ...person, lines: next === 0 ? others : { ...others, [line.lineId]: next } };
}
