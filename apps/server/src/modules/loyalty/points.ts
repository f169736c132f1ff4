import { POINTS_ADJUSTED, type PointsAdjusted } from "../../events/loyalty.ts";
import { audit } from "../../kernel/audit.ts";
import { publish } from "../../kernel/events.ts";
import { hint } from "../../kernel/live.ts";
import type { Points } from "../../kernel/money.ts";
import { notFound, problem } from "../../kernel/problem.ts";
import { newId, type Scope } from "../../kernel/scope.ts";
import { lockMembers } from "../customers/index.ts";
import { balancesOf, Journal } from "../ledger/index.ts";
import { expiryOf } from "./lifetime.ts";
import { currentProgram, POINTS } from "./program.ts";

export const insufficientPoints = problem("loyalty/insufficient-points", 409, "Not enough points");
export const memberUnusable = problem("loyalty/member-unusable", 409, "This member's points cannot be changed");

export interface Adjustment {
  memberId: string;
  /** signed, not 0 */
  points: Points;
  reason: string;
  /** Of the request that asked for it; its own otherwise. */
  id?: string;
}

/** A member whose points may be moved; the row is the lock of everything about them. */
export async function lockHolder(scope: Scope, memberId: string): Promise<void> {
  const member = (await lockMembers(scope, [memberId])).get(memberId);
  if (!member) throw notFound({ detail: "No such member" });
  if (member.state !== "active" && member.state !== "frozen") throw memberUnusable({ state: member.state });
}

/**
 * Gives points or takes them away by hand, for a reason. Given points are a lot of their own with the program's expiry;
 * taking them burns what expires first. Throws `insufficientPoints` with the missing number; then nothing has changed.
 */
export async function adjustPoints(scope: Scope, { memberId, points, reason, id: adjustmentId = newId<"adjustment">(scope) }: Adjustment) {
  await lockHolder(scope, memberId);
  const key = { holderId: memberId, asset: POINTS };
  const [journal, program] = await Promise.all([Journal.open(scope, [key]), currentProgram(scope)]);
  const before = balancesOf(journal.find(key), scope.now).active;
  const cause = { kind: "adjust", counter: "adjusted", refId: adjustmentId, memo: reason };
  if (points > 0) {
    journal.credit(key, {
      ...cause, amount: points, earnedAt: scope.now, activeFrom: scope.now, expiresAt: expiryOf(program, scope.now, scope.zone),
      originKind: "adjustment", originId: adjustmentId, storeId: null, ruleVersion: null,
    });
  } else {
    const available = journal.available(key);
    if (available < -points) throw insufficientPoints({ available, missing: { points: -points - available } });
    journal.debit(key, -points, cause);
  }
  const balances = balancesOf(journal.find(key), scope.now);
  journal.close();
  audit(scope, { action: "points.adjust", subjectKind: "member", subjectId: memberId, before: { points: before }, after: { points: balances.active, change: points }, reason });
  await publish(scope, POINTS_ADJUSTED, memberId, { memberId, points, active: balances.active, reason } satisfies PointsAdjusted);
  hint(scope, "members", [memberId]);
  return { id: adjustmentId, state: "done" as const, memberId, points, reason, balance: balances };
}
