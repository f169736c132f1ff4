import type { Instant } from "../src/cart.ts";
import { localTime, startOfDay } from "../src/clock.ts";

/** Points that were earned together. */
export interface Lot {
  id: string;
  remaining: number;
  earnedAt: Instant;
  activeFrom: Instant;
  /** First instant at which it is gone; null = never. */
  expiresAt: Instant | null;
}

/** How much of a lot was burned, so that a refund gives it back with its own dates. */
export interface Burn {
  lotId: string;
  points: number;
}

/** Burning order: nearest expiry first, then oldest, never-expiring last; ids settle ties. */
export function burnsBefore(a: Pick<Lot, "id" | "earnedAt" | "expiresAt">, b: Pick<Lot, "id" | "earnedAt" | "expiresAt">): number {
  if (a.expiresAt !== b.expiresAt) return (a.expiresAt ?? Infinity) - (b.expiresAt ?? Infinity);
  return a.earnedAt - b.earnedAt || (a.id < b.id ? -1 : 1);
}

/** What a member sees. Negative is what is owed: active is 0 then. */
export interface PointsBalance {
  active: number;
  pending: number;
  negative: number;
}

export function pointsBalance(lots: readonly Lot[], owed: number, now: Instant): PointsBalance {
  let active = 0, pending = 0;
  for (const lot of lots) {
    if (lot.activeFrom > now) pending += lot.remaining;
    else if (!isGone(lot, now)) active += lot.remaining;
  }
  return { active: Math.max(0, active - owed), pending, negative: Math.max(0, owed - active) };
}

/** Burns points in the burning order; null when the active ones are not enough. The lots are not changed: take the burns off them. */
export function burnLots(lots: readonly Lot[], points: number, now: Instant): Burn[] | null {
  const burns: Burn[] = [];
  let rest = points;
  for (const lot of [...lots].sort(burnsBefore)) {
    if (rest === 0) break;
    if (lot.activeFrom > now || isGone(lot, now) || lot.remaining <= 0) continue;
    const part = Math.min(lot.remaining, rest);
    burns.push({ lotId: lot.id, points: part });
    rest -= part;
  }
  return rest === 0 ? burns : null;
}

export function withBurns(lots: readonly Lot[], burns: readonly Burn[]): Lot[] {
  return lots.map((lot) => burns.reduce((left, burn) => (burn.lotId === lot.id ? { ...left, remaining: left.remaining - burn.points } : left), lot));
}

/**
 * Takes earned points back: from the order's own lot first, pending as it may still be, then pending lots, then active ones in the
 * burning order. What none of them has is owed.
 */
export function takeBack(lots: readonly Lot[], points: number, originLotId: string | null, now: Instant): { burns: Burn[]; owed: number } {
  const order = [...lots].filter((lot) => lot.remaining > 0 && !isGone(lot, now)).sort((a, b) =>
    Number(b.id === originLotId) - Number(a.id === originLotId) || Number(b.activeFrom > now) - Number(a.activeFrom > now) || burnsBefore(a, b));
  const burns: Burn[] = [];
  let rest = points;
  for (const lot of order) {
    if (rest === 0) break;
    const part = Math.min(lot.remaining, rest);
    burns.push({ lotId: lot.id, points: part });
    rest -= part;
  }
  return { burns, owed: rest };
}

/** The first instant after the month that is so many months on: 6 July + 12 months is 1 August of the next year, 00:00 in the zone. */
export function monthEndExpiry(earnedAt: Instant, months: number, zone: string): Instant {
  const { day } = localTime(earnedAt, zone);
  const earned = new Date(day * 86_400_000);
  return startOfDay(Date.UTC(earned.getUTCFullYear(), earned.getUTCMonth() + months + 1, 1) / 86_400_000, zone);
}

export function isGone(lot: Pick<Lot, "expiresAt">, now: Instant): boolean {
  return lot.expiresAt !== null && lot.expiresAt <= now;
}
