import type { Schedule } from "../../../kernel/jobs.ts";
import type { Scope } from "../../../kernel/scope.ts";
import { readArrival } from "./arrival.ts";
import { dueReturns, openIngest } from "./batch.ts";
import { settleWaiting } from "./ingest.ts";
import { writeIngest } from "./writes.ts";

/** A POS that was off line for a month is thrown away. */
const MAX_WAIT_DAYS = 30;
const BATCH = 200;
const MAX_BATCHES = 50;

/**
 * Settles returns that have waited long enough for their sale, by themselves, and those whose sale arrived at the very moment
 * at which they did.
 */
async function settleDueReturns(scope: Scope): Promise<void> {
  const due = await dueReturns(scope, new Date(scope.now.getTime() - MAX_WAIT_DAYS * 86_400_000), BATCH * MAX_BATCHES);
  for (let from = 0; from < due.length; from += BATCH) {
    const part = due.slice(from, from + BATCH);
    const batch = await openIngest(scope, part.map((one, at) => readArrival(one.wire, `returns.${at}`, scope.now)));
    for (const one of part) settleWaiting(batch, one);
    await writeIngest(batch);
  }
}

export const schedules: readonly Schedule[] = [
  { name: "commerce.waiting-returns", cron: "20 * * * *", zone: "Asia/Shanghai", run: settleDueReturns },
];
