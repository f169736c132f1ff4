import { isUuid } from "../../kernel/ids.ts";
import { invalid, type FieldError } from "../../kernel/problem.ts";
import { demandStore, type Caller } from "../../kernel/scope.ts";
import { keptReplies } from "../../kernel/http/idempotency.ts";
import type { Exchange } from "../../kernel/http/route.ts";
import type { Database } from "../../kernel/db/database.ts";
import { knownStore } from "../org/index.ts";
import { refuseCart } from "./cart.ts";
import type { CartWire, CommitWire } from "./cart.schema.ts";
import { quoteMissing } from "./order.ts";
import { findQuoteCart, storeOf } from "./quote.ts";
import type { SettlementDesk } from "./settlement/desk.ts";
import { replayOf, type Settled, type Ticket } from "./settlement/ticket.ts";

/** Takes an order to the settlement desk: with the cart in the body, or with the cart that the quote kept. */
export async function commitOrder(
  parts: { database: Database; desk: SettlementDesk }, caller: Caller, orderId: string, body: CommitWire, exchange: Exchange,
): Promise<Settled> {
  refuseTenders(body);
  const request = { key: exchange.idempotencyKey, bodyHash: exchange.bodyHash, operation: `commit ${orderId}` };
  const found = body.lines ? await cartFromBody(parts.database, caller, body) : await cartFromQuote(parts.database, caller, orderId, request);
  if ("body" in found) return found;
  const { cart, storeId } = found;
  return parts.desk.settle({
    caller, orderId, cart, storeId, couponIds: cart.couponIds ?? [], tenders: body.tenders, quoteHash: body.quoteHash,
    expectedNetFen: body.expectedNetFen, ...request,
  });
}

function refuseTenders({ tenders }: CommitWire): void {
  const errors = tenders.flatMap((tender, at): FieldError[] =>
    tender.paymentId !== undefined && !isUuid(tender.paymentId) ? [{ field: `tenders.${at}.paymentId`, code: "invalid", message: "must be an id" }] : []);
  if (errors.length > 0) throw invalid({ errors });
}

async function cartFromBody(database: Database, caller: Caller, body: CommitWire): Promise<{ cart: CartWire; storeId: string }> {
  const errors: FieldError[] = [];
  if (!body.channel) errors.push({ field: "channel", code: "required", message: "name the channel" });
  if (errors.length > 0) throw invalid({ errors });
  const cart = body as CartWire;
  refuseCart(cart);
  const known = knownStore(caller.tenantId, cart.storeId ?? cart.storeCode ?? "");
  if (known) demandStore(caller.actor, known.id);
  const store = known ?? (await database.inScope(caller, (scope) => storeOf(scope, cart)));
  return { cart, storeId: store.id };
}

/** The order of an earlier request took its quote away: whoever repeats it because the answer was lost gets that answer. */
async function cartFromQuote(
  database: Database, caller: Caller, orderId: string, request: Pick<Ticket, "key" | "bodyHash" | "operation">,
): Promise<{ cart: CartWire; storeId: string } | Settled> {
  return database.inScope(caller, async (scope) => {
    const cart = await findQuoteCart(scope, orderId);
    if (cart) {
      demandStore(caller.actor, cart.storeId);
      return { cart, storeId: cart.storeId };
    }
    const kept = (await keptReplies(scope, [request.key])).get(request.key);
    if (!kept) throw quoteMissing({ orderId });
    return replayOf(kept, request);
  });
}
