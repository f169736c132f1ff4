import { claimKey, keepReply } from "../../kernel/http/idempotency.ts";
import type { Exchange } from "../../kernel/http/route.ts";
import type { Caller, Scope } from "../../kernel/scope.ts";
import type { PaymentsParts } from "./parts.ts";

/**
 * The first scope of a route that calls the provider afterwards: `run` takes effect once for an Idempotency-Key, and a replay
 * gets what it answered. What the provider adds is looked up again, because it is kept with the payment.
 */
export async function once<Answer>(
  { database }: Pick<PaymentsParts, "database">, caller: Caller, exchange: Exchange, run: (scope: Scope) => Promise<Answer>,
): Promise<Answer> {
  const operation = `${exchange.request.method} ${exchange.request.url}`;
  return database.inScope(caller, async (scope) => {
    const kept = await claimKey(scope, operation, exchange.idempotencyKey, exchange.bodyHash);
    if (kept) {
      exchange.reply.header("idempotency-hit", "true");
      return JSON.parse(kept.body) as Answer;
    }
    const answer = await run(scope);
    keepReply(scope, exchange.idempotencyKey, { status: 200, body: JSON.stringify(answer) });
    return answer;
  });
}
