import type { z } from "zod";
import type { Description } from "../../../kernel/approval.ts";
import { decodeCursor, pageFrom, type Page } from "../../../kernel/http/page.ts";
import { notFound, Problem } from "../../../kernel/problem.ts";
import { demand, may, staffOf, type Scope } from "../../../kernel/scope.ts";
import { staffNames } from "../../org/index.ts";
import { kindOf, type Kinds } from "./chain.ts";
import { everywhere } from "./decision.ts";
import { administrators, deciders } from "./people.ts";
import { askedOf, findRequest, readSeats, REQUEST, stepOf, type Request, type Seat } from "./request.ts";
import type { approvalItem, approvalQuery, approvalReply } from "./schema.ts";

type Item = z.input<typeof approvalItem>;

const MANAGE = "approvals.manage";

/** Whether `$2` decides at the open step of `q`, themselves or as a deputy at `$3`; one person decides a step once. */
export const DECIDES = `q.state = 'waiting' and q.asked_by <> $2 and exists (
    select 1 from platform.approval_seat s where s.tenant_id = $1 and s.request_id = q.id and s.step_no = q.step_no and s.state = 'waiting'
       and (s.staff_id = $2 or exists (select 1 from platform.approval_deputy d where d.tenant_id = $1 and d.staff_id = s.staff_id and d.deputy_id = $2 and d.from_at <= $3 and d.until_at > $3)))
  and not exists (select 1 from platform.approval_seat s where s.tenant_id = $1 and s.request_id = q.id and s.step_no = q.step_no and s.decided_by = $2)`;

const VIEWS = {
  mine: DECIDES,
  asked: "q.asked_by = $2 and $3::timestamptz is not null",
  decided: "$3::timestamptz is not null and exists (select 1 from platform.approval_seat s where s.tenant_id = $1 and s.request_id = q.id and s.decided_by = $2)",
  all: "$2::uuid is not null and $3::timestamptz is not null",
};

/** Requests, newest first: those that wait for the caller, or that they asked or decided; all of them by permission. */
export async function listApprovals(scope: Scope, kinds: Kinds, { view, kind, state, limit, cursor }: z.output<typeof approvalQuery>): Promise<Page<Item>> {
  if (view === "all") demand(scope.actor, MANAGE);
  const [before] = decodeCursor(cursor, 1) ?? [null];
  const rows = await scope.tx.rows<Request & { decides: boolean }>(
    `select ${REQUEST}, (${DECIDES}) as decides from platform.approval_request q
      where q.tenant_id = $1 and ${VIEWS[view]} and ($4::text is null or q.kind = $4) and ($5::text is null or q.state = $5) and ($6::uuid is null or q.id < $6)
      order by q.id desc limit $7`,
    [scope.tenantId, staffOf(scope), scope.now, kind ?? null, state ?? null, before, limit + 1]);
  const { items, nextCursor } = pageFrom(rows, limit, (row) => row, (row) => [row.id]);
  const seats = await openSeats(scope, items);
  const names = await staffNames(scope, [...items.map((row) => row.asked_by), ...seats.map((seat) => seat.staff_id)].map((id) => `staff:${id}`));
  const shown: Item[] = [];
  for (const row of items) shown.push(itemOf(row, await describe(scope, kinds, row), seats.filter((seat) => seat.request_id === row.id), names, row.decides));
  return { items: shown, nextCursor };
}

const openSeats = ({ tx, tenantId }: Scope, rows: readonly Request[]): Promise<{ request_id: string; staff_id: string }[]> =>
  tx.rows(
    `select s.request_id, s.staff_id from platform.approval_seat s join platform.approval_request q on q.tenant_id = $1 and q.id = s.request_id and q.step_no = s.step_no and q.state = 'waiting'
      where s.tenant_id = $1 and s.state = 'waiting' and s.request_id = any($2::uuid[]) order by s.turn, s.staff_id`, [tenantId, rows.map((row) => row.id)]);

type Told = Description & { unit: Item["unit"] };

/** In plain words, as far as everything can be seen: a chain may ask somebody whose own lists end elsewhere. What is gone is named by its kind. */
export async function describe(scope: Scope, kinds: Kinds, { kind: name, payload }: Pick<Request, "kind" | "payload">): Promise<Told> {
  const kind = kindOf(kinds, name);
  try {
    return { ...(await kind.describe(everywhere(scope), payload)), unit: kind.unit };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { title: kind.names, link: null, facts: [], unit: kind.unit };
  }
}

const nameIn = (names: ReadonlyMap<string, string>, id: string): string => names.get(`staff:${id}`) ?? "";

function itemOf(row: Request, told: Told, open: readonly { staff_id: string }[], names: ReadonlyMap<string, string>, canDecide: boolean): Item {
  return {
    id: row.id, kind: row.kind, title: told.title, amount: row.amount, unit: told.unit, reason: row.reason, state: row.state,
    stepNo: row.step_no, steps: row.steps.length, stepName: stepOf(row).name, waitsFor: open.map((seat) => nameIn(names, seat.staff_id)),
    askedBy: row.is_members ? null : { id: row.asked_by, name: nameIn(names, row.asked_by) }, askedAt: row.asked_at.toISOString(), dueAt: row.due_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null, canDecide, hasFailed: row.problem !== null,
  };
}

interface EventRow {
  at: Date;
  actor: string;
  what: string;
  step_no: number;
  comment: string | null;
  details: { to?: string[]; deputyOf?: string; problem?: { title: string; detail?: string } };
}

/** One request with its chain and history, for whoever asked, decides, decided, or sets chains up. */
export async function getApproval(scope: Scope, kinds: Kinds, id: string): Promise<z.input<typeof approvalReply>> {
  const { tx, tenantId, now } = scope;
  const me = staffOf(scope);
  const request = await findRequest(scope, id);
  const seats = await readSeats(scope, id);
  const [{ decides } = { decides: false }] = await tx.rows<{ decides: boolean }>(`select (${DECIDES}) as decides from platform.approval_request q where q.tenant_id = $1 and q.id = $4`, [tenantId, me, now, id]);
  const isConcerned = decides || request.asked_by === me || seats.some((seat) => seat.staff_id === me || seat.decided_by === me) || may(scope.actor, MANAGE);
  if (!isConcerned) throw notFound({ detail: "No such request" });
  const events = await tx.rows<EventRow>("select at, actor, what, step_no, comment, details from platform.approval_event where tenant_id = $1 and request_id = $2 order by at, id", [tenantId, id]);
  const asked = await askedOf(scope, kinds, request);
  const told = await describe(scope, kinds, request);
  const refs = [request.asked_by, ...seats.flatMap((seat) => [seat.staff_id, seat.for_staff_id, seat.decided_by]), ...events.map((event) => event.details.deputyOf ?? null)].flatMap((one) => (one ? [`staff:${one}`] : []));
  const names = await staffNames(scope, [...refs, ...events.map((event) => event.actor)]);
  const chain = [];
  for (const [no, step] of request.steps.entries()) {
    const state = no < request.step_no || request.state === "approved" ? "done" as const : no > request.step_no ? (request.state === "waiting" ? "coming" as const : "left" as const) : (request.state === "waiting" ? "open" as const : "left" as const);
    const own = state === "coming" ? await deciders(scope, step.who, asked) : [];
    const people = state === "coming" && own.length === 0 ? await administrators(scope, asked) : own;
    chain.push({ name: step.name, mode: step.mode, state, seats: seats.filter((seat) => seat.step_no === no).map((seat) => seatView(seat, names)), people: people.map((one) => one.name) });
  }
  const open = seats.filter((seat) => request.state === "waiting" && seat.step_no === request.step_no && seat.state === "waiting");
  return {
    ...itemOf(request, told, open, names, decides), facts: told.facts, link: told.link, problem: request.problem, place: asked.place.name, chain,
    history: events.map((event) => ({
      at: event.at.toISOString(), by: names.get(event.actor) ?? "", what: event.what, stepName: request.steps[event.step_no]?.name ?? "", comment: event.comment,
      to: event.details.to ?? [], deputyOf: event.details.deputyOf ? nameIn(names, event.details.deputyOf) : null, problem: event.details.problem ? (event.details.problem.detail ?? event.details.problem.title) : null,
    })),
    can: [...(decides ? ["approve", "reject", "delegate"] as const : []), ...(request.asked_by === me && request.state === "waiting" ? ["withdraw"] as const : [])],
  };
}

const seatView = (seat: Seat, names: ReadonlyMap<string, string>) => ({
  person: { id: seat.staff_id, name: nameIn(names, seat.staff_id) }, state: seat.state, forName: seat.for_staff_id ? nameIn(names, seat.for_staff_id) : null,
  decidedBy: seat.decided_by ? nameIn(names, seat.decided_by) : null, decidedAt: seat.decided_at?.toISOString() ?? null, comment: seat.comment,
});
