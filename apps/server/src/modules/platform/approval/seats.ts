import type { ChainStep } from "../../../kernel/approval.ts";
import { audit } from "../../../kernel/audit.ts";
import type { Scope } from "../../../kernel/scope.ts";
import type { Kinds } from "./chain.ts";
import { administrators, deciders, type Person } from "./people.ts";
import { askedOf, note, readSeats, stepOf, tellDeciders, untellDeciders, type Request, type Seat } from "./request.ts";

const HOUR_MS = 3_600_000;

/**
 * Opens a request's step: whoever decides there gets a seat. Where nobody can, the administrators do, and the audit log says
 * so. Answers who can decide now; nobody means that not even an administrator is left.
 */
export async function openStep(scope: Scope, kinds: Kinds, request: Request): Promise<readonly Person[]> {
  const asked = await askedOf(scope, kinds, request);
  const step = stepOf(request);
  const decided = new Set((await readSeats(scope, request.id)).filter((seat) => seat.step_no === request.step_no && seat.decided_by).flatMap((seat) => [seat.staff_id, seat.decided_by]));
  const fresh = (people: readonly Person[]) => people.filter((one) => !decided.has(one.id));
  const people = fresh(await deciders(scope, step.who, asked));
  if (people.length > 0) return seat(scope, request, people, { isSerial: step.mode === "serial", round: request.round, dueAt: dueAt(scope, step) });
  const fallback = fresh(await administrators(scope, asked));
  if (fallback.length === 0) return [];
  const names = fallback.map((one) => one.name);
  note(scope, request, "fell-back", { to: names });
  audit(scope, { action: "approval.fall-back", subjectKind: "approval", subjectId: request.id, after: { step: step.name, to: names } });
  return seat(scope, request, fallback, { isSerial: false, round: request.round + 1, dueAt: null });
}

export const dueAt = ({ now }: Pick<Scope, "now">, { timeoutHours }: ChainStep): Date | null => (timeoutHours ? new Date(now.getTime() + timeoutHours * HOUR_MS) : null);

/** Gives seats, but never to somebody who has decided this step. Beyond the first round one of them is enough. */
export async function seat(scope: Scope, request: Request, people: readonly Person[], { isSerial, round, dueAt: due }: { isSerial: boolean; round: number; dueAt: Date | null }): Promise<readonly Person[]> {
  await scope.tx.rows(
    `insert into platform.approval_seat as s (tenant_id, request_id, step_no, staff_id, asked_by, turn, state)
     select $1, $2, $3, id, $4, no - 1, case when $5 and no > 1 then 'queued' else 'waiting' end from unnest($6::uuid[]) with ordinality as v(id, no)
     on conflict (tenant_id, request_id, step_no, staff_id) do update set turn = excluded.turn, state = excluded.state where s.decided_by is null`,
    [scope.tenantId, request.id, request.step_no, request.asked_by, isSerial, people.map((one) => one.id)]);
  scope.tx.write("update platform.approval_request set step_no = $3, round = $4, due_at = $5 where tenant_id = $1 and id = $2", [scope.tenantId, request.id, request.step_no, round, due]);
  const now = isSerial ? people.slice(0, 1) : people;
  await tellDeciders(scope, request, now);
  return now;
}

/** Nobody decides this step any more, or others do. */
export async function passSeats(scope: Scope, request: Request): Promise<void> {
  const passed = await scope.tx.rows<{ staff_id: string }>(
    "update platform.approval_seat set state = 'passed' where tenant_id = $1 and request_id = $2 and step_no = $3 and state in ('waiting', 'queued') returning staff_id", [scope.tenantId, request.id, request.step_no]);
  await untellDeciders(scope, request, passed.map((row) => row.staff_id));
}

/** What a step still needs, once somebody has agreed: nothing, others who wait already, or the next one in the row. */
export function stillNeeded({ mode }: ChainStep, round: number, seats: readonly Seat[]): "nothing" | "others" | Seat {
  if (mode === "any" || round > 0) return "nothing";
  if (seats.some((one) => one.state === "waiting")) return "others";
  return seats.find((one) => one.state === "queued") ?? "nothing";
}
