import { dayOf } from "../../kernel/days.ts";
import type { Scope } from "../../kernel/scope.ts";
import { openBirthdayWindows } from "../customers/index.ts";
import type { Account } from "../ledger/index.ts";
import { Counters } from "./counter.ts";
import { lastGoodDay } from "./points.view.ts";
import type { Program } from "./program.ts";

/** Members are told this many days before points end; the longest first. */
export const WARN_DAYS = [30, 7] as const;
const DAY_MS = 86_400_000;

/** What an earn rule may ask of a guest whose cart is only priced: caps and birthday. Nothing is read where no rule asks. */
export async function earningContext(scope: Scope, program: Program, memberId: string) {
  const counters = await Counters.look(scope, program, memberId);
  const birthdays = program.hasBirthdayRules ? await openBirthdayWindows(scope, [memberId], dayOf(scope.now, scope.zone)) : undefined;
  return { left: counters.left(memberId), birthday: birthdays?.get(memberId) };
}

/** What ends before the first warning's days are over: how many in all, and when the first of them. */
export function expiringSoon(account: Account | undefined, { now, zone }: Pick<Scope, "now" | "zone">): { points: number; on: string; days: number } | null {
  const soon = new Date(now.getTime() + WARN_DAYS[0] * DAY_MS);
  const ending = (account?.lots ?? []).filter((lot) => lot.expiresAt !== null && lot.expiresAt > now && lot.expiresAt <= soon && lot.remaining > lot.held);
  const first = ending[0]?.expiresAt;
  if (!first) return null;
  return { points: ending.reduce((sum, lot) => sum + lot.remaining - lot.held, 0), on: lastGoodDay(first, zone), days: Math.ceil((first.getTime() - now.getTime()) / DAY_MS) };
}
