import type { z } from "zod";
import { audit } from "../../kernel/audit.ts";
import { fieldProblem } from "../../kernel/problem.ts";
import type { Scope } from "../../kernel/scope.ts";
import { listEarnRules } from "./earn-rule.ts";
import { lockProgram } from "./program.lock.ts";
import { currentProgram, type Program } from "./program.ts";
import type { ProgramBody, programReply } from "./program.schema.ts";

/** The program as it is set, for screens; a tenant without one sees what would apply. */
export async function getProgram(scope: Scope): Promise<z.input<typeof programReply>> {
  const program = await currentProgram(scope);
  return { ...settingsOf(program), rules: await listEarnRules(scope), version: program.version };
}

const settingsOf = (program: Program) => ({
  earn: { points: program.earnPoints, perFen: program.earnPerFen },
  expiry: program.expiryKind, expiryMonths: program.expiryKind === "months" ? program.expiryMonths : null,
  spend: {
    points: program.spendPoints, fen: program.spendFen, step: program.spendStep,
    maxPercent: program.maxOrderSharePercent === 100 ? null : program.maxOrderSharePercent,
  },
  negativePolicy: program.negativePolicy, tierWindowMonths: program.tierWindowMonths,
});

/**
 * Sets the program. Points that were earned before keep their expiry: it is on their lots. What is answered comes from the
 * body, not from `currentProgram`: that remembers what it reads, and this is not committed yet.
 */
export async function setProgram(scope: Scope, body: ProgramBody): Promise<z.input<typeof programReply>> {
  const isNew = await lockProgram(scope);
  const before = await currentProgram(scope);
  const expiry = expiryAfter(before, body);
  const after = {
    ...before, earnPoints: body.earn.points, earnPerFen: body.earn.perFen, expiryKind: expiry.kind, expiryMonths: expiry.months,
    spendPoints: body.spend.points, spendFen: body.spend.fen, spendStep: body.spend.step ?? (isNew ? body.spend.points : before.spendStep),
    maxOrderSharePercent: body.spend.maxPercent === undefined ? before.maxOrderSharePercent : body.spend.maxPercent ?? 100,
    negativePolicy: body.negativePolicy ?? before.negativePolicy, tierWindowMonths: body.tierWindowMonths ?? before.tierWindowMonths,
  };
  const [row] = await scope.tx.rows<{ version: number }>(
    `update loyalty.program set earn_points = $2, earn_per_fen = $3, expiry_kind = $4, expiry_months = $5, spend_points = $6, spend_fen = $7, spend_step = $8,
            max_order_share_percent = $9, negative_policy = $10, tier_window_months = $11, version = version + 1, updated_at = $12
      where tenant_id = $1 returning version`,
    [scope.tenantId, after.earnPoints, after.earnPerFen, after.expiryKind, after.expiryMonths, after.spendPoints, after.spendFen, after.spendStep,
      after.maxOrderSharePercent, after.negativePolicy, after.tierWindowMonths, scope.now]);
  audit(scope, { action: "points-program.set", subjectKind: "points-program", subjectId: scope.tenantId, before: settingsOf(before), after: settingsOf(after) });
  return { ...settingsOf(after), rules: await listEarnRules(scope), version: row?.version ?? before.version };
}

function expiryAfter(before: Program, { expiry, expiryMonths }: ProgramBody): { kind: Program["expiryKind"]; months: number } {
  const kind = expiry ?? (expiryMonths === undefined ? before.expiryKind : expiryMonths === null ? "never" : "months");
  if (kind !== "months" && expiryMonths) throw fieldProblem("expiryMonths", "not-for-kind", `an expiry of kind ${kind} has no months`);
  if (kind === "months" && expiryMonths === null) throw fieldProblem("expiryMonths", "required", "an expiry by months needs them");
  return { kind, months: expiryMonths ?? before.expiryMonths };
}
