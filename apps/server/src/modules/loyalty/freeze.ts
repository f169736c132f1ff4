import { POINTS_FROZEN, POINTS_UNFROZEN, type PointsFrozen } from "../../events/loyalty.ts";
import { audit } from "../../kernel/audit.ts";
import { publish } from "../../kernel/events.ts";
import { hint } from "../../kernel/live.ts";
import type { Points } from "../../kernel/money.ts";
import { notFound, problem } from "../../kernel/problem.ts";
import { actorRef, newId, type Scope } from "../../kernel/scope.ts";
import { Journal } from "../ledger/index.ts";
import { insufficientPoints, lockHolder } from "./points.ts";
import { POINTS } from "./program.ts";

export const alreadyReleased = problem("loyalty/already-released", 409, "These points are not frozen any more");

/** A freeze has no end of its own; the ledger's holds have one. */
const NO_END = new Date("9999-12-31T00:00:00Z");
const holdOf = (freezeId: string): string => `freeze:${freezeId}`;

interface FreezeRow {
  id: string;
  member_id: string;
  points: number;
  reason: string;
  at: Date;
  released_at: Date | null;
  release_reason: string | null;
}

/**
 * Sets points aside so that they cannot be spent, passed on or taken away, until somebody lets them go; all that can be spent
 * where no number is given. They do not end meanwhile. Throws `insufficientPoints`.
 */
export async function freezePoints(scope: Scope, { memberId, points: wanted, reason }: { memberId: string; points?: Points | undefined; reason: string }) {
  await lockHolder(scope, memberId);
  const key = { holderId: memberId, asset: POINTS };
  const journal = await Journal.open(scope, [key]);
  const available = journal.available(key);
  const points = wanted ?? available;
  if (points === 0 || available < points) throw insufficientPoints({ available, missing: { points: Math.max(1, points - available) } });
  const id = newId<"freeze">(scope);
  journal.hold(key, points, holdOf(id), NO_END);
  journal.close();
  await scope.tx.db.insertInto("loyalty.points_freeze").values({ id, member_id: memberId, points, reason, by_actor: actorRef(scope.actor), at: scope.now }).execute();
  audit(scope, { action: "points.freeze", subjectKind: "member", subjectId: memberId, after: { freezeId: id, points }, reason });
  await publish(scope, POINTS_FROZEN, memberId, { memberId, points, reason } satisfies PointsFrozen);
  hint(scope, "members", [memberId]);
  return viewOf({ id, member_id: memberId, points, reason, at: scope.now, released_at: null, release_reason: null });
}

/** Lets frozen points go. What has ended meanwhile ends now. Throws `alreadyReleased`. */
export async function unfreezePoints(scope: Scope, { memberId, freezeId, reason }: { memberId: string; freezeId: string; reason: string }) {
  await lockHolder(scope, memberId);
  const [row] = await scope.tx.rows<FreezeRow>(
    `select id, member_id, points, reason, at, released_at, release_reason from loyalty.points_freeze
      where tenant_id = $1 and id = $2 and member_id = $3`, [scope.tenantId, freezeId, memberId]);
  if (!row) throw notFound({ detail: "No such freeze" });
  if (row.released_at) throw alreadyReleased();
  const journal = await Journal.open(scope, [{ holderId: memberId, asset: POINTS }], [holdOf(freezeId)]);
  journal.release(holdOf(freezeId));
  journal.close();
  await scope.tx.db.updateTable("loyalty.points_freeze").set({ released_by: actorRef(scope.actor), released_at: scope.now, release_reason: reason }).where("id", "=", freezeId).execute();
  audit(scope, { action: "points.unfreeze", subjectKind: "member", subjectId: memberId, after: { freezeId, points: row.points }, reason });
  await publish(scope, POINTS_UNFROZEN, memberId, { memberId, points: row.points, reason } satisfies PointsFrozen);
  hint(scope, "members", [memberId]);
  return viewOf({ ...row, released_at: scope.now, release_reason: reason });
}

/** A member's freezes, newest first; the hundred that matter. */
export async function listFreezes(scope: Scope, memberId: string) {
  const rows = await scope.tx.rows<FreezeRow>(
    `select id, member_id, points, reason, at, released_at, release_reason from loyalty.points_freeze
      where tenant_id = $1 and member_id = $2 order by at desc, id desc limit 100`, [scope.tenantId, memberId]);
  return rows.map(viewOf);
}

const viewOf = (row: FreezeRow) => ({
  id: row.id, memberId: row.member_id, points: row.points, reason: row.reason, at: row.at.toISOString(),
  releasedAt: row.released_at?.toISOString() ?? null, releaseReason: row.release_reason,
});
