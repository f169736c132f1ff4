import { audit } from "../../../kernel/audit.ts";
import type { Schedule } from "../../../kernel/jobs.ts";
import type { Scope } from "../../../kernel/scope.ts";
import type { Kinds } from "./chain.ts";
import { administrators, nextAbove } from "./people.ts";
import { askedOf, note, readSeats, REQUEST, stepOf, type Request } from "./request.ts";
import { dueAt, openStep, passSeats, seat } from "./seats.ts";

/** Requests whose time is up go higher; those whose every decider has left get others. */
export const overdueSchedule = (kinds: Kinds): Schedule => ({
  name: "platform.approvals-due", cron: "* * * * *", zone: "UTC",
  run: async (scope) => {
    const due = await scope.tx.rows<Request>(
      `select ${REQUEST} from platform.approval_request q where q.tenant_id = $1 and q.state = 'waiting' and q.due_at <= $2 order by q.id limit 200 for update`, [scope.tenantId, scope.now]);
    for (const request of due) await escalate(scope, kinds, request);
    const orphaned = await scope.tx.rows<Request>(
      `select ${REQUEST} from platform.approval_request q
        where q.tenant_id = $1 and q.state = 'waiting' and not exists (
          select 1 from platform.approval_seat s join org.staff p on p.tenant_id = $1 and p.id = s.staff_id and p.state = 'active'
           where s.tenant_id = $1 and s.request_id = q.id and s.step_no = q.step_no and s.state = 'waiting')
        order by q.id limit 200 for update`, [scope.tenantId]);
    for (const request of orphaned) await reseat(scope, kinds, request);
  },
});

async function escalate(scope: Scope, kinds: Kinds, request: Request): Promise<void> {
  const [step, asked] = [stepOf(request), await askedOf(scope, kinds, request)];
  const decided = new Set((await readSeats(scope, request.id)).flatMap((one) => (one.step_no === request.step_no && one.decided_by ? [one.staff_id, one.decided_by] : [])));
  const fresh = <One extends { id: string }>(people: readonly One[]) => people.filter((one) => !decided.has(one.id));
  const above = fresh(await nextAbove(scope, step, request.round, asked));
  const people = above.length > 0 ? above : fresh(await administrators(scope, asked));
  const names = people.map((one) => one.name);
  // Nobody higher is left: whoever was asked goes on being asked.
  if (people.length === 0) return scope.tx.write("update platform.approval_request set due_at = null where tenant_id = $1 and id = $2", [scope.tenantId, request.id]);
  await passSeats(scope, request);
  note(scope, request, "escalated", { to: names });
  audit(scope, { action: "approval.escalate", subjectKind: "approval", subjectId: request.id, after: { step: step.name, to: names } });
  await seat(scope, request, people, { isSerial: false, round: request.round + 1, dueAt: above.length > 0 ? dueAt(scope, step) : null });
}

async function reseat(scope: Scope, kinds: Kinds, request: Request): Promise<void> {
  await passSeats(scope, request);
  await openStep(scope, kinds, request);
}
