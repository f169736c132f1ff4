import type { z } from "zod";
import { audit } from "../../../kernel/audit.ts";
import { enqueue } from "../../../kernel/events.ts";
import { invalid } from "../../../kernel/problem.ts";
import type { Scope } from "../../../kernel/scope.ts";
import { lockProgram } from "../program.lock.ts";
import { LIFE_STAGES, type lifecycleReply, type LifecycleRules, type LifeStage } from "./lifecycle.schema.ts";
import { DEFAULT_RULES } from "./stage.ts";

export const RECOUNT = "loyalty.recount-lifecycle";
const RECENT_MS = 30 * 86_400_000;

interface Kept {
  lifecycle: { rules: LifecycleRules; isCounting: boolean } | null;
}

async function kept(scope: Scope): Promise<NonNullable<Kept["lifecycle"]>> {
  const [row] = await scope.tx.rows<Kept>("select lifecycle from loyalty.program where tenant_id = $1", [scope.tenantId]);
  return row?.lifecycle ?? { rules: DEFAULT_RULES, isCounting: false };
}

export const currentRules = async (scope: Scope): Promise<LifecycleRules> => (await kept(scope)).rules;

/** The rules, how many are in each stage, and how many came into it lately. */
export async function getLifecycle(scope: Scope): Promise<z.input<typeof lifecycleReply>> {
  const { tx, tenantId, now } = scope;
  const { rules, isCounting } = await kept(scope);
  const held = await tx.rows<{ stage: LifeStage; members: number }>("select stage, count(*)::int as members from loyalty.life_stage where tenant_id = $1 group by stage", [tenantId]);
  const came = await tx.rows<{ stage: LifeStage; entered: number }>(
    `select to_stage as stage, count(*)::int as entered from loyalty.life_stage_change
      where tenant_id = $1 and at > $2 and reason <> 'recount' group by to_stage`, [tenantId, new Date(now.getTime() - RECENT_MS)]);
  const [all] = await tx.rows<{ members: number }>("select count(*)::int as members from customers.member where tenant_id = $1 and state = 'active'", [tenantId]);
  const members = new Map(held.map((row) => [row.stage, row.members]));
  const entered = new Map(came.map((row) => [row.stage, row.entered]));
  const elsewhere = held.reduce((sum, row) => sum + row.members, 0);
  return {
    rules, isCounting,
    counts: LIFE_STAGES.map((stage) => ({
      stage, entered: entered.get(stage) ?? 0, members: stage === "potential" ? Math.max(0, (all?.members ?? 0) - elsewhere) : (members.get(stage) ?? 0),
    })),
  };
}

/** From now on; everybody is looked at again, which by itself brings nobody anything. */
export async function setLifecycleRules(scope: Scope, rules: LifecycleRules): Promise<z.input<typeof lifecycleReply>> {
  await demandCoupons(scope, rules);
  await lockProgram(scope);
  const before = await currentRules(scope);
  await keep(scope, rules, true);
  audit(scope, { action: "lifecycle.set", subjectKind: "points-program", subjectId: scope.tenantId, before, after: rules });
  await enqueue(scope, RECOUNT, {});
  return getLifecycle(scope);
}

export async function endCounting(scope: Scope): Promise<void> {
  await scope.tx.rows(`update loyalty.program set lifecycle = lifecycle || '{"isCounting": false}' where tenant_id = $1 and lifecycle is not null`, [scope.tenantId]);
}

async function keep({ tx, tenantId }: Scope, rules: LifecycleRules, isCounting: boolean): Promise<void> {
  await tx.rows("update loyalty.program set lifecycle = $2::jsonb where tenant_id = $1", [tenantId, JSON.stringify({ rules, isCounting })]);
}

async function demandCoupons({ tx, tenantId }: Scope, { actions }: LifecycleRules): Promise<void> {
  const wanted = Object.entries(actions).flatMap(([stage, one]) => (one?.couponTemplateId ? [{ stage, id: one.couponTemplateId }] : []));
  if (wanted.length === 0) return;
  const live = await tx.rows<{ id: string }>("select id from promotions.coupon_template where tenant_id = $1 and id = any($2::uuid[]) and state = 'live'", [tenantId, wanted.map((one) => one.id)]);
  const errors = wanted.filter((one) => !live.some((row) => row.id === one.id))
    .map(({ stage }) => ({ field: `actions.${stage}.couponTemplateId`, code: "unknown", message: "No live coupon template has this id" }));
  if (errors.length > 0) throw invalid({ errors });
}
