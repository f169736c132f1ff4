import type { z } from "zod";
import type { Texts } from "../../../kernel/approval.ts";
import { hint } from "../../../kernel/live.ts";
import { fieldProblem, notFound } from "../../../kernel/problem.ts";
import { actorRef, newId, staffOf, type Scope } from "../../../kernel/scope.ts";
import { holdsAt } from "../../org/index.ts";
import { notify } from "../notification/notification.ts";
import type { todoBody } from "./schema.ts";

/** Sent to open consoles: staff by their ids, and `may:<permission>` for all who have it. */
export const WAITING_MOVED = "platform.todos";
export const TASK = "task";

/** Something that waits for people until the module that put it here says it is done. */
export interface Todo {
  /** "duplicates": what the list filters by, and the client names. */
  kind: string;
  /** What it is about: put again while it is open, it is the same one. */
  key: string;
  for: { staffIds: readonly string[] } | { permission: string; storeId?: string };
  title: Texts;
  /** A page of the console. */
  link: string;
  /** How many wait there. */
  count?: number;
  dueAt?: Date;
}

/** A store's is for the people who have the permission there: elsewhere it would be noise. */
async function whoseOf({ tx, tenantId }: Scope, whom: Todo["for"]): Promise<string[]> {
  if ("staffIds" in whom) return whom.staffIds.map((id) => `staff:${id}`);
  if (!whom.storeId) return [`may:${whom.permission}`];
  const rows = await tx.rows<{ id: string }>(`select s.id from org.staff s where s.tenant_id = $1 and s.state = 'active' and ${holdsAt("$2", "$3")}`, [tenantId, whom.permission, whom.storeId]);
  return rows.map((row) => `staff:${row.id}`);
}

const heardBy = (whose: readonly string[]): string[] => whose.map((one) => (one.startsWith("staff:") ? one.slice("staff:".length) : one));

/** Puts something on the lists of those whom it waits for, in the caller's transaction. */
export async function putTodo(scope: Scope, { kind, key, for: whom, title, link, count, dueAt }: Todo): Promise<void> {
  const whose = await whoseOf(scope, whom);
  await scope.tx.rows(
    `insert into platform.todo (tenant_id, id, kind, key, whose, zh, en, link, count, due_at, created_by, created_at)
     select $1, id, $2, $3, whose, $4, $5, $6, $7, $8, $9, $10 from unnest($11::uuid[], $12::text[]) as v(id, whose)
     on conflict (tenant_id, kind, key, whose) where done_at is null
     do update set zh = excluded.zh, en = excluded.en, link = excluded.link, count = excluded.count, due_at = excluded.due_at`,
    [scope.tenantId, kind, key, title.zh, title.en, link, count ?? null, dueAt ?? null, actorRef(scope.actor), scope.now, whose.map(() => newId(scope)), whose]);
  hint(scope, WAITING_MOVED, heardBy(whose));
}

/** It waits for nobody any more. Does no harm where there is none. */
export async function doneTodo(scope: Scope, kind: string, key: string): Promise<void> {
  const done = await scope.tx.rows<{ whose: string }>(
    "update platform.todo set done_at = $4, done_by = $5 where tenant_id = $1 and kind = $2 and key = $3 and done_at is null returning whose", [scope.tenantId, kind, key, scope.now, actorRef(scope.actor)]);
  hint(scope, WAITING_MOVED, heardBy(done.map((row) => row.whose)));
}

/** A task for oneself or a colleague. */
export async function addTask(scope: Scope, { title, note, dueAt, staffId }: z.output<typeof todoBody>): Promise<string> {
  const me = staffOf(scope);
  const forId = staffId ?? me;
  const [colleague] = await scope.tx.rows("select 1 from org.staff where tenant_id = $1 and id = $2 and state = 'active'", [scope.tenantId, forId]);
  if (!colleague) throw fieldProblem("staffId", "unknown", "is no colleague");
  const id = newId<"todo">(scope);
  await scope.tx.rows(
    `insert into platform.todo (tenant_id, id, kind, key, whose, zh, en, note, due_at, created_by, created_at) values ($1, $2, $3, $4, $5, $6, $6, $7, $8, $9, $10)`,
    [scope.tenantId, id, TASK, id, `staff:${forId}`, title, note ?? null, dueAt ? new Date(dueAt) : null, `staff:${me}`, scope.now]);
  if (forId !== me) await notify(scope, { staffIds: [forId] }, { kind: "system", title: "task.given", link: "/todos?kind=task" });
  hint(scope, WAITING_MOVED, [forId, me]);
  return id;
}

/** Ticks a task off, or takes that back. Whose it is and who gave it may; what a module put here is done where the work is. */
export async function tickTask(scope: Scope, id: string, isDone: boolean): Promise<void> {
  const me = `staff:${staffOf(scope)}`;
  const [row] = await scope.tx.rows<{ whose: string; created_by: string }>(
    `update platform.todo set done_at = case when $4 then coalesce(done_at, $5) end, done_by = case when $4 then coalesce(done_by, $3) end
      where tenant_id = $1 and id = $2 and kind = '${TASK}' and (whose = $3 or created_by = $3) returning whose, created_by`, [scope.tenantId, id, me, isDone, scope.now]);
  if (!row) throw notFound({ detail: "No such task of yours" });
  hint(scope, WAITING_MOVED, heardBy([...new Set([row.whose, row.created_by])]));
}
