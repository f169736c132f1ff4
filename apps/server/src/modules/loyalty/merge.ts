import type { Scope } from "../../kernel/scope.ts";
import { moveRows, moveRowsBack, type FollowingRows, type MergeStep, type MovedRows } from "../customers/index.ts";
import { keepStandings } from "./evaluation.ts";
import { leaveStage, returnToStage } from "./lifecycle/merge.ts";
import { currentProgram, type Program } from "./program.ts";
import { tierOf } from "./qualifying.ts";
import { joinStandings, partStandings, restoreTier, type KeptStandings } from "./standing.merge.ts";
import { readStandings, upgrade, type Standing, type TierChange } from "./standing.ts";

/** A transfer between members, a change of tier and one of the stage of life stay as they were written: they say who it was then. */
const ROWS: readonly FollowingRows[] = [
  { table: "loyalty.benefit_grant", column: "member_id", key: ["id"], oneOf: ["benefit_id", "period"] },
  { table: "loyalty.benefit_use", column: "member_id", key: ["id"] },
  { table: "loyalty.expiry_notice", column: "member_id", key: ["expires_at", "warn_days"], oneOf: ["expires_at", "warn_days"] },
  { table: "loyalty.points_earning", column: "member_id", key: ["source", "reference"] },
  { table: "loyalty.points_freeze", column: "member_id", key: ["id"] },
  { table: "loyalty.redemption", column: "member_id", key: ["id"] },
];

interface Counter {
  counted: string;
  period: string;
  used: number;
}

interface Kept {
  rows: MovedRows;
  counters: Counter[];
  standings: KeptStandings;
  /** missing in what was kept before there were stages */
  stages?: boolean;
}

/** Standings add up, the higher tier stays, limits count what both have taken. */
export const mergeStep: MergeStep = {
  module: "loyalty",
  rows: ROWS,
  async preview(scope, { survivorId, absorbedId }) {
    const [program, standings] = [await currentProgram(scope), await readStandings(scope, [survivorId, absorbedId])];
    const [survivor, absorbed] = [of(standings, survivorId), of(standings, absorbedId)];
    const before = { survivor: named(program, survivor), absorbed: named(program, absorbed) };
    joinStandings(program, survivor, absorbed);
    upgrade(survivor, program, scope.now, scope.zone);
    return { lines: [{ what: "tier", ...before, after: named(program, survivor) }], blockers: [] };
  },
  async merge(scope, { survivorId, absorbedId }) {
    const [program, standings] = [await currentProgram(scope), await readStandings(scope, [survivorId, absorbedId])];
    const [survivor, absorbed] = [of(standings, survivorId), of(standings, absorbedId)];
    const before = survivor.tierId;
    const kept = joinStandings(program, survivor, absorbed);
    upgrade(survivor, program, scope.now, scope.zone);
    kept.after = survivor.tierId;
    await movePapers(scope, kept, absorbedId, survivorId);
    await keepStandings(scope, program, [survivor, absorbed], changes(program, survivor, before));
    const stages = await leaveStage(scope, { survivorId, absorbedId });
    const rows = await moveRows(scope, ROWS, absorbedId, survivorId);
    await countAllowances(scope, survivorId, absorbedId);
    return { rows, stages, standings: kept, counters: await addCounters(scope, absorbedId, survivorId) } satisfies Kept;
  },
  async undo(scope, { survivorId, absorbedId }, { rows, counters, standings: kept, stages }: Kept) {
    const [program, standings] = [await currentProgram(scope), await readStandings(scope, [survivorId, absorbedId])];
    const [survivor, absorbed] = [of(standings, survivorId), of(standings, absorbedId)];
    const before = survivor.tierId;
    const isKept = restoreTier(survivor, kept);
    partStandings(survivor, absorbed, kept);
    upgrade(survivor, program, scope.now, scope.zone);
    await movePapersBack(scope, kept, survivor.memberId, absorbed.memberId);
    if (isKept) await reviveEnded(scope, kept, survivorId);
    await keepStandings(scope, program, [survivor, absorbed], changes(program, survivor, before));
    await returnToStage(scope, { survivorId, absorbedId }, stages ?? false);
    await moveRowsBack(scope, ROWS, rows, survivorId, absorbedId);
    await countAllowances(scope, survivorId, absorbedId);
    await takeCounters(scope, survivorId, counters);
  },
};

function of(standings: ReadonlyMap<string, Standing>, memberId: string): Standing {
  const standing = standings.get(memberId);
  if (!standing) throw new Error("A standing was not read");
  return standing;
}

const named = (program: Program, standing: Standing): string | null => tierOf(program, standing.tierId)?.name ?? null;

const changes = (program: Program, { memberId, tierId }: Standing, before: string | null): TierChange[] =>
  (tierOf(program, tierId)?.id === tierOf(program, before)?.id ? [] : [{ memberId, from: before, to: tierId, reason: "merge" }]);

/** The paper of a tier given by hand goes where the tier goes; the one that it replaces has ended. */
async function movePapers({ tx, tenantId, now }: Scope, kept: KeptStandings, absorbedId: string, survivorId: string): Promise<void> {
  if (!kept.isAbsorbedTier) return;
  const ended = await tx.rows<{ id: string }>(
    "update loyalty.tier_grant set ended_at = $3, end_reason = 'merged' where tenant_id = $1 and member_id = $2 and ended_at is null returning id", [tenantId, survivorId, now]);
  kept.endedPapers = ended.map((row) => row.id);
  const moved = await tx.rows<{ id: string }>(
    "update loyalty.tier_grant set member_id = $3 where tenant_id = $1 and member_id = $2 and ended_at is null returning id", [tenantId, absorbedId, survivorId]);
  kept.movedPapers = moved.map((row) => row.id);
}

async function movePapersBack({ tx, tenantId }: Scope, { movedPapers }: KeptStandings, survivorId: string, absorbedId: string): Promise<void> {
  await tx.rows("update loyalty.tier_grant set member_id = $3, ended_at = null, end_reason = null where tenant_id = $1 and member_id = $2 and id = any($4::uuid[])",
    [tenantId, survivorId, absorbedId, movedPapers]);
}

/** Unless somebody has decided on the survivor's tier since: that stands. */
async function reviveEnded({ tx, tenantId }: Scope, { endedPapers }: KeptStandings, survivorId: string): Promise<void> {
  await tx.rows("update loyalty.tier_grant set ended_at = null, end_reason = null where tenant_id = $1 and member_id = $2 and id = any($3::uuid[])",
    [tenantId, survivorId, endedPapers]);
}

/** Counted again from the redemptions, for both: that is what an allowance is. */
async function countAllowances({ tx, tenantId }: Scope, ...memberIds: readonly string[]): Promise<void> {
  await tx.rows(
    `insert into loyalty.mall_allowance (tenant_id, item_id, member_id, period, taken)
     select $1, item_id, member_id, period, sum(quantity)::int from loyalty.redemption
      where tenant_id = $1 and member_id = any($2::uuid[]) and period is not null and state in ('waiting', 'ready', 'done') group by 2, 3, 4
     on conflict (tenant_id, item_id, member_id, period) do nothing`, [tenantId, memberIds]);
  await tx.rows(
    `update loyalty.mall_allowance a set taken = coalesce((select sum(r.quantity) from loyalty.redemption r
         where r.tenant_id = $1 and r.item_id = a.item_id and r.member_id = a.member_id and r.period = a.period and r.state in ('waiting', 'ready', 'done')), 0)
      where a.tenant_id = $1 and a.member_id = any($2::uuid[])`, [tenantId, memberIds]);
}

async function addCounters({ tx, tenantId }: Scope, fromId: string, toId: string): Promise<Counter[]> {
  await tx.rows(
    `insert into loyalty.points_counter as c (tenant_id, counted, holder_id, period, used)
     select $1, counted, $3, period, used from loyalty.points_counter where tenant_id = $1 and holder_id = $2
     on conflict (tenant_id, counted, holder_id, period) do update set used = c.used + excluded.used`, [tenantId, fromId, toId]);
  return tx.rows<Counter>("select counted, period, used from loyalty.points_counter where tenant_id = $1 and holder_id = $2", [tenantId, fromId]);
}

async function takeCounters({ tx, tenantId }: Scope, memberId: string, counters: readonly Counter[]): Promise<void> {
  await tx.rows(
    `update loyalty.points_counter c set used = greatest(0, c.used - v.used) from unnest($3::text[], $4::text[], $5::bigint[]) as v(counted, period, used)
      where c.tenant_id = $1 and c.holder_id = $2 and c.counted = v.counted and c.period = v.period`,
    [tenantId, memberId, counters.map((one) => one.counted), counters.map((one) => one.period), counters.map((one) => one.used)]);
}
