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
  expiry: program.expiryKind, expiryMonths: hasMonths(program.expiryKind) ? program.expiryMonths : null,
  expiryDay: program.expiryKind === "fixed-date" ? program.expiryDay : null,
  pending: { kind: program.pendingKind, days: program.pendingDays }, restoreGraceDays: program.restoreGraceDays,
  spend: {
    points: program.spendPoints, fen: program.spendFen, step: program.spendStep,
    maxPercent: program.maxOrderSharePercent === 100 ? null : program.maxOrderSharePercent,
  },
  negativePolicy: program.negativePolicy, transferDayLimit: program.transferDayLimit, combine: program.combine, rounding: program.rounding,
  maxPerOrder: program.maxPerOrder, maxPerDay: program.maxPerDay, tierWindowMonths: program.tierWindowMonths,
});

/** The program as a body would leave it; what the body does not say stays. */
export function programAfter(before: Program, body: ProgramBody, isNew = false): Program {
  const expiry = expiryAfter(before, body);
  const { spend, pending } = body;
  return {
    ...before, earnPoints: body.earn.points, earnPerFen: body.earn.perFen, expiryKind: expiry.kind, expiryMonths: expiry.months,
    expiryDay: body.expiryDay ?? before.expiryDay, pendingKind: pending?.kind ?? before.pendingKind, pendingDays: pending?.days ?? before.pendingDays,
    restoreGraceDays: body.restoreGraceDays ?? before.restoreGraceDays,
    spendPoints: spend.points, spendFen: spend.fen, spendStep: spend.step ?? (isNew ? spend.points : before.spendStep),
    maxOrderSharePercent: spend.maxPercent === undefined ? before.maxOrderSharePercent : spend.maxPercent ?? 100,
    negativePolicy: body.negativePolicy ?? before.negativePolicy, tierWindowMonths: body.tierWindowMonths ?? before.tierWindowMonths,
    transferDayLimit: body.transferDayLimit === undefined ? before.transferDayLimit : body.transferDayLimit,
    combine: body.combine ?? before.combine, rounding: body.rounding ?? before.rounding,
    maxPerOrder: body.maxPerOrder === undefined ? before.maxPerOrder : body.maxPerOrder, maxPerDay: body.maxPerDay === undefined ? before.maxPerDay : body.maxPerDay,
  };
}

/**
 * Sets the program. Points that were earned before keep their expiry: it is on their lots. What is answered comes from the
 * body, not from `currentProgram`: that remembers what it reads, and this is not committed yet.
 */
export async function setProgram(scope: Scope, body: ProgramBody): Promise<z.input<typeof programReply>> {
  const isNew = await lockProgram(scope);
  const before = await currentProgram(scope);
  const after = programAfter(before, body, isNew);
  const [row] = await scope.tx.rows<{ version: number }>(
    `update loyalty.program set earn_points = $2, earn_per_fen = $3, expiry_kind = $4, expiry_months = $5, spend_points = $6, spend_fen = $7, spend_step = $8,
            max_order_share_percent = $9, negative_policy = $10, tier_window_months = $11, pending_kind = $12, pending_days = $13, expiry_day = $14,
            restore_grace_days = $15, transfer_day_limit = $16, earn_combine = $17, earn_rounding = $18, earn_max_per_order = $19, earn_max_per_day = $20,
            version = version + 1, updated_at = $21
      where tenant_id = $1 returning version`,
    [scope.tenantId, after.earnPoints, after.earnPerFen, after.expiryKind, after.expiryMonths, after.spendPoints, after.spendFen, after.spendStep,
      after.maxOrderSharePercent, after.negativePolicy, after.tierWindowMonths, after.pendingKind, after.pendingDays, after.expiryDay,
      after.restoreGraceDays, after.transferDayLimit, after.combine, after.rounding, after.maxPerOrder, after.maxPerDay, scope.now]);
  audit(scope, { action: "points-program.set", subjectKind: "points-program", subjectId: scope.tenantId, before: settingsOf(before), after: settingsOf(after) });
  return { ...settingsOf(after), rules: await listEarnRules(scope), version: row?.version ?? before.version };
}

const hasMonths = (kind: Program["expiryKind"]): boolean => kind === "months" || kind === "activation" || kind === "fixed-date";

function expiryAfter(before: Program, { expiry, expiryMonths, expiryDay, pending }: ProgramBody): { kind: Program["expiryKind"]; months: number } {
  const kind = expiry ?? (expiryMonths === undefined ? before.expiryKind : expiryMonths === null ? "never" : "months");
  if (!hasMonths(kind) && expiryMonths) throw fieldProblem("expiryMonths", "not-for-kind", `an expiry of kind ${kind} has no months`);
  if (hasMonths(kind) && kind !== "fixed-date" && (expiryMonths === null || expiryMonths === 0)) throw fieldProblem("expiryMonths", "required", "an expiry by months needs them");
  if (kind === "fixed-date" && !expiryDay && before.expiryKind !== "fixed-date") throw fieldProblem("expiryDay", "required", "say on which day of the year");
  if (pending && pending.kind !== "none" && pending.days === 0) throw fieldProblem("pending.days", "required", "say after how many days");
  const months = expiryMonths ?? (kind === "fixed-date" && before.expiryKind !== kind ? 0 : before.expiryMonths);
  return { kind, months: kind !== "fixed-date" && months === 0 ? 12 : months };
}
