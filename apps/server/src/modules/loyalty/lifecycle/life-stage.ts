import { LIFE_STAGE_CHANGED, type LifeStageChanged } from "../../../events/loyalty.ts";
import { instants, texts, uuidList, uuids } from "../../../kernel/db/array.ts";
import { lockOrder } from "../../../kernel/ids.ts";
import { hint } from "../../../kernel/live.ts";
import { newId, type Scope } from "../../../kernel/scope.ts";
import { lockMembers } from "../../customers/index.ts";
import type { Standing } from "../standing.ts";
import { act } from "./action.ts";
import { currentRules } from "./lifecycle.ts";
import type { LifecycleRules } from "./lifecycle.schema.ts";
import { stageAt, type Placed } from "./stage.ts";

export interface StageChange {
  memberId: string;
  from: Placed["stage"] | null;
  to: Placed["stage"];
  dueAt: Date | null;
  given: ("tag" | "coupon")[];
}

/** order, sign: something of the member; time: nothing for long; recount: the rules; merge, return: another person's orders came, or went again. */
export type StageReason = "order" | "sign" | "time" | "recount" | "merge" | "return";
/** Told by events: whatever changes a standing after it was read tells so by another. The other reasons look under the members' locks. */
const TOLD: readonly StageReason[] = ["order", "sign"];
const BRINGING: readonly StageReason[] = [...TOLD, "time"];
/** What moves also those who never ordered. */
const SIGNS: readonly StageReason[] = ["sign", "return"];
const NEVER = new Date(8.64e15);

/**
 * Puts members where they belong by now, and tells of those who moved. Whoever stays costs one read. A move holds only while the stage is the one
 * that was read; whom another transaction moved meanwhile is looked at again. Without an order nobody moves here who has not given a sign.
 */
export async function placeMembers(scope: Scope, memberIds: readonly string[], reason: StageReason): Promise<void> {
  if (memberIds.length === 0) return;
  const rules = await currentRules(scope);
  if (!TOLD.includes(reason)) await lockMembers(scope, lockOrder(memberIds));
  for (let left = lockOrder(memberIds); left.length > 0;) {
    const seen = await look(scope, rules, left, reason);
    const bringing = BRINGING.includes(reason) ? seen.filter((one) => rules.actions[one.to]) : [];
    // Before the stages: everybody else locks in this order.
    if (bringing.length > 0) await lockMembers(scope, bringing.map((one) => one.memberId));
    const placed = await move(scope, seen);
    if (bringing.length > 0) await act(scope, rules, bringing.filter((one) => one.from !== one.to && placed.has(one.memberId)));
    await tell(scope, seen.filter((one) => one.from !== one.to && placed.has(one.memberId)), reason);
    left = seen.map((one) => one.memberId).filter((id) => !placed.has(id));
  }
}

interface Life extends Pick<Standing, "months"> {
  id: string;
  orders: number;
  last_order_at: Date | null;
  stage: Placed["stage"] | null;
  due_at: Date | null;
}

/** Who is elsewhere by now, or must be looked at sooner than was thought. A later date is found out when the earlier one comes. */
async function look({ tx, tenantId, now, zone }: Scope, rules: LifecycleRules, memberIds: readonly string[], reason: StageReason): Promise<StageChange[]> {
  const lives = await tx.rows<Life>(
    `select m.id, coalesce(s.orders, 0) as orders, s.last_order_at, coalesce(s.months, '{}') as months, l.stage, l.due_at from customers.member m
       left join loyalty.standing s on s.tenant_id = $1 and s.member_id = m.id
       left join loyalty.life_stage l on l.tenant_id = $1 and l.member_id = m.id
      where m.tenant_id = $1 and m.id = any($2::uuid[]) and m.state = 'active' order by m.id`, [tenantId, uuidList(memberIds)]);
  return lives.flatMap(({ id, orders, last_order_at, months, stage: from, due_at }): StageChange[] => {
    if (orders === 0 && !from && !SIGNS.includes(reason)) return [];
    const { stage, dueAt } = stageAt({ orders, lastOrderAt: last_order_at, months }, rules, now, zone);
    const due = due_at ?? NEVER;
    return from === stage && due > now && due <= (dueAt ?? NEVER) ? [] : [{ memberId: id, from, to: stage, dueAt, given: [] }];
  });
}

/** Those of them who were still where they had been seen. */
async function move({ tx, tenantId, now }: Scope, seen: readonly StageChange[]): Promise<Set<string>> {
  if (seen.length === 0) return new Set();
  const rows = await tx.rows<{ member_id: string }>(
    `with v as materialized (
       select * from unnest($3::uuid[], $4::text[], $5::text[], $6::timestamptz[]) as u(member_id, from_stage, stage, due_at)),
     added as (
       insert into loyalty.life_stage (tenant_id, member_id, stage, since, due_at)
       select $1, member_id, stage, $2::timestamptz, due_at from v where from_stage is null
       on conflict (tenant_id, member_id) do nothing returning member_id),
     moved as (
       update loyalty.life_stage l set stage = v.stage, due_at = v.due_at, since = case when l.stage = v.stage then l.since else $2 end
         from v where l.tenant_id = $1 and l.member_id = v.member_id and l.stage = v.from_stage returning l.member_id)
     select member_id from added union all select member_id from moved`,
    [tenantId, now, uuids(seen, (one) => one.memberId), texts(seen, (one) => one.from), texts(seen, (one) => one.to), instants(seen, (one) => one.dueAt)]);
  return new Set(rows.map((row) => row.member_id));
}

async function tell(scope: Scope, entered: readonly StageChange[], reason: StageReason): Promise<void> {
  if (entered.length === 0) return;
  scope.tx.write(
    `insert into loyalty.life_stage_change (tenant_id, member_id, id, from_stage, to_stage, reason, given, at)
     select $1, member_id, id, from_stage, to_stage, $2, string_to_array(given, ','), $3
       from unnest($4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::text[]) as v(member_id, id, from_stage, to_stage, given)`,
    [scope.tenantId, reason, scope.now, uuids(entered, (one) => one.memberId), entered.map(() => newId(scope)), texts(entered, (one) => one.from), texts(entered, (one) => one.to),
      texts(entered, (one) => one.given.join(","))]);
  await scope.outbox.publishAll(scope, entered.map((one) => ({
    type: LIFE_STAGE_CHANGED, subjectId: one.memberId, payload: { memberId: one.memberId, from: one.from, to: one.to, reason } satisfies LifeStageChanged,
  })));
  hint(scope, "members", entered.map((one) => one.memberId));
}
