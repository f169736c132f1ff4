import type { Database, Entry } from "../../../kernel/db/database.ts";
import { enqueue } from "../../../kernel/events.ts";
import type { Schedule, Task } from "../../../kernel/jobs.ts";
import type { Scope } from "../../../kernel/scope.ts";
import { eachPage } from "../pages.ts";
import { placeMembers } from "./life-stage.ts";
import { endCounting, RECOUNT } from "./lifecycle.ts";

const NIGHTLY = "loyalty.place-overdue";
/** Members whose tills wait while they are written. */
const PAGE = 200;

interface Looked {
  member_id: string;
  is_known: boolean;
}

/** Puts the next page of those who ordered where they belong; of all, or of those whose date has come and whom nobody has looked at. Returns where to go on. */
export async function placePage(scope: Scope, after: string | undefined, whom: "all" | "overdue"): Promise<string | undefined> {
  const rows = await scope.tx.rows<Looked>(
    `select s.member_id, l.member_id is not null as is_known from loyalty.standing s
       left join loyalty.life_stage l on l.tenant_id = s.tenant_id and l.member_id = s.member_id
      where s.tenant_id = $1 and ($2::uuid is null or s.member_id > $2) and ($3 or l.due_at <= $4 or (l.member_id is null and s.orders > 0))
      order by s.member_id limit ${PAGE}`, [scope.tenantId, after ?? null, whom === "all", scope.now]);
  const [known, unknown] = [rows.filter((row) => row.is_known), rows.filter((row) => !row.is_known)].map((some) => some.map((row) => row.member_id));
  await placeMembers(scope, known ?? [], whom === "all" ? "recount" : "time");
  await placeMembers(scope, unknown ?? [], "recount");
  return rows.length === PAGE ? rows.at(-1)?.member_id : undefined;
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
