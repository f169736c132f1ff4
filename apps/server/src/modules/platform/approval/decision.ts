import { audit } from "../../../kernel/audit.ts";
import { fieldProblem, forbidden, Problem, problem } from "../../../kernel/problem.ts";
import type { Database } from "../../../kernel/db/database.ts";
import { memberOf, staffOf, type Caller, type Scope } from "../../../kernel/scope.ts";
import { staffNames } from "../../org/index.ts";
import { kindOf, type Kinds } from "./chain.ts";
import { activeStaff } from "./people.ts";
import { alreadyDecided, findRequest, lockWaiting, note, notCarriedOut, notYours, ownRequest, readSeats, stepOf, tellAsker, tellDeciders, untellDeciders, type Request, type Seat } from "./request.ts";
import { dueAt, openStep, passSeats, stillNeeded } from "./seats.ts";

export const alreadySeated = problem("platform/already-decides", 409, "This colleague decides on it already");

export interface Verdict {
  id: string;
  verdict: "approved" | "rejected";
  comment: string | null;
}

/** What carrying out threw: the decision is rolled back with it, and noted in a scope of its own. */
class Refused extends Error {
  readonly problem: Problem;

  constructor(cause: Problem) {
    super(cause.message);
    this.problem = cause;
  }
}

/**
 * Decides on a request, and carries it out with the last agreement, in one transaction. What carrying out refuses leaves the
 * request waiting, with the reason: whoever decides may try again later, or reject. Throws `notCarriedOut` then.
 */
export async function decide(database: Database, caller: Caller, kinds: Kinds, given: Verdict): Promise<void> {
  try {
    await database.inScope(caller, (scope) => decideWithin(scope, kinds, given));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { code, title, extra } = error.problem;
    const cause = { code, title, ...(extra.detail ? { detail: extra.detail } : {}), ...(extra.missing ? { missing: extra.missing } : {}) };
    await database.inScope(caller, async (scope) => {
      const request = await findRequest(scope, given.id, true);
      if (request.state !== "waiting") return;
      scope.tx.write("update platform.approval_request set problem = $3 where tenant_id = $1 and id = $2", [scope.tenantId, request.id, JSON.stringify(cause)]);
      note(scope, request, "not-carried-out", { comment: given.comment, problem: cause });
      await tellAsker(scope, request, "failed");
    });
    throw notCarriedOut({ detail: extra.detail ?? title, cause });
  }
}

async function decideWithin(scope: Scope, kinds: Kinds, { id, verdict, comment }: Verdict): Promise<void> {
  const request = await lockWaiting(scope, id);
  const own = await ownSeat(scope, request);
  const by = staffOf(scope);
  await scope.tx.rows(
    "update platform.approval_seat set state = $5, decided_by = $6, decided_at = $7, comment = $8 where tenant_id = $1 and request_id = $2 and step_no = $3 and staff_id = $4",
    [scope.tenantId, id, request.step_no, own.staff_id, verdict, by, scope.now, comment]);
  note(scope, request, verdict, { comment, ...(own.staff_id === by ? {} : { deputyOf: own.staff_id }) });
  audit(scope, { action: `approval.${verdict === "approved" ? "approve" : "reject"}`, subjectKind: "approval", subjectId: id, after: { kind: request.kind, step: stepOf(request).name }, reason: comment });
  await untellDeciders(scope, request, [by, own.staff_id]);
  if (verdict === "rejected") return end(scope, kinds, request, "rejected");
  const needed = stillNeeded(stepOf(request), request.round, (await readSeats(scope, id)).filter((one) => one.step_no === request.step_no));
  if (needed === "others") return;
  if (needed !== "nothing") return giveTurn(scope, request, needed);
  await passSeats(scope, request);
  if (request.step_no + 1 < request.steps.length) await openStep(scope, kinds, { ...request, step_no: request.step_no + 1, round: 0 });
  else await carryOut(scope, kinds, request);
}

async function giveTurn(scope: Scope, request: Request, { staff_id }: Seat): Promise<void> {
  scope.tx.write("update platform.approval_seat set state = 'waiting' where tenant_id = $1 and request_id = $2 and step_no = $3 and staff_id = $4", [scope.tenantId, request.id, request.step_no, staff_id]);
  scope.tx.write("update platform.approval_request set due_at = $3 where tenant_id = $1 and id = $2", [scope.tenantId, request.id, dueAt(scope, stepOf(request))]);
  await tellDeciders(scope, request, [{ id: staff_id, name: "" }]);
}

/** The caller's own seat at the open step, or that of somebody whose deputy they are. One person is not two of "all". */
async function ownSeat(scope: Scope, request: Request): Promise<Seat> {
  const me = staffOf(scope);
  if (request.asked_by === me) throw ownRequest();
  const seats = (await readSeats(scope, request.id)).filter((one) => one.step_no === request.step_no);
  if (seats.some((one) => one.decided_by === me)) throw alreadyDecided({ state: request.state });
  const open = seats.filter((one) => one.state === "waiting");
  const mine = open.find((one) => one.staff_id === me);
  if (mine) return mine;
  const away = new Set((await scope.tx.rows<{ staff_id: string }>(
    "select staff_id from platform.approval_deputy where tenant_id = $1 and deputy_id = $2 and from_at <= $3 and until_at > $3", [scope.tenantId, me, scope.now])).map((row) => row.staff_id));
  const theirs = open.find((one) => away.has(one.staff_id));
  if (theirs) return theirs;
  const names = await staffNames(scope, open.map((one) => `staff:${one.staff_id}`));
  throw notYours({ deciders: [...names.values()] });
}

/** As whoever agreed last, everywhere: the chain made it their decision, wherever their roles reach. */
async function carryOut(scope: Scope, kinds: Kinds, request: Request): Promise<void> {
  try {
    await kindOf(kinds, request.kind).carryOut(everywhere(scope), { id: request.id, payload: request.payload, reason: request.reason });
  } catch (error) {
    throw error instanceof Problem ? new Refused(error) : error;
  }
  await close(scope, request, "approved");
  note(scope, request, "carried-out");
  await tellAsker(scope, request, "approved");
}

export function everywhere(scope: Scope): Scope {
  if (scope.actor.kind === "member") return scope;
  if (scope.actor.kind !== "staff") throw forbidden();
  const { scopes: _scopes, ...actor } = scope.actor;
  return { ...scope, actor: { ...actor, dataScope: { kind: "all", storeIds: null, roots: null } } };
}

const close = (scope: Scope, { id }: Request, state: Exclude<Request["state"], "waiting">): Promise<unknown> =>
  scope.tx.rows("update platform.approval_request set state = $3, ended_at = $4, due_at = null, problem = null where tenant_id = $1 and id = $2", [scope.tenantId, id, state, scope.now]);

async function end(scope: Scope, kinds: Kinds, request: Request, state: "rejected" | "withdrawn"): Promise<void> {
  await passSeats(scope, request);
  await close(scope, request, state);
  await kindOf(kinds, request.kind).ended?.(everywhere(scope), request.payload, state);
  if (state === "rejected") await tellAsker(scope, request, "rejected");
}

/** By whoever asked, while nobody has decided on all of it. */
export async function withdraw(scope: Scope, kinds: Kinds, id: string, comment: string | null): Promise<void> {
  const request = await lockWaiting(scope, id);
  if (request.asked_by !== (scope.actor.kind === "member" ? memberOf(scope) : staffOf(scope))) throw notYours({ detail: "Only whoever asked may take it back" });
  note(scope, request, "withdrawn", { comment });
  audit(scope, { action: "approval.withdraw", subjectKind: "approval", subjectId: id, after: { kind: request.kind }, reason: comment });
  await end(scope, kinds, request, "withdrawn");
}

/** Hands the caller's decision to a colleague, who decides in their place. */
export async function delegate(scope: Scope, id: string, toId: string, comment: string | null): Promise<void> {
  const request = await lockWaiting(scope, id);
  const own = await ownSeat(scope, request);
  const [to] = await activeStaff(scope, [toId], request.asked_by);
  if (!to) throw fieldProblem("staffId", "unknown", "is no colleague who could decide on this");
  const seated = await scope.tx.rows(
    `insert into platform.approval_seat as s (tenant_id, request_id, step_no, staff_id, asked_by, turn, state, for_staff_id) values ($1, $2, $3, $4, $5, $6, 'waiting', $7)
     on conflict (tenant_id, request_id, step_no, staff_id) do update set state = 'waiting', for_staff_id = excluded.for_staff_id, turn = excluded.turn where s.state in ('handed', 'passed') returning 1`,
    [scope.tenantId, id, request.step_no, to.id, request.asked_by, own.turn, own.staff_id]);
  if (seated.length === 0) throw alreadySeated({ name: to.name });
  await scope.tx.rows("update platform.approval_seat set state = 'handed' where tenant_id = $1 and request_id = $2 and step_no = $3 and staff_id = $4", [scope.tenantId, id, request.step_no, own.staff_id]);
  note(scope, request, "delegated", { comment, to: [to.name] });
  audit(scope, { action: "approval.delegate", subjectKind: "approval", subjectId: id, after: { to: to.id, from: own.staff_id }, reason: comment });
  await untellDeciders(scope, request, [own.staff_id, staffOf(scope)]);
  await tellDeciders(scope, request, [to]);
}
