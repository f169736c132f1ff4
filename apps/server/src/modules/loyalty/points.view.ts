import type { z } from "zod";
import { addDays, addMonths, dayOf, startOfDay } from "../../kernel/days.ts";
import type { Scope } from "../../kernel/scope.ts";
import { listStatement, listStatementMonths } from "../ledger/index.ts";
import type { pointsEntries, pointsMonths } from "./points.schema.ts";
import { POINTS } from "./program.ts";

/** The movements that refer to an order; others refer to what they are of. */
const OF_ORDERS = new Set(["earn", "spend", "take-back", "give-back"]);
/** By orders, sources and benefits, less what was taken back of it. */
const EARNED = /^(earn|take-back)(\.|$)/;
const MAX_MONTHS = 36;

/** A member's points statement, newest first. */
export async function listPointsEntries(
  scope: Scope, memberId: string, { month, ...query }: { limit: number; cursor?: string | undefined; month?: string | undefined },
): Promise<z.input<typeof pointsEntries>> {
  const { items, nextCursor } = await listStatement(scope, memberId, [POINTS], { ...query, span: month === undefined ? undefined : spanOf(month, scope.zone) });
  return {
    nextCursor,
    items: items.map((entry) => ({
      id: entry.id, at: entry.at, kind: entry.kind, points: entry.amount, balanceAfter: entry.balanceAfter, reason: entry.memo,
      orderId: OF_ORDERS.has(entry.kind) ? entry.refId : null, withheld: entry.paidOff,
      activeFrom: entry.activeFrom !== null && Date.parse(entry.activeFrom) > scope.now.getTime() ? entry.activeFrom : null,
      expiresAt: entry.expiresAt, expiresOn: entry.expiresAt ? lastGoodDay(entry.expiresAt, scope.zone) : null,
    })),
  };
}

const spanOf = (month: string, zone: string) => ({ from: startOfDay(`${month}-01`, zone), until: startOfDay(addMonths(`${month}-01`, 1), zone) });

/** What each month brought and took, newest first, with the balance at its end. */
export async function listPointsMonths(scope: Scope, memberId: string): Promise<z.input<typeof pointsMonths>> {
  const months = await listStatementMonths(scope, memberId, POINTS, MAX_MONTHS);
  return {
    nextCursor: null,
    items: months.map(({ month, kinds, balance }) => {
      const sum = (isMeant: (kind: string) => boolean) => Object.entries(kinds).reduce((total, [kind, amount]) => (isMeant(kind) ? total + amount : total), 0);
      const change = sum(() => true);
      const [earned, spent] = [sum((kind) => EARNED.test(kind)), sum((kind) => kind === "spend" || kind === "give-back")];
      const [redeemed, expired] = [sum((kind) => kind === "redeem" || kind === "redeem-back"), sum((kind) => kind === "expire")];
      return { month, opening: balance - change, earned, spent, redeemed, expired, other: change - earned - spent - redeemed - expired, closing: balance };
    }),
  };
}

/** Points end at midnight, so the last good day is the one before. */
export const lastGoodDay = (expiresAt: string | Date, zone: string): string => addDays(dayOf(new Date(expiresAt), zone), -1);
