import type { ChainStep } from "../../../kernel/approval.ts";
import { hint } from "../../../kernel/live.ts";
import { notFound, problem } from "../../../kernel/problem.ts";
import { actorRef, newId, type Scope } from "../../../kernel/scope.ts";
import { notify } from "../notification/notification.ts";
import { answerNotice } from "../notification/reading.ts";
import { WAITING_MOVED } from "../todo/todo.ts";
import { kindOf, type Kinds } from "./chain.ts";
import { unitPlace, type Asked, type Person } from "./people.ts";

export const ownRequest = problem("platform/own-request", 409, "Somebody else has to decide on this");
export const alreadyDecided = problem("platform/already-decided", 409, "This has been decided already");
export const notYours = problem("platform/not-your-decision", 403, "Others decide on this");
export const nobodyDecides = problem("platform/nobody-decides", 409, "There is nobody else who could decide on this");
export const notCarriedOut = problem("platform/not-carried-out", 409, "Agreed, but it cannot be done now; it goes on waiting");

export interface Request {
  id: string;
  kind: string;
  payload: never;
  amount: number;
  is_above_limit: boolean;
  unit_id: string;
  reason: string;
  steps: ChainStep[];
  step_no: number;
  round: number;
  due_at: Date | null;
  state: "waiting" | "approved" | "rejected" | "withdrawn";
  problem: { code: string; title: string; detail?: string } | null;
  /** A colleague, or the member whom it is about. */
  asked_by: string;
  is_members: boolean;
  asked_at: Date;
  ended_at: Date | null;
}

export const REQUEST = "q.id, q.kind, q.payload, q.amount, q.is_above_limit, q.unit_id, q.reason, q.steps, q.step_no, q.round, q.due_at, q.state, q.problem, q.asked_by, q.is_members, q.asked_at, q.ended_at";

export async function findRequest({ tx, tenantId }: Scope, id: string, lock = false): Promise<Request> {
  const [row] = await tx.rows<Request>(`select ${REQUEST} from platform.approval_request q where q.tenant_id = $1 and q.id = $2${lock ? " for update" : ""}`, [tenantId, id]);
  if (!row) throw notFound({ detail: "No such request" });
  return row;
}

/** Locked, and still to be decided. */
export async function lockWaiting(scope: Scope, id: string): Promise<Request> {
  const request = await findRequest(scope, id, true);
  if (request.state !== "waiting") throw alreadyDecided({ state: request.state });
  return request;
}

export const stepOf = ({ steps, step_no }: Pick<Request, "steps" | "step_no">): ChainStep => {
  const step = steps[step_no];
  if (!step) throw new Error("A request without its step");
  return step;
};

export async function askedOf(scope: Scope, kinds: Kinds, request: Request): Promise<Asked> {
  const place = await unitPlace(scope, request.unit_id);
  if (!place) throw new Error("A request's unit is gone");
  return { kind: kindOf(kinds, request.kind), place, askerId: request.asked_by, amount: request.amount };
}

export interface Seat {
  step_no: number;
  staff_id: string;
  turn: number;
  state: "queued" | "waiting" | "approved" | "rejected" | "handed" | "passed";
  for_staff_id: string | null;
  decided_by: string | null;
  decided_at: Date | null;
  comment: string | null;
}

export const readSeats = ({ tx, tenantId }: Scope, requestId: string): Promise<Seat[]> =>
  tx.rows<Seat>("select step_no, staff_id, turn, state, for_staff_id, decided_by, decided_at, comment from platform.approval_seat where tenant_id = $1 and request_id = $2 order by step_no, turn, staff_id", [tenantId, requestId]);

export type Happening = "asked" | "approved" | "rejected" | "delegated" | "escalated" | "fell-back" | "not-carried-out" | "carried-out" | "withdrawn";

/** Into the request's own history. */
export function note(scope: Scope, { id, step_no }: Pick<Request, "id" | "step_no">, what: Happening, { comment = null, ...details }: { comment?: string | null; [detail: string]: unknown } = {}): void {
  scope.tx.write(
    "insert into platform.approval_event (tenant_id, id, request_id, at, actor, what, step_no, comment, details) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    [scope.tenantId, newId(scope), id, scope.now, actorRef(scope.actor), what, step_no, comment, JSON.stringify(details)]);
}

/** Their bells ring, their deputies' too, and the lists that are open look again. */
export async function tellDeciders(scope: Scope, { id, kind }: Pick<Request, "id" | "kind">, people: readonly Person[]): Promise<void> {
  const staffIds = await withDeputies(scope, people.map((one) => one.id));
  await notify(scope, { staffIds }, { kind: "approval", title: "approval.asked", params: { what: kind }, link: linkOf(id) });
  hint(scope, WAITING_MOVED, staffIds);
}

/** It waits for none of them any more: what rang for it is answered, and whoever has it open sees what became of it. */
export async function untellDeciders(scope: Scope, { id }: Pick<Request, "id">, seated: readonly string[]): Promise<void> {
  const staffIds = await withDeputies(scope, seated);
  await answerNotice(scope, linkOf(id), staffIds);
  hint(scope, WAITING_MOVED, staffIds);
}

const linkOf = (id: string): string => `/approvals?id=${id}`;

async function withDeputies(scope: Scope, staffIds: readonly string[]): Promise<string[]> {
  const deputies = await scope.tx.rows<{ id: string }>(
    "select distinct deputy_id as id from platform.approval_deputy where tenant_id = $1 and staff_id = any($2::uuid[]) and from_at <= $3 and until_at > $3", [scope.tenantId, staffIds, scope.now]);
  return [...new Set([...staffIds, ...deputies.map((one) => one.id)])];
}

/** A member hears from whoever keeps what they asked for. */
export async function tellAsker(scope: Scope, { id, kind, asked_by, is_members }: Request, what: "approved" | "rejected" | "failed"): Promise<void> {
  if (is_members) return;
  await notify(scope, { staffIds: [asked_by] }, { kind: "approval", title: `approval.${what}`, params: { what: kind }, link: `/approvals?id=${id}&tab=asked` });
  hint(scope, WAITING_MOVED, [asked_by]);
}
