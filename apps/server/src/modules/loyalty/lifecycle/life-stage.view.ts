import type { z } from "zod";
import { uuidList } from "../../../kernel/db/array.ts";
import type { Scope } from "../../../kernel/scope.ts";
import type { Within } from "../../customers/index.ts";
import type { heldLifeStage, lifeStageChanges, LifeStage } from "./lifecycle.schema.ts";
import type { Placed } from "./stage.ts";

const CHANGES = 100;

interface HeldRow {
  member_id: string;
  stage: Placed["stage"];
  since: Date;
}

/** Members' stages, for lists. */
export async function heldStages({ tx, tenantId }: Scope, memberIds: readonly string[]): Promise<(memberId: string) => z.input<typeof heldLifeStage>> {
  const rows = memberIds.length === 0 ? [] : await tx.rows<HeldRow>(
    "select member_id, stage, since from loyalty.life_stage where tenant_id = $1 and member_id = any($2::uuid[])", [tenantId, uuidList(memberIds)]);
  const held = new Map(rows.map((row) => [row.member_id, row]));
  return (memberId) => {
    const row = held.get(memberId);
    return { stage: row?.stage ?? "potential", since: row?.since.toISOString() ?? null };
  };
}

export const inStage = (stage: LifeStage): Within => (bind, member) => (stage === "potential"
  ? `not exists (select 1 from loyalty.life_stage l where l.tenant_id = $1 and l.member_id = ${member})`
  : `exists (select 1 from loyalty.life_stage l where l.tenant_id = $1 and l.member_id = ${member} and l.stage = ${bind(stage)})`);

/** The latest moves of one member, newest first. */
export async function listStageChanges({ tx, tenantId }: Scope, memberId: string): Promise<z.input<typeof lifeStageChanges>> {
  const rows = await tx.rows<{ from_stage: LifeStage | null; to_stage: LifeStage; reason: string; given: ("tag" | "coupon")[]; at: Date }>(
    `select from_stage, to_stage, reason, given, at from loyalty.life_stage_change where tenant_id = $1 and member_id = $2 order by at desc, id desc limit ${CHANGES}`, [tenantId, memberId]);
  return { items: rows.map((row) => ({ from: row.from_stage, to: row.to_stage, reason: row.reason, given: row.given, at: row.at.toISOString() })), nextCursor: null };
}
