import { addMonths, dayOf, monthOf, startOfDay } from "../../kernel/days.ts";
import type { Fen } from "../../kernel/money.ts";
import type { Program, Tier } from "./program.ts";
import type { Standing } from "./standing.ts";

/** What counts towards a tier. */
export interface Qualifying {
  spendFen: Fen;
  visits: number;
  growth: number;
}

export interface Missing {
  spendFen?: Fen;
  visits?: number;
  growth?: number;
}

/** Calendar months, both included: "2026-01" to "2026-12". */
export interface Window {
  first: string;
  last: string;
}

const MAX_KEPT = 10_000;
const windows = new Map<string, Window>();

const plus = (month: string, months: number): string => monthOf(addMonths(`${month}-01`, months));

/** The months that count at an instant. Of an anniversary: the year that began with the month of the first order. */
export function windowAt(standing: Pick<Standing, "firstOrderAt">, program: Program, at: Date, zone: string): Window {
  const month = monthOf(dayOf(at, zone));
  const anchor = program.tierWindowKind === "anniversary" ? monthOf(dayOf(standing.firstOrderAt ?? at, zone)) : "";
  const key = `${program.tierWindowKind}/${program.tierWindowMonths}/${month}/${anchor}`;
  let window = windows.get(key);
  if (!window) {
    if (windows.size >= MAX_KEPT) windows.clear();
    window = windowOf(program, month, anchor);
    windows.set(key, window);
  }
  return window;
}

function windowOf({ tierWindowKind, tierWindowMonths }: Program, month: string, anchor: string): Window {
  const year = Number(month.slice(0, 4));
  switch (tierWindowKind) {
    case "rolling": return { first: plus(month, 1 - tierWindowMonths), last: month };
    case "calendar-year": return { first: `${year}-01`, last: `${year}-12` };
    case "calendar-quarter": {
      const first = `${year}-${String(Math.floor((Number(month.slice(5)) - 1) / 3) * 3 + 1).padStart(2, "0")}`;
      return { first, last: plus(first, 2) };
    }
    case "anniversary": {
      const thisYear = `${year}-${anchor.slice(5)}`;
      const first = thisYear <= month ? thisYear : plus(thisYear, -12);
      return { first, last: plus(first, 11) };
    }
  }
}

/** What the months of the window add up to. */
export function qualifying(standing: Standing, program: Program, at: Date, zone: string): Qualifying {
  const { first, last } = windowAt(standing, program, at, zone);
  const sum = { spendFen: 0, visits: 0, growth: 0 };
  for (const month in standing.months) {
    if (month < first || month > last) continue;
    const [fen, visits, growth = 0] = standing.months[month] ?? [0, 0];
    sum.spendFen += fen;
    sum.visits += visits;
    sum.growth += growth;
  }
  if (program.growthPoints > 0) sum.growth += Math.floor((Math.max(0, sum.spendFen) * program.growthPoints) / program.growthPerFen);
  sum.growth += sum.visits * program.growthPerVisit;
  return sum;
}

export const asksForNothing = (tier: Tier): boolean => tier.minSpendFen === 0 && tier.minVisits === 0 && tier.minGrowth === 0;

function reaches(tier: Tier, { spendFen, visits, growth }: Qualifying): boolean {
  if (asksForNothing(tier)) return true;
  if (tier.condition === "any") {
    return (tier.minSpendFen > 0 && spendFen >= tier.minSpendFen) || (tier.minVisits > 0 && visits >= tier.minVisits) || (tier.minGrowth > 0 && growth >= tier.minGrowth);
  }
  return spendFen >= tier.minSpendFen && visits >= tier.minVisits && growth >= tier.minGrowth;
}

/** The highest tier whose conditions are met. */
export const earnedTier = (program: Program, sum: Qualifying): Tier | undefined => program.tiers.findLast((tier) => reaches(tier, sum));

/** Whoever has not ordered yet is in the tier that asks for nothing, where there is one. */
export const tierOf = (program: Program, tierId: string | null): Tier | undefined =>
  tierId === null ? program.tiers.findLast(asksForNothing) : program.tiers.find((tier) => tier.id === tierId);

/** Until when a tier holds that is reached, or kept, at an instant. */
export function termEnd(standing: Standing, program: Program, at: Date, zone: string): Date {
  if (program.tierWindowKind === "rolling") return startOfDay(addMonths(dayOf(at, zone), program.tierWindowMonths), zone);
  // A calendar period earns its tier for the rest of it and the whole next one.
  const { first, last } = windowAt(standing, program, at, zone);
  const length = (Number(last.slice(0, 4)) - Number(first.slice(0, 4))) * 12 + Number(last.slice(5)) - Number(first.slice(5)) + 1;
  return startOfDay(`${plus(last, 1 + length)}-01`, zone);
}

/**
 * The tier after a term: kept where its conditions are met, at the end of the term or now, that is within the grace; otherwise
 * one step down, or what was earned, as the program says; never below what was earned. After a tier given by hand what was earned.
 */
export function tierAfter(standing: Standing, program: Program, now: Date, zone: string): Tier | undefined {
  const current = tierOf(program, standing.tierId);
  const earned = higher(earnedTier(program, qualifying(standing, program, now, zone)), earnedAtEnd(standing, program, zone));
  if (!current || standing.grantKind !== null || (earned && earned.rank >= current.rank) || program.tierDowngrade === "balance-based") return earned;
  return program.tiers.findLast((tier) => tier.rank < current.rank);
}

/** As the books stand now, so a term that ends later loses the months that leave its window until then. */
const earnedAtEnd = (standing: Standing, program: Program, zone: string): Tier | undefined =>
  standing.tierUntil === null ? undefined : earnedTier(program, qualifying(standing, program, lastInstant(standing.tierUntil), zone));

const lastInstant = (until: Date): Date => new Date(until.getTime() - 1);
const higher = (a: Tier | undefined, b: Tier | undefined): Tier | undefined => (a && (!b || a.rank >= b.rank) ? a : b);

/** What is missing for a tier: of "any" each way, of "all" what is left of each. */
export function missingFor(tier: Tier, sum: Qualifying): Missing {
  return {
    ...(tier.minSpendFen > 0 ? { spendFen: Math.max(0, tier.minSpendFen - sum.spendFen) } : {}),
    ...(tier.minVisits > 0 ? { visits: Math.max(0, tier.minVisits - sum.visits) } : {}),
    ...(tier.minGrowth > 0 ? { growth: Math.max(0, tier.minGrowth - sum.growth) } : {}),
  };
}

export interface NextTier {
  name: string;
  condition: "any" | "all";
  missing: Missing;
}

/** The next tier up and what is still missing for it. */
export function nextTier(standing: Standing, program: Program, now: Date, zone: string): NextTier | null {
  const current = tierOf(program, standing.tierId);
  const next = program.tiers.find((tier) => tier.rank > (current?.rank ?? -1) && !asksForNothing(tier));
  return next ? { name: next.name, condition: next.condition, missing: missingFor(next, qualifying(standing, program, now, zone)) } : null;
}

export interface ProjectedTier {
  id: string | null;
  name: string | null;
  /** when it will be decided */
  at: Date;
  /** the same tier or a higher one */
  isKept: boolean;
  /** for keeping the tier; nothing where it is kept */
  missing: Missing;
}

/** Which tier follows the term if nothing more happens, and what is missing for keeping this one. */
export function projectedTier(standing: Standing, program: Program, zone: string): ProjectedTier | null {
  const current = tierOf(program, standing.tierId);
  if (!current || standing.tierUntil === null || standing.tierId === null) return null;
  const end = lastInstant(standing.tierUntil);
  const to = tierAfter(standing, program, end, zone);
  const isKept = (to?.rank ?? -1) >= current.rank;
  return {
    id: to?.id ?? null, name: to?.name ?? null, at: graceEnd(program, standing.tierUntil), isKept,
    missing: isKept ? {} : missingFor(current, qualifying(standing, program, end, zone)),
  };
}

const DAY_MS = 86_400_000;
export const graceEnd = (program: Program, until: Date): Date => new Date(until.getTime() + program.tierGraceDays * DAY_MS);
