import type { z } from "zod";
import { decodeCursor, pageFrom, type Page } from "../../../kernel/http/page.ts";
import { staffOf, type Scope } from "../../../kernel/scope.ts";
import { staffNames } from "../../org/index.ts";
import type { Kinds } from "../approval/chain.ts";
import { DECIDES, describe } from "../approval/request.view.ts";
import type { todo, todoCounts, todoQuery } from "./schema.ts";
import { TASK } from "./todo.ts";

type Item = z.input<typeof todo>;
const APPROVAL = "approval";

/** `$1` the tenant, `$2` the caller, `$3` now, `$4` everything that waits for them by its `whose`. */
const COLUMNS = "t.id, t.kind, t.zh, t.en, t.note, t.link, t.count, t.due_at, t.created_at, t.created_by, t.whose, t.done_at, null::text as asked_kind, null::jsonb as payload";
const REQUESTS = `q.id, '${APPROVAL}', null, null, nullif(q.reason, ''), '/approvals?id=' || q.id, null::int, q.due_at, q.asked_at, 'staff:' || q.asked_by, null, null::timestamptz, q.kind, q.payload`;
const WAITING = `select ${COLUMNS} from platform.todo t where t.tenant_id = $1 and t.done_at is null and t.whose = any($4::text[])
  union all select ${REQUESTS} from platform.approval_request q where q.tenant_id = $1 and ${DECIDES}`;
const GIVEN = "$2::uuid is not null and $3::timestamptz is not null";

const SOURCES = {
  open: WAITING,
  done: `select ${COLUMNS} from platform.todo t where t.tenant_id = $1 and ${GIVEN} and t.done_at is not null and (t.done_by = 'staff:' || $2::uuid or t.whose = any($4::text[]))
    union all select ${REQUESTS.replace("null::timestamptz", "s.decided_at").replace("'/approvals?id=' || q.id", "'/approvals?tab=decided&id=' || q.id")} from platform.approval_seat s
      join platform.approval_request q on q.tenant_id = $1 and q.id = s.request_id where s.tenant_id = $1 and s.decided_by = $2`,
  given: `select ${COLUMNS} from platform.todo t where t.tenant_id = $1 and ${GIVEN} and t.kind = '${TASK}' and t.done_at is null and t.created_by = 'staff:' || $2::uuid and t.whose <> t.created_by and $4::text[] is not null`,
};

interface Row {
  id: string;
  kind: string;
  zh: string | null;
  en: string | null;
  note: string | null;
  link: string | null;
  count: number | null;
  due_at: Date | null;
  created_at: Date;
  created_by: string;
  whose: string | null;
  done_at: Date | null;
  asked_kind: string | null;
  payload: never;
  sort: Date;
}

function caller(scope: Scope): [string, string, Date, string[]] {
  const staffId = staffOf(scope);
  const may = scope.actor.kind === "staff" ? [...scope.actor.permissions] : [];
  return [scope.tenantId, staffId, scope.now, [`staff:${staffId}`, ...may.map((permission) => `may:${permission}`)]];
}

/** What waits for the caller, what is due first on top; what was done, latest first. */
export async function listTodos(scope: Scope, kinds: Kinds, { view, kind, limit, cursor }: z.output<typeof todoQuery>): Promise<Page<Item>> {
  const after = decodeCursor(cursor, 2);
  const [sort, order, beyond] = view === "done" ? ["done_at", "desc", "<"] : ["coalesce(due_at, '9999-01-01T00:00:00Z'::timestamptz)", "asc", ">"];
  const rows = await scope.tx.rows<Row>(
    `select * from (select w.*, ${sort} as sort from (${SOURCES[view]}) w where $5::text is null or w.kind = $5) v
      where $6::timestamptz is null or (sort, id) ${beyond} ($6, $7::uuid) order by sort ${order}, id ${order} limit $8`,
    [...caller(scope), kind ?? null, after ? new Date(String(after[0])) : null, after?.[1] ?? null, limit + 1]);
  const { items, nextCursor } = pageFrom(rows, limit, (row) => row, (row) => [row.sort.toISOString(), row.id]);
  const names = await staffNames(scope, items.flatMap((row) => [row.created_by, row.whose]));
  const shown: Item[] = [];
  for (const row of items) {
    const title = row.asked_kind ? (await describe(scope, kinds, { kind: row.asked_kind, payload: row.payload })).title : { zh: row.zh ?? "", en: row.en ?? "" };
    shown.push({
      id: row.id, kind: row.kind, title, note: row.note, link: row.link, count: row.count, dueAt: row.due_at?.toISOString() ?? null, createdAt: row.created_at.toISOString(),
      // Whoever set something off that a module then put here did not ask for it.
      by: row.asked_kind || row.kind === TASK ? (names.get(row.created_by) ?? null) : null, whose: row.kind === TASK && row.whose ? (names.get(row.whose) ?? null) : null, doneAt: row.done_at?.toISOString() ?? null,
    });
  }
  return { items: shown, nextCursor };
}

/** For the badge, and the tabs. */
export async function countTodos(scope: Scope): Promise<z.input<typeof todoCounts>> {
  const rows = await scope.tx.rows<{ kind: string; count: number; overdue: number }>(
    `select kind, count(*)::int as count, count(*) filter (where due_at < $3)::int as overdue from (${WAITING}) w group by kind order by kind`, caller(scope));
  return { total: sum(rows, "count"), overdue: sum(rows, "overdue"), kinds: rows.map(({ kind, count }) => ({ kind, count })) };
}

const sum = <Key extends string>(rows: readonly Record<Key, number>[], key: Key): number => rows.reduce((total, row) => total + row[key], 0);
