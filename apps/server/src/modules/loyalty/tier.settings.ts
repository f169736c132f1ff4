import type { z } from "zod";
import { audit } from "../../kernel/audit.ts";
import type { Scope } from "../../kernel/scope.ts";
import { patched } from "./patch.ts";
import { lockProgram } from "./program.lock.ts";
import { currentProgram, type Program } from "./program.ts";
import type { tierProgramBody, tierProgramReply } from "./tier.schema.ts";

type Settings = Omit<z.input<typeof tierProgramReply>, "version">;

const settingsOf = (program: Program): Settings => ({
  windowKind: program.tierWindowKind, windowMonths: program.tierWindowMonths, downgrade: program.tierDowngrade, graceDays: program.tierGraceDays,
  noticeDays: program.tierNoticeDays, refundMonth: program.tierRefundMonth,
  growth: { points: program.growthPoints, perFen: program.growthPerFen, perVisit: program.growthPerVisit },
});

/** How tiers are counted, kept and lost: the same for all of them. */
export async function getTierProgram(scope: Scope): Promise<z.input<typeof tierProgramReply>> {
  const program = await currentProgram(scope);
  return { ...settingsOf(program), version: program.version };
}

/** Terms that have begun keep their end; what counts is counted anew from now on. */
export async function setTierProgram(scope: Scope, body: z.output<typeof tierProgramBody>): Promise<z.input<typeof tierProgramReply>> {
  await lockProgram(scope);
  const before = settingsOf(await currentProgram(scope));
  const after = patched<Settings>(before, body);
  const [row] = await scope.tx.rows<{ version: number }>(
    `update loyalty.program set tier_window_kind = $2, tier_window_months = $3, tier_downgrade = $4, tier_grace_days = $5, tier_notice_days = $6,
            tier_refund_month = $7, growth_points = $8, growth_per_fen = $9, growth_per_visit = $10, version = version + 1, updated_at = $11
      where tenant_id = $1 returning version`,
    [scope.tenantId, after.windowKind, after.windowMonths, after.downgrade, after.graceDays, after.noticeDays, after.refundMonth,
      after.growth.points, after.growth.perFen, after.growth.perVisit, scope.now]);
  audit(scope, { action: "tier-program.set", subjectKind: "points-program", subjectId: scope.tenantId, before, after });
  return { ...after, version: row?.version ?? 0 };
}
