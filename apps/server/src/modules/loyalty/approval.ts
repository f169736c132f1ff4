import type { ApprovalKind, Approvals, ApprovalWaiting } from "../../kernel/approval.ts";
import { audit } from "../../kernel/audit.ts";
import type { Points } from "../../kernel/money.ts";
import { notFound } from "../../kernel/problem.ts";
import type { Scope } from "../../kernel/scope.ts";
import { getMember, memberNames, survivorOf } from "../customers/index.ts";
import { balancesOf, readAccounts } from "../ledger/index.ts";
import { adjustPoints, type Adjustment } from "./points.ts";
import { POINTS } from "./program.ts";

/** Of these people, who has no limit that this many points are above: the most that one of their roles allows counts. */
async function mayAlone({ tx, tenantId }: Scope, staffIds: readonly string[], points: Points): Promise<string[]> {
  const rows = await tx.rows<{ staff_id: string }>(
    `select s.staff_id from org.staff_role s
       join org.role r on r.tenant_id = $1 and r.id = s.role_id and 'points.adjust' = any(r.permissions)
       left join loyalty.adjustment_limit l on l.tenant_id = $1 and l.role_id = r.id
      where s.tenant_id = $1 and s.staff_id = any($2::uuid[])
      group by s.staff_id having bool_or(l.max_points is null) or max(l.max_points) >= $3`, [tenantId, staffIds, points]);
  return rows.map((row) => row.staff_id);
}

interface Payload {
  memberId: string;
  /** signed */
  points: Points;
}

/** Adjusts at once, or asks whoever has to agree: nothing moves until then. Keys and the system have no limit. */
export async function adjustOrAsk(scope: Scope, approvals: Approvals, adjustment: Adjustment): Promise<Awaited<ReturnType<typeof adjustPoints>> | { waiting: ApprovalWaiting }> {
  const { actor } = scope;
  if (actor.kind !== "staff") return adjustPoints(scope, adjustment);
  const { memberId, points, reason } = adjustment;
  const amount = Math.abs(points);
  await getMember(scope, memberId);
  const isAboveLimit = (await mayAlone(scope, [actor.staffId], amount)).length === 0;
  const waiting = await approvals.ask(scope, { kind: "points", payload: { memberId, points } satisfies Payload, amount, reason, isAboveLimit });
  return waiting ? { waiting } : adjustPoints(scope, adjustment);
}

/** An adjustment above somebody's own limit, or as the tenant's chain says. */
export const pointsApproval = {
  kind: "points",
  names: { zh: "调整积分", en: "Adjust points" },
  can: "points.adjust",
  unit: "points",
  defaultSteps: [{ name: "above-limit", who: { kind: "able" }, mode: "any", when: { isAboveLimit: true } }],
  mayAlone,
  async describe(scope: Scope, { memberId: askedOf, points }: Payload) {
    const memberId = await survivorOf(scope, askedOf);
    const [names, accounts] = [await memberNames(scope, [memberId]), await readAccounts(scope, [{ holderId: memberId, asset: POINTS }])];
    const name = names.get(memberId) || "会员";
    const { active } = balancesOf([...accounts.values()][0], scope.now);
    const much = Math.abs(points).toLocaleString("en-US");
    return {
      title: points > 0 ? { zh: `给${name}增加 ${much} 积分`, en: `Give ${name} ${much} points` } : { zh: `扣减${name} ${much} 积分`, en: `Take ${much} points from ${name}` },
      link: { kind: "member" as const, id: memberId },
      facts: [
        { label: { zh: "会员", en: "Member" }, unit: "text" as const, value: name },
        { label: { zh: "可用积分", en: "Points that can be spent" }, unit: "points" as const, before: active, value: active + points },
      ],
    };
  },
  async carryOut(scope: Scope, { id, payload, reason }: { id: string; payload: Payload; reason: string }) {
    await adjustPoints(scope, { memberId: await survivorOf(scope, payload.memberId), points: payload.points, reason, id });
  },
} as const satisfies ApprovalKind;

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
