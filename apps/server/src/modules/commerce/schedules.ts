import type { Schedule } from "../../kernel/jobs.ts";
import type { Scope } from "../../kernel/scope.ts";
import { endHold } from "./hold.ts";

const MAX_RELEASED = 500;
const KEPT_QUOTE_DAYS = 2;

/** Ends holds whose time is over and forgets quotes that became nothing. One that a till holds anew or pays at this moment is the till's. */
async function endStaleQuotes(scope: Scope): Promise<void> {
  const stale = await scope.tx.db.selectFrom("commerce.quote").select("order_id")
    .where("state", "=", "held").where("held_until", "<=", scope.now).orderBy("order_id").limit(MAX_RELEASED).forUpdate().skipLocked().execute();
  for (const { order_id } of stale) await endHold(scope, order_id);
  await scope.tx.db.deleteFrom("commerce.quote").where("state", "<>", "held")
    .where("at", "<", new Date(scope.now.getTime() - KEPT_QUOTE_DAYS * 86_400_000)).execute();
}

export const schedules: readonly Schedule[] = [
  { name: "commerce.stale-quotes", cron: "* * * * *", zone: "Asia/Shanghai", run: endStaleQuotes },
];
