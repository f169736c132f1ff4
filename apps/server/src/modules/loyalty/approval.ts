import { audit } from "../../kernel/audit.ts";
import { decodeCursor, pageFrom, type Page } from "../../kernel/http/page.ts";
import type { Points } from "../../kernel/money.ts";
import { notFound, problem } from "../../kernel/problem.ts";
import { actorRef, newId, type Scope } from "../../kernel/scope.ts";
import { getMember, memberNames } from "../customers/index.ts";
import { balancesOf, readAccounts } from "../ledger/index.ts";
import { adjustPoints, type Adjustment } from "./points.ts";
import { POINTS } from "./program.ts";

export const ownRequest = problem("loyalty/own-request", 409, "Somebody else has to decide on this");
export const alreadyDecided = problem("loyalty/already-decided", 409, "This has been decided already");
export const aboveLimit = problem("loyalty/above-limit", 409, "This is above your own limit");

interface RequestRow {
  id: string;
  member_id: string;
  points: number;
  reason: string;
  state: "waiting" | "approved" | "rejected";
  asked_by: string;
  asked_by_name: string;
  asked_at: Date;
  decided_by_name: string | null;
  decided_at: Date | null;
  decision_reason: string | null;
}

const COLUMNS = "id, member_id, points, reason, state, asked_by, asked_by_name, asked_at, decided_by_name, decided_at, decision_reason";

/**
 * How much the actor may move alone: the most that one of their roles allows, null where one of them has no limit. Keys and the
 * system have none.
 */
export async function limitOf({ actor, tx, tenantId }: Scope): Promise<Points | null> {
  if (actor.kind !== "staff") return null;
  const [row] = await tx.rows<{ limited: boolean; most: number | null }>(
    `select bool_and(l.max_points is not null) as limited, max(l.max_points) as most from org.staff_role s
       join org.role r on r.tenant_id = $1 and r.id = s.role_id and 'points.adjust' = any(r.permissions)
       left join loyalty.adjustment_limit l on l.tenant_id = $1 and l.role_id = r.id
      where s.tenant_id = $1 and s.staff_id = $2`, [tenantId, actor.staffId]);
  return row?.limited ? row.most : null;
}

/** Adjusts at once, or, above the actor's limit, asks somebody else: nothing moves until then. */
export async function adjustOrAsk(scope: Scope, adjustment: Adjustment) {
  const limit = await limitOf(scope);
  if (limit === null || Math.abs(adjustment.points) <= limit) return adjustPoints(scope, adjustment);
  const { memberId, points, reason } = adjustment;
  await getMember(scope, memberId);
  const id = newId<"points-request">(scope);
  await scope.tx.db.insertInto("loyalty.points_request").values({
    id, member_id: memberId, points, reason, asked_by: actorRef(scope.actor), asked_by_name: nameOf(scope), asked_at: scope.now,
  }).execute();
  audit(scope, { action: "points.ask", subjectKind: "member", subjectId: memberId, after: { requestId: id, points, limit }, reason });
  const accounts = await readAccounts(scope, [{ holderId: memberId, asset: POINTS }]);
  return { id, state: "waiting" as const, memberId, points, reason, balance: balancesOf([...accounts.values()][0], scope.now) };
}

const nameOf = ({ actor }: Scope): string => ("name" in actor ? actor.name : "");

/** Carries a request out. Never by whoever asked, nor by somebody who could not have done it alone. */
export async function approveRequest(scope: Scope, id: string, reason: string | null) {
  const row = await lockRequest(scope, id);
  const limit = await limitOf(scope);
  if (limit !== null && Math.abs(row.points) > limit) throw aboveLimit({ limit });
  await decide(scope, row, "approved", reason);
  await adjustPoints(scope, { memberId: row.member_id, points: row.points, reason: row.reason, id });
  return getRequest(scope, id);
}

export async function rejectRequest(scope: Scope, id: string, reason: string) {
  await decide(scope, await lockRequest(scope, id), "rejected", reason);
  return getRequest(scope, id);
}

async function lockRequest(scope: Scope, id: string): Promise<RequestRow> {
  const [row] = await scope.tx.rows<RequestRow>(`select ${COLUMNS} from loyalty.points_request where tenant_id = $1 and id = $2 for update`, [scope.tenantId, id]);
  if (!row) throw notFound({ detail: "No such request" });
  if (row.state !== "waiting") throw alreadyDecided({ state: row.state });
  if (row.asked_by === actorRef(scope.actor)) throw ownRequest();
  return row;
}

async function decide(scope: Scope, row: RequestRow, state: "approved" | "rejected", reason: string | null): Promise<void> {
  await scope.tx.db.updateTable("loyalty.points_request").set({
    state, decided_by: actorRef(scope.actor), decided_by_name: nameOf(scope), decided_at: scope.now, decision_reason: reason,
  }).where("id", "=", row.id).execute();
  audit(scope, { action: `points.${state === "approved" ? "approve" : "reject"}`, subjectKind: "member", subjectId: row.member_id, after: { requestId: row.id, points: row.points }, reason });
}

async function getRequest(scope: Scope, id: string) {
  const rows = await scope.tx.rows<RequestRow>(`select ${COLUMNS} from loyalty.points_request where tenant_id = $1 and id = $2`, [scope.tenantId, id]);
  const [one] = await viewsOf(scope, rows);
  if (!one) throw notFound();
  return one;
}

/** Newest first, of one state or of all. */
export async function listRequests(scope: Scope, query: { state?: RequestRow["state"] | undefined; limit: number; cursor?: string | undefined }): Promise<Page<Awaited<ReturnType<typeof viewsOf>>[number]>> {
  const after = decodeCursor(query.cursor, 1);
  const rows = await scope.tx.rows<RequestRow>(
    `select ${COLUMNS} from loyalty.points_request where tenant_id = $1 and ($2::text is null or state = $2) and ($3::uuid is null or id < $3)
      order by id desc limit $4`, [scope.tenantId, query.state ?? null, after?.[0] ?? null, query.limit + 1]);
  const { items, nextCursor } = pageFrom(rows, query.limit, (row) => row, (row) => [row.id]);
  return { items: await viewsOf(scope, items), nextCursor };
}

async function viewsOf(scope: Scope, rows: readonly RequestRow[]) {
  const names = await memberNames(scope, rows.map((row) => row.member_id));
  const me = actorRef(scope.actor);
  return rows.map((row) => ({
    id: row.id, memberId: row.member_id, memberName: names.get(row.member_id) ?? "", points: row.points, reason: row.reason, state: row.state,
    askedBy: row.asked_by_name, askedAt: row.asked_at.toISOString(), isMine: row.asked_by === me,
    decidedBy: row.decided_by_name, decidedAt: row.decided_at?.toISOString() ?? null, decisionReason: row.decision_reason,
  }));
}

/** The roles that may adjust points, and how far. */
export const listLimits = ({ tx, tenantId }: Scope): Promise<{ roleId: string; roleName: string; maxPoints: number | null }[]> =>
  tx.rows(
    `select r.id as "roleId", r.name as "roleName", l.max_points as "maxPoints" from org.role r
       left join loyalty.adjustment_limit l on l.tenant_id = $1 and l.role_id = r.id
      where r.tenant_id = $1 and 'points.adjust' = any(r.permissions) order by r.is_builtin desc, r.id`, [tenantId]);

/** Sets the limits of the roles that are named; null takes a limit away. */
export async function setLimits(scope: Scope, limits: readonly { roleId: string; maxPoints: number | null }[]) {
  const before = await listLimits(scope);
  const known = new Set(before.map((one) => one.roleId));
  if (limits.some((one) => !known.has(one.roleId))) throw notFound({ detail: "No such role that may adjust points" });
  const { tx, tenantId } = scope;
  await tx.rows("delete from loyalty.adjustment_limit where tenant_id = $1 and role_id = any($2::uuid[])", [tenantId, limits.map((one) => one.roleId)]);
  const kept = limits.filter((one) => one.maxPoints !== null);
  await tx.rows(
    `insert into loyalty.adjustment_limit (tenant_id, role_id, max_points) select $1, role_id, max_points from unnest($2::uuid[], $3::bigint[]) as v(role_id, max_points)
     on conflict (tenant_id, role_id) do update set max_points = excluded.max_points`,
    [tenantId, kept.map((one) => one.roleId), kept.map((one) => one.maxPoints)]);
  const after = await listLimits(scope);
  audit(scope, { action: "points-limits.set", subjectKind: "points-program", subjectId: tenantId, before: { limits: before }, after: { limits: after } });
  return after;
}
