import { enqueue } from "../../../kernel/events.ts";
import type { Schedule, Task } from "../../../kernel/jobs.ts";
import { REPLAY_TASK } from "./replay.ts";
import { runReplay, SILENT_MS } from "./replay.run.ts";

export const tasks: readonly Task[] = [
  { name: REPLAY_TASK, run: ({ tenantId, replayId }, database) => runReplay(database, String(tenantId), String(replayId)) },
];

/** Replays whose process is gone go on where they were. */
export const schedules: readonly Schedule[] = [{
  name: "commerce.stopped-replays", cron: "* * * * *", zone: "UTC",
  run: async (scope) => {
    const silent = await scope.tx.rows<{ id: string }>(
      "select id from commerce.replay where tenant_id = $1 and state = 'running' and heartbeat_at < $2", [scope.tenantId, new Date(scope.now.getTime() - SILENT_MS)]);
    for (const { id } of silent) await enqueue(scope, REPLAY_TASK, { replayId: id });
  },
}];
