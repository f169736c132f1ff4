import type { Day } from "../../kernel/days.ts";

/** The longest period that a report looks at. */
export const MOST_DAYS = 400;

export const daysApart = (from: Day, to: Day): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
