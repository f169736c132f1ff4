import type { z } from "zod";
import { audit } from "../../../kernel/audit.ts";
import { hint } from "../../../kernel/live.ts";
import { fieldProblem, notFound } from "../../../kernel/problem.ts";
import { newId, staffOf, type Scope } from "../../../kernel/scope.ts";
import { WAITING_MOVED } from "../todo/todo.ts";
import { activeStaff } from "./people.ts";
import type { deputyBody, deputyReply } from "./schema.ts";

interface Row {
  id: string;
  staff_id: string;
  staff_name: string;
  deputy_id: string;
  deputy_name: string;
  from_at: Date;
  until_at: Date;
  note: string | null;
}

/** Who decides for the caller, and for whom the caller decides, now and later. */
export async function listDeputies(scope: Scope): Promise<{ items: z.input<typeof deputyReply>[]; nextCursor: null }> {
  const me = staffOf(scope);
  const rows = await scope.tx.rows<Row>(
    `select d.id, d.staff_id, p.name as staff_name, d.deputy_id, q.name as deputy_name, d.from_at, d.until_at, d.note
       from platform.approval_deputy d
       join org.staff p on p.tenant_id = $1 and p.id = d.staff_id
       join org.staff q on q.tenant_id = $1 and q.id = d.deputy_id
      where d.tenant_id = $1 and (d.staff_id = $2 or d.deputy_id = $2) and d.until_at > $3 order by d.from_at, d.id`, [scope.tenantId, me, scope.now]);
  return {
    items: rows.map((row) => ({
      id: row.id, person: { id: row.staff_id, name: row.staff_name }, deputy: { id: row.deputy_id, name: row.deputy_name },
      from: row.from_at.toISOString(), until: row.until_at.toISOString(), note: row.note, isMine: row.staff_id === me,
    })),
    nextCursor: null,
  };
}

/** While the caller is away, a colleague decides for them; they themselves still may. */
export async function addDeputy(scope: Scope, { deputyId, from, until, note }: z.output<typeof deputyBody>) {
  const me = staffOf(scope);
  const [deputy] = await activeStaff(scope, [deputyId], me);
  if (!deputy) throw fieldProblem("deputyId", "unknown", "is no colleague");
  const id = newId<"deputy">(scope);
  await scope.tx.db.insertInto("platform.approval_deputy").values({
    id, staff_id: me, deputy_id: deputyId, from_at: new Date(from), until_at: new Date(until), note: note ?? null, created_at: scope.now,
  }).execute();
  audit(scope, { action: "deputy.add", subjectKind: "staff", subjectId: me, after: { deputyId, from, until } });
  hint(scope, WAITING_MOVED, [deputyId]);
  return listDeputies(scope);
}

/** Ends it now; what has not begun is taken away. */
export async function endDeputy(scope: Scope, id: string) {
  const me = staffOf(scope);
  const [row] = await scope.tx.rows<{ deputy_id: string }>(
    `delete from platform.approval_deputy where tenant_id = $1 and id = $2 and staff_id = $3 returning deputy_id`, [scope.tenantId, id, me]);
  if (!row) throw notFound({ detail: "No such deputy of yours" });
  audit(scope, { action: "deputy.end", subjectKind: "staff", subjectId: me, before: { deputyId: row.deputy_id } });
  hint(scope, WAITING_MOVED, [row.deputy_id]);
  return listDeputies(scope);
}
