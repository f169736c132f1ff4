import { addDays, startOfDay } from "../../kernel/days.ts";
import type { Scope } from "../../kernel/scope.ts";
import { audienceConditions } from "../customers/index.ts";
import type { Audience } from "./coupon-push.schema.ts";

type Bind = (value: unknown) => string;

/** Conditions on `customers.member m` by tier and orders: of the module that keeps standings, which stands above this one. */
export type StandingConditions = (
  scope: Scope, audience: { tierIds?: readonly string[] | undefined; lastOrderFrom?: Date | undefined; lastOrderBefore?: Date | undefined; hasOrdered?: boolean | undefined }, bind: Bind,
) => Promise<string[]>;

export interface Condition {
  text: string;
  values: unknown[];
}

/** An audience as one condition on `customers.member m`; its parameters follow those that are given. */
export async function conditionOf(scope: Scope, standings: StandingConditions, audience: Audience, before: readonly unknown[]): Promise<Condition> {
  const values = [...before];
  const bind: Bind = (value) => `$${values.push(value)}`;
  const from = (day: string | undefined) => (day ? startOfDay(day, scope.zone) : undefined);
  const after = (day: string | undefined) => (day ? startOfDay(addDays(day, 1), scope.zone) : undefined);
  const conditions = [
    ...audienceConditions({
      storeIds: audience.storeIds, tags: audience.tags, joinedFrom: from(audience.joinedFrom), joinedBefore: after(audience.joinedUntil),
    }, bind),
    ...(await standings(scope, {
      tierIds: audience.tierIds, lastOrderFrom: from(audience.lastOrderFrom), lastOrderBefore: after(audience.lastOrderUntil), hasOrdered: audience.hasOrdered,
    }, bind)),
  ];
  return { text: conditions.join(" and "), values };
}

export async function countAudience(scope: Scope, standings: StandingConditions, audience: Audience): Promise<number> {
  const condition = await conditionOf(scope, standings, audience, [scope.tenantId]);
  const [row] = await scope.tx.rows<{ count: number }>(
    `select count(*)::int as count from customers.member m where m.tenant_id = $1 and ${condition.text}`, condition.values);
  return row?.count ?? 0;
}
