import type { ApprovalKind, Approvals, ApprovalWaiting, ChainStep, Wish } from "../../../kernel/approval.ts";
import { audit } from "../../../kernel/audit.ts";
import { notFound } from "../../../kernel/problem.ts";
import { memberOf, newId, staffOf, type Scope } from "../../../kernel/scope.ts";
import { applying, kindOf, stepsOf, type Kinds } from "./chain.ts";
import { withdraw } from "./decision.ts";
import { ownPlace, unitPlace, type Place } from "./people.ts";
import { findRequest, nobodyDecides, note, stepOf } from "./request.ts";
import { openStep } from "./seats.ts";

/** The approvals of an installation: what kinds of wishes there are, and the door at which modules ask. */
export interface ApprovalDesk extends Approvals {
  readonly kinds: Kinds;
}

export function approvalDesk(list: readonly ApprovalKind[]): ApprovalDesk {
  const kinds: Kinds = new Map(list.map((kind) => [kind.kind, kind]));
  return {
    kinds,
    isGoverned: async (scope, kind) => scope.actor.kind === "staff" && (await stepsOf(scope, kindOf(kinds, kind))).length > 0,
    ask: (scope, wish) => ask(scope, kinds, wish),
    wouldAsk: async (scope, wish) => (await stepsFor(scope, kinds, wish)) !== null,
    takeBack: (scope, id) => withdraw(scope, kinds, id, null),
    waitingOn,
  };
}

/** The steps that apply to a wish, and where it belongs. People are asked about what people do: a key and the system have been told by somebody what they may do. */
async function stepsFor(scope: Scope, kinds: Kinds, { kind: name, amount, unitId, isAboveLimit = false }: Omit<Wish, "payload" | "reason">): Promise<{ steps: ChainStep[]; place: Place } | null> {
  const { actor } = scope;
  if (actor.kind !== "staff" && actor.kind !== "member") return null;
  const kind = kindOf(kinds, name);
  const all = await stepsOf(scope, kind);
  if (all.length === 0 && !isAboveLimit) return null;
  const own = actor.kind === "staff" ? await ownPlace(scope, actor.staffId, kind.can) : undefined;
  const place = unitId || !own ? await unitPlace(scope, unitId ?? null) : own;
  if (!place) throw notFound({ detail: "No such unit" });
  const steps = applying(all, kind, { amount, level: (own ?? place).kind, isAboveLimit });
  return steps.length > 0 ? { steps, place } : null;
}

async function ask(scope: Scope, kinds: Kinds, wish: Wish): Promise<ApprovalWaiting | null> {
  const { tenantId } = scope;
  const found = await stepsFor(scope, kinds, wish);
  if (!found) return null;
  const { kind: name, id = newId<"approval">(scope), payload, amount, reason, isAboveLimit = false } = wish;
  const [those, isMembers] = [found.steps, scope.actor.kind === "member"];
  await scope.tx.rows(
    `insert into platform.approval_request (tenant_id, id, kind, payload, amount, is_above_limit, unit_id, reason, steps, asked_by, is_members, asked_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [tenantId, id, name, JSON.stringify(payload), amount, isAboveLimit, found.place.id, reason, JSON.stringify(those), isMembers ? memberOf(scope) : staffOf(scope), isMembers, scope.now]);
  const request = await findRequest(scope, id);
  note(scope, request, "asked");
  const people = await openStep(scope, kinds, request);
  if (people.length === 0) throw nobodyDecides();
  audit(scope, { action: "approval.ask", subjectKind: "approval", subjectId: id, after: { kind: name, amount, steps: those.map((step) => step.name) }, reason });
  const { due_at } = await findRequest(scope, id);
  return { state: "waiting", requestId: id, kind: name, stepName: stepOf(request).name, deciders: people.map((one) => one.name), dueAt: due_at?.toISOString() ?? null };
}

async function waitingOn({ tx, tenantId }: Scope, kind: string, about: object) {
  const rows = await tx.rows<{ id: string; asked_at: Date; deciders: string[] }>(
    `select q.id, q.asked_at, coalesce(array_agg(p.name order by s.turn, p.name) filter (where p.id is not null), '{}') as deciders from platform.approval_request q
       left join platform.approval_seat s on s.tenant_id = $1 and s.request_id = q.id and s.step_no = q.step_no and s.state = 'waiting'
       left join org.staff p on p.tenant_id = $1 and p.id = s.staff_id
      where q.tenant_id = $1 and q.kind = $2 and q.state = 'waiting' and q.payload @> $3::jsonb group by q.id, q.asked_at order by q.id`, [tenantId, kind, JSON.stringify(about)]);
  return rows.map((row) => ({ requestId: row.id, askedAt: row.asked_at.toISOString(), deciders: row.deciders }));
}
