import { addDays, dayOf, weekdayOf, type Day } from "../../kernel/days.ts";
import type { Scope } from "../../kernel/scope.ts";

export type Period = "day" | "week" | "month";

/** The first day of the period that now lies in; weeks begin on Monday. */
export function periodStart(period: Period | null | undefined, { now, zone }: Pick<Scope, "now" | "zone">): Day | null {
  const today = dayOf(now, zone);
  switch (period) {
    case "day": return today;
    case "week": return addDays(today, -((weekdayOf(today) + 6) % 7));
    case "month": return `${today.slice(0, 7)}-01`;
    default: return null;
  }
}
