import { enqueue } from "./events.ts";
import type { Schedule } from "./jobs.ts";

interface Runs {
  /** The schedule's name. */
  name: string;
  /** Where long runs of a kind write how far they have come. */
  table: string;
  movedAt?: string;
  states: readonly string[];
  /** Many times what a page takes: whoever has not moved for so long has been killed. */
  silentMs: number;
  task: string;
  /** What the task calls the run's id. */
  key: string;
}

/** Goes on each minute with what a worker that was killed left behind: the queue would give its job out again after a quarter of an hour only. */
export const resumeStalled = ({ name, table, movedAt = "moved_at", states, silentMs, task, key }: Runs): Schedule => ({
  name, cron: "* * * * *", zone: "UTC",
  run: async (scope) => {
    const silent = await scope.tx.rows<{ id: string }>(
      `select id from ${table} where tenant_id = $1 and state = any($2::text[]) and ${movedAt} < $3`, [scope.tenantId, [...states], new Date(scope.now.getTime() - silentMs)]);
    for (const { id } of silent) await enqueue(scope, task, { [key]: id });
  },
});
