import { isUuid } from "../../kernel/ids.ts";
import { invalid, type FieldError } from "../../kernel/problem.ts";
import { demandStore, type Caller } from "../../kernel/scope.ts";
import type { Exchange } from "../../kernel/http/route.ts";
import type { Database } from "../../kernel/db/database.ts";
import { knownStore } from "../org/index.ts";
import { refuseCart } from "./cart.ts";
import type { CartWire, CommitWire } from "./cart.schema.ts";
import { quoteCart, storeOf } from "./quote.ts";
import type { SettlementDesk } from "./settlement/desk.ts";
import type { Settled } from "./settlement/ticket.ts";

/** Takes an order to the settlement desk: with the cart in the body, or with the cart that the quote kept. */
export async function commitOrder(
  parts: { database: Database; desk: SettlementDesk }, caller: Caller, orderId: string, body: CommitWire, exchange: Exchange,
): Promise<Settled> {
  refuseTenders(body);
  const { cart, storeId } = body.lines ? await cartFromBody(parts.database, caller, body) : await cartFromQuote(parts.database, caller, orderId);
  return parts.desk.settle({
    caller, orderId, cart, storeId, couponIds: cart.couponIds ?? [], tenders: body.tenders, quoteHash: body.quoteHash,
    expectedNetFen: body.expectedNetFen, key: exchange.idempotencyKey, bodyHash: exchange.bodyHash,
    operation: `commit ${orderId}`,
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

async function cartFromQuote(database: Database, caller: Caller, orderId: string): Promise<{ cart: CartWire; storeId: string }> {
  const cart = await database.inScope(caller, (scope) => quoteCart(scope, orderId));
  demandStore(caller.actor, cart.storeId);
  return { cart, storeId: cart.storeId };
}
