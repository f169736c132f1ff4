import { bodyMismatch, type Kept } from "../../../kernel/http/idempotency.ts";
import type { Caller } from "../../../kernel/scope.ts";
import type { CartWire, TenderWire } from "../cart.schema.ts";
import type { Frozen } from "./frozen.ts";

/** One order on its way to the settlement desk. */
export interface Ticket {
  caller: Caller;
  orderId: string;
  cart: CartWire;
  storeId: string;
  couponIds: readonly string[];
  tenders: readonly TenderWire[];
  /** What the customer was told; undefined where the till settles at whatever the price is. */
  quoteHash: string | undefined;
  expectedNetFen: number | undefined;
  /** The price stands already, and is not worked out again. */
  frozen?: Frozen;
  /** Own fields of the order, which most have none of. */
  custom?: Readonly<Record<string, unknown>> | undefined;
  key: string;
  bodyHash: Buffer;
  operation: string;
}

/** What became of a ticket: an order, told as the body (JSON in UTF-8, encoded once for the wire and for keeping) that every repetition of the request is answered with too. */
export interface Settled {
  body: Buffer;
  /** True when an earlier request with this key had settled it. */
  replayed: boolean;
}

/** What the first request with a key was answered, for the same request only. */
export function replayOf(kept: Kept, { operation, bodyHash }: Pick<Ticket, "operation" | "bodyHash">): Settled {
  if (kept.operation !== operation || !kept.bodyHash.equals(bodyHash)) throw bodyMismatch();
  return { body: Buffer.from(kept.body), replayed: true };
}
