import { isUuid } from "../../kernel/ids.ts";
import { invalid, type FieldError } from "../../kernel/problem.ts";
import { demandStore, type Caller } from "../../kernel/scope.ts";
import { keptReplies } from "../../kernel/http/idempotency.ts";
import type { Exchange } from "../../kernel/http/route.ts";
import type { Database } from "../../kernel/db/database.ts";
import { judgeCustom } from "../objects/index.ts";
import { knownStore } from "../org/index.ts";
import { refuseCart } from "./cart.ts";
import type { CartWire, CommitWire } from "./cart.schema.ts";
import { refuseDiscount } from "./discount-limit.ts";
import { quoteMissing } from "./order.ts";
import { followMerge, nameMember } from "./cart.member.ts";
import { findQuoteCart } from "./hold.ts";
import { storeOf } from "./quote.ts";
import type { SettlementDesk } from "./settlement/desk.ts";
import { replayOf, type Settled, type Ticket } from "./settlement/ticket.ts";

/** Takes an order to the settlement desk: with the cart in the body, or with the cart that the quote kept. */
export async function commitOrder(
  parts: { database: Database; desk: SettlementDesk }, caller: Caller, orderId: string, body: CommitWire, exchange: Exchange,
): Promise<Settled> {
  refuseTenders(body);
  const request = { key: exchange.idempotencyKey, bodyHash: exchange.bodyHash, operation: `commit ${orderId}` };
  const found = body.lines ? await cartFromBody(parts.database, caller, { orderId, body, request }) : await cartFromQuote(parts.database, caller, orderId, request);
  if ("body" in found) return found;
  const { cart, storeId } = found;
  refuseDiscount(caller.actor, storeId, cart);
  const settled = body.custom && (await refuseCustom(parts.database, caller, body.custom, request));
  if (settled) return settled;
  return followMerge(cart, (run) => parts.database.inScope(caller, run), (named) => parts.desk.settle({
    caller, orderId, cart: named, storeId, couponIds: named.couponIds ?? [], tenders: body.tenders, quoteHash: body.quoteHash,
    expectedNetFen: body.expectedNetFen, custom: body.custom, ...request,
  }));
}

/** What can be said of own fields before the desk: there an order that is refused holds its neighbours up. A repeated request has been settled with its own. */
async function refuseCustom(database: Database, caller: Caller, custom: Readonly<Record<string, unknown>>, request: Request): Promise<Settled | undefined> {
  return database.inScope(caller, async (scope) => {
    const kept = (await keptReplies(scope, [request.key])).get(request.key);
    if (kept) return replayOf(kept, request);
    const errors = await judgeCustom(scope, "order", custom);
    if (errors.length > 0) throw invalid({ errors });
    return undefined;
  });
}

function refuseTenders({ tenders, member, lines }: CommitWire): void {
  const errors = tenders.flatMap((tender, at): FieldError[] =>
    tender.paymentId !== undefined && !isUuid(tender.paymentId) ? [{ field: `tenders.${at}.paymentId`, code: "invalid", message: "must be an id" }] : []);
  if (member && !lines) errors.push({ field: "member", code: "not-allowed", message: "the quote names its member; send member with the cart" });
  if (errors.length > 0) throw invalid({ errors });
}

type Request = Pick<Ticket, "key" | "bodyHash" | "operation">;

interface Combined {
  orderId: string;
  body: CommitWire;
  request: Request;
}

async function cartFromBody(database: Database, caller: Caller, { orderId, body, request }: Combined): Promise<{ cart: CartWire; storeId: string } | Settled> {
  const errors: FieldError[] = [];
  if (!body.channel) errors.push({ field: "channel", code: "required", message: "name the channel" });
  if (errors.length > 0) throw invalid({ errors });
  const cart = body as CartWire;
  refuseCart(cart);
  if (cart.member) return cartOfNamed(database, caller, { orderId, cart, request });
  const known = knownStore(caller.tenantId, cart.storeId ?? cart.storeCode ?? "");
  if (known) demandStore(caller.actor, known.id);
  const store = known ?? (await database.inScope(caller, (scope) => storeOf(scope, cart)));
  return { cart, storeId: store.id };
}

/** A code that has run out since must not stand between a repeated request and its answer. */
async function cartOfNamed(
  database: Database, caller: Caller, { orderId, cart, request }: { orderId: string; cart: CartWire; request: Request },
): Promise<{ cart: CartWire; storeId: string } | Settled> {
  return database.inScope(caller, async (scope) => {
    const kept = (await keptReplies(scope, [request.key])).get(request.key);
    if (kept) return replayOf(kept, request);
    const store = await storeOf(scope, cart);
    return { cart: await nameMember(scope, orderId, cart), storeId: store.id };
  });
}

/** The order of an earlier request took its quote away: whoever repeats it because the answer was lost gets that answer. */
async function cartFromQuote(
  database: Database, caller: Caller, orderId: string, request: Request,
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
