import type { Database, Entry } from "../../../kernel/db/database.ts";
import { enqueue } from "../../../kernel/events.ts";
import { BEFORE_ALL } from "../../../kernel/ids.ts";
import type { Schedule, Task } from "../../../kernel/jobs.ts";
import type { Scope } from "../../../kernel/scope.ts";
import { eachPage } from "../pages.ts";
import { placeMembers } from "./life-stage.ts";
import { endCounting, RECOUNT } from "./lifecycle.ts";

const NIGHTLY = "loyalty.place-overdue";
/** Standings that are looked at in one page, and members who are placed in it: their tills wait. */
const PAGE = { looked: 2_000, placed: 200 };

interface Looked {
  member_id: string;
  is_known: boolean;
  is_due: boolean;
}

/** Puts those of the next page who ordered where they belong; all, or those whose date has come and whom nobody has looked at. Returns where to go on. */
export async function placePage(scope: Scope, after: string | undefined, whom: "all" | "overdue"): Promise<string | undefined> {
  const size = whom === "all" ? PAGE.placed : PAGE.looked;
  // The page first: joined before the limit, the whole of both tables was read for each.
  const rows = await scope.tx.rows<Looked>(
    `with page as materialized (
       select member_id, orders from loyalty.standing where tenant_id = $1 and member_id > $2 order by member_id limit ${size})
     select p.member_id, l.member_id is not null as is_known, coalesce($3 or l.due_at <= $4 or (l.member_id is null and p.orders > 0), false) as is_due
       from page p left join loyalty.life_stage l on l.tenant_id = $1 and l.member_id = p.member_id order by p.member_id`,
    [scope.tenantId, after ?? BEFORE_ALL, whom === "all", scope.now]);
  const due = rows.filter((row) => row.is_due);
  const placed = due.slice(0, PAGE.placed);
  const idsOf = (isKnown: boolean): string[] => placed.filter((row) => row.is_known === isKnown).map((row) => row.member_id);
  await placeMembers(scope, idsOf(true), whom === "all" ? "recount" : "time");
  await placeMembers(scope, idsOf(false), "recount");
  if (due.length > placed.length) return placed.at(-1)?.member_id;
  return rows.length === size ? rows.at(-1)?.member_id : undefined;
}

/** All of a night in one transaction: for a story, in which nobody waits. */
export const placeOverdue = (scope: Scope): Promise<void> => eachPage<string>((after) => placePage(scope, after, "overdue"));

const run = (database: Database, entry: Entry, whom: "all" | "overdue"): Promise<void> =>
  eachPage<string>((after) => database.inScope(entry, (scope) => placePage(scope, after, whom)));

export const lifecycleTasks: readonly Task[] = [
  { name: NIGHTLY, run: ({ tenantId }, database) => run(database, { tenantId: String(tenantId), actor: { kind: "system", name: NIGHTLY } }, "overdue") },
  {
    name: RECOUNT,
    async run({ tenantId }, database) {
      const entry: Entry = { tenantId: String(tenantId), actor: { kind: "system", name: RECOUNT } };
      await run(database, entry, "all");
      await database.inScope(entry, endCounting);
    },
  },
];
export const lifecycleSchedules: readonly Schedule[] = [
  { name: "loyalty.lifecycle-nightly", cron: "50 0 * * *", zone: "Asia/Shanghai", run: (scope) => enqueue(scope, NIGHTLY, {}) },
];
