import { addDays, addMonths, dayOf, monthOf, startOfDay } from "../../../kernel/days.ts";
import type { Standing } from "../standing.ts";
import type { LifeStage, LifecycleRules } from "./lifecycle.schema.ts";

/** Before a tenant says otherwise: a guest of a restaurant. */
export const DEFAULT_RULES: LifecycleRules = { loyalOrders: 4, loyalMonths: 3, dormantAfterDays: 60, lostAfterDays: 180, restDays: 180, actions: {} };

export interface Placed {
  stage: Exclude<LifeStage, "potential">;
  /** when it may be another without anything happening */
  dueAt: Date | null;
}

type Life = Pick<Standing, "orders" | "lastOrderAt" | "months">;

/**
 * The stage of somebody's life as a customer, at an instant. Days and months are whole ones of the tenant's zone: somebody falls asleep at
 * midnight. Without an order whoever gave a sign of interest is aware; without one they are potential, which is not kept.
 */
export function stageAt({ orders, lastOrderAt, months }: Life, rules: LifecycleRules, now: Date, zone: string): Placed {
  if (orders === 0 || !lastOrderAt) return { stage: "aware", dueAt: null };
  const after = (days: number): Date => startOfDay(addDays(dayOf(lastOrderAt, zone), days), zone);
  const [dormantAt, lostAt] = [after(rules.dormantAfterDays), after(rules.lostAfterDays)];
  if (now >= lostAt) return { stage: "lost", dueAt: null };
  if (now >= dormantAt) return { stage: "dormant", dueAt: lostAt };
  const lastsUntil = loyalUntil(months, rules, now, zone);
  if (lastsUntil) return { stage: "loyal", dueAt: lastsUntil < dormantAt ? lastsUntil : dormantAt };
  return { stage: orders > 1 ? "repeat" : "first", dueAt: dormantAt };
}

/** Until when the visits that are there make somebody loyal, if they do now: each first of a month one leaves the window. */
function loyalUntil(months: Standing["months"], { loyalOrders, loyalMonths }: LifecycleRules, now: Date, zone: string): Date | undefined {
  const today = `${monthOf(dayOf(now, zone))}-01`;
  for (let ahead = 0; ahead <= loyalMonths; ahead += 1) {
    const first = monthOf(addMonths(today, ahead - loyalMonths + 1));
    const visits = Object.entries(months).reduce((sum, [month, [, count]]) => sum + (month >= first ? count : 0), 0);
    if (visits < loyalOrders) return ahead === 0 ? undefined : startOfDay(addMonths(today, ahead), zone);
  }
  return undefined;
}
