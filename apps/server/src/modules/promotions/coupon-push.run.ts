import type { Database, Entry } from "../../kernel/db/database.ts";
import { enqueue } from "../../kernel/events.ts";
import type { Task } from "../../kernel/jobs.ts";
import type { Scope } from "../../kernel/scope.ts";
import { resumeStalled } from "../../kernel/stalled-run.ts";
import type { StandingConditions } from "./coupon-audience.ts";
import { PushStopped, revokePage, StockMoved, writePage } from "./coupon-push.page.ts";
import { PUSH_TASK } from "./coupon-push.ts";

/** One page is prepared here while another is written there; more gained nothing on two cores. */
const LANES = 2;
/** A job that takes longer is given to a second worker; before that it hands on to itself. */
const MAX_RUN_MS = 600_000;
const SILENT_MS = 20_000;
const MAX_MOVED = 20;

export const pushTask = (standings: StandingConditions): Task => ({
  name: PUSH_TASK,
  run: ({ tenantId, pushId }, database) => runPush(database, standings, String(tenantId), String(pushId)),
});

async function runPush(database: Database, standings: StandingConditions, tenantId: string, pushId: string): Promise<void> {
  const entry = { tenantId, actor: { kind: "system", name: PUSH_TASK } } as const;
  const until = performance.now() + MAX_RUN_MS;
  await Promise.all(Array.from({ length: LANES }, () => runLane((scope) => writePage(scope, standings, pushId), database, entry, until)));
  await runLane((scope) => revokePage(scope, pushId), database, entry, until);
  if (performance.now() > until) await database.inScope(entry, (scope) => enqueue(scope, PUSH_TASK, { pushId }));
}

async function runLane(write: (scope: Scope) => Promise<boolean>, database: Database, entry: Entry, until: number): Promise<void> {
  let moved = 0;
  for (let isMore = true; isMore && performance.now() < until;) {
    try {
      isMore = await database.inScope(entry, write);
    } catch (error) {
      if (error instanceof PushStopped) return;
      if (!(error instanceof StockMoved) || ++moved > MAX_MOVED) throw error;
    }
  }
}

export const pushSchedule = resumeStalled({ name: "promotions.resume-pushes", table: "promotions.coupon_push", states: ["running", "revoking"], silentMs: SILENT_MS, task: PUSH_TASK, key: "pushId" });
