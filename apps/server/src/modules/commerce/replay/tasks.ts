import type { Schedule, Task } from "../../../kernel/jobs.ts";
import { resumeStalled } from "../../../kernel/stalled-run.ts";
import { REPLAY_TASK } from "./replay.ts";
import { runReplay, SILENT_MS } from "./replay.run.ts";

export const tasks: readonly Task[] = [
  { name: REPLAY_TASK, run: ({ tenantId, replayId }, database) => runReplay(database, String(tenantId), String(replayId)) },
];

export const schedules: readonly Schedule[] = [resumeStalled({ name: "commerce.stopped-replays", table: "commerce.replay", movedAt: "heartbeat_at", states: ["running"], silentMs: SILENT_MS, task: REPLAY_TASK, key: "replayId" })];
