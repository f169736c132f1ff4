import { LIFE_STAGE_CHANGED, type LifeStageChanged } from "../../../events/loyalty.ts";
import { instants, texts, uuidList, uuids } from "../../../kernel/db/array.ts";
import { lockOrder } from "../../../kernel/ids.ts";
import { hint } from "../../../kernel/live.ts";
import { newId, type Scope } from "../../../kernel/scope.ts";
import { lockMembers } from "../../customers/index.ts";
import { readStandings } from "../standing.ts";
import { act } from "./action.ts";
import { currentRules } from "./lifecycle.ts";
import { stageAt, type Placed } from "./stage.ts";

export interface StageRow {
  member_id: string;
  stage: Placed["stage"];
  since: Date;
  due_at: Date | null;
}

export interface StageChange {
  memberId: string;
  from: Placed["stage"] | null;
  to: Placed["stage"];
  dueAt: Date | null;
  given: ("tag" | "coupon")[];
}

/** order, sign: something of the member; time: nothing for long; recount: the rules; merge, return: another person's orders came, or went again. */
export type StageReason = "order" | "sign" | "time" | "recount" | "merge" | "return";
const BRINGING: readonly StageReason[] = ["order", "sign", "time"];
/** What moves also those who never ordered. */
const SIGNS: readonly StageReason[] = ["sign", "return"];

export async function readStages(scope: Scope, memberIds: readonly string[]): Promise<Map<string, StageRow>> {
  if (memberIds.length === 0) return new Map();
  const rows = await scope.tx.rows<StageRow>(
    "select member_id, stage, since, due_at from loyalty.life_stage where tenant_id = $1 and member_id = any($2::uuid[])", [scope.tenantId, uuidList(memberIds)]);
  return new Map(rows.map((row) => [row.member_id, row]));
}

const NEVER = new Date(8.64e15);

/**
 * Puts members where they belong by now, and tells of those who moved. Whoever stays costs two reads and no lock; whoever moves is looked at again
 * under the member's lock. Without an order nobody moves here who has not given a sign.
 */
export async function placeMembers(scope: Scope, memberIds: readonly string[], reason: StageReason): Promise<StageChange[]> {
  const moving = (await look(scope, lockOrder(memberIds), reason)).map((one) => one.memberId);
  if (moving.length === 0) return [];
  const members = await lockMembers(scope, moving);
  const changes = await look(scope, moving.filter((id) => members.get(id)?.state === "active"), reason);
  const entered = changes.filter((one) => one.from !== one.to);
  if (BRINGING.includes(reason)) await act(scope, entered);
  write(scope, changes, entered, reason);
  await scope.outbox.publishAll(scope, entered.map((one) => ({
    type: LIFE_STAGE_CHANGED, subjectId: one.memberId, payload: { memberId: one.memberId, from: one.from, to: one.to, reason } satisfies LifeStageChanged,
  })));
  hint(scope, "members", entered.map((one) => one.memberId));
  return changes;
}

/** Who is elsewhere by now, or must be looked at sooner than was thought. A later date is found out when the earlier one comes. */
async function look(scope: Scope, memberIds: readonly string[], reason: StageReason): Promise<StageChange[]> {
  const [rules, standings, stages] = [await currentRules(scope), await readStandings(scope, memberIds), await readStages(scope, memberIds)];
  return memberIds.flatMap((memberId): StageChange[] => {
    const [standing, held] = [standings.get(memberId), stages.get(memberId)];
    if (!standing || (standing.orders === 0 && !held && !SIGNS.includes(reason))) return [];
    const { stage, dueAt } = stageAt(standing, rules, scope.now, scope.zone);
    const due = held?.due_at ?? NEVER;
    const isSettled = held?.stage === stage && due > scope.now && due <= (dueAt ?? NEVER);
    return isSettled ? [] : [{ memberId, from: held?.stage ?? null, to: stage, dueAt, given: [] }];
  });
}

function write(scope: Scope, changes: readonly StageChange[], entered: readonly StageChange[], reason: StageReason): void {
  const { tx, tenantId, now } = scope;
  if (changes.length === 0) return;
  tx.write(
    `insert into loyalty.life_stage as l (tenant_id, member_id, stage, since, due_at)
     select $1, member_id, stage, $2, due_at from unnest($3::uuid[], $4::text[], $5::timestamptz[]) as v(member_id, stage, due_at)
     on conflict (tenant_id, member_id) do update set stage = excluded.stage, due_at = excluded.due_at, since = case when l.stage = excluded.stage then l.since else excluded.since end`,
    [tenantId, now, uuids(changes, (one) => one.memberId), texts(changes, (one) => one.to), instants(changes, (one) => one.dueAt)]);
  if (entered.length === 0) return;
  tx.write(
    `insert into loyalty.life_stage_change (tenant_id, member_id, id, from_stage, to_stage, reason, given, at)
     select $1, member_id, id, from_stage, to_stage, $2, string_to_array(given, ','), $3
       from unnest($4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::text[]) as v(member_id, id, from_stage, to_stage, given)`,
    [tenantId, reason, now, uuids(entered, (one) => one.memberId), entered.map(() => newId(scope)), texts(entered, (one) => one.from), texts(entered, (one) => one.to),
      texts(entered, (one) => one.given.join(","))]);
}
