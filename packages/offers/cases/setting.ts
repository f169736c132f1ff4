import type { LunarHabits } from "../src/index.ts";

/** Choices of a merchant in which the sources of the cases differ. The runner begins with what most sources do. */
export interface Settings extends Required<LunarHabits> {
  /** Which unit a cross-item offer gives; a same-item offer gives the other end. */
  pick: "dearest" | "cheapest";
  /** Whether units to be given must all be there. */
  wholeSets: boolean;
  exactCodes: boolean;
  /** Whether points that an order earns may pay for it. */
  ownPoints: boolean;
  /** Whether points by category look at what was paid for the items, or only at discounts given on them. */
  earnBasis: "allocated" | "in-scope";
  /** What a staff order discount does to offers. */
  manual: "instead" | "on-top";
  /** Whether closed bills may be opened again. */
  reopening: boolean;
}

export const SETTINGS: Settings = {
  pick: "dearest", wholeSets: true, exactCodes: true, ownPoints: false, earnBasis: "allocated", missingLeap: "ordinary", shortMonth: "last-day", manual: "instead", reopening: true,
};

const OTHERS: Partial<Settings>[] = [
  { pick: "cheapest" }, { wholeSets: false }, { exactCodes: false }, { ownPoints: true }, { earnBasis: "in-scope" }, { missingLeap: "none" }, { shortMonth: "next-day" },
  { manual: "on-top" }, { reopening: false },
];

/** The settings, and each of them turned the other way: a case that leaves the choice open must come true with one of them. */
export function settingsBothWays(): { settings: Settings; changed: string | null }[] {
  return [{ settings: SETTINGS, changed: null }, ...OTHERS.map((change) => ({ settings: { ...SETTINGS, ...change }, changed: Object.entries(change).map(([name, value]) => `${name} = ${String(value)}`).join() }))];
}
