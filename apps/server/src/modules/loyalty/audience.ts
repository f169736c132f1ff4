import type { Scope } from "../../kernel/scope.ts";
import { currentProgram } from "./program.ts";
import { tierOf } from "./qualifying.ts";

/** Members by their standing; what is left out does not limit. */
export interface StandingAudience {
  tierIds?: readonly string[] | undefined;
  /** Last order on this instant or later; before this instant; none at all. */
  lastOrderFrom?: Date | undefined;
  lastOrderBefore?: Date | undefined;
  hasOrdered?: boolean | undefined;
}

/** Conditions on `customers.member m`, for modules that may not look into standings themselves. */
export async function standingConditions(scope: Scope, audience: StandingAudience, bind: (value: unknown) => string): Promise<string[]> {
  const { tierIds, lastOrderFrom, lastOrderBefore, hasOrdered } = audience;
  const standing = (condition: string): string => `exists (select 1 from loyalty.standing s where s.tenant_id = $1 and s.member_id = m.id and ${condition})`;
  const dated = [
    ...(lastOrderFrom ? [`s.last_order_at >= ${bind(lastOrderFrom)}::timestamptz`] : []),
    ...(lastOrderBefore ? [`s.last_order_at < ${bind(lastOrderBefore)}::timestamptz`] : []),
  ];
  return [
    ...(tierIds?.length ? [await inTiers(scope, tierIds, bind)] : []),
    ...(dated.length > 0 ? [standing(dated.join(" and "))] : []),
    ...(hasOrdered === undefined ? [] : [`${hasOrdered ? "" : "not "}${standing("s.orders > 0")}`]),
  ];
}

/** A member without a standing is in the tier that asks for nothing, where there is one. */
async function inTiers(scope: Scope, tierIds: readonly string[], bind: (value: unknown) => string): Promise<string> {
  const base = tierOf(await currentProgram(scope), null)?.id;
  const inThese = `exists (select 1 from loyalty.standing s where s.tenant_id = $1 and s.member_id = m.id and s.tier_id = any(${bind(tierIds)}::uuid[]))`;
  if (!base || !tierIds.includes(base)) return inThese;
  return `(${inThese} or not exists (select 1 from loyalty.standing s where s.tenant_id = $1 and s.member_id = m.id and s.tier_id is not null))`;
}
