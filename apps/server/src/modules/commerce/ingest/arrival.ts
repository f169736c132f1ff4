import { createHash } from "node:crypto";
import { hotCheck } from "../../../kernel/http/shape.ts";
import { isUuid } from "../../../kernel/ids.ts";
import { MAX_FEN, type Fen } from "../../../kernel/money.ts";
import { invalid, type FieldError } from "../../../kernel/problem.ts";
import { ingestOrder, type IngestOrder } from "./ingest.schema.ts";

/** An order of another system, checked as far as it can be without looking anything up. */
export interface Arrival {
  wire: IngestOrder;
  /** Its place in the request, for naming fields. */
  place: string;
  at: Date;
  netFen: Fen;
  /** Equal for equal content: tells a repetition from another order with the same number. */
  hash: string;
}

/** Clocks of tills run ahead; a day is more than any time zone's mistake. */
const MAX_AHEAD_MS = 86_400_000;
const HASH_LENGTH = 27;

const check = hotCheck(ingestOrder);

/** Throws with every wrong field of the order. */
export function readArrival(value: unknown, place: string, now: Date): Arrival {
  const errors: FieldError[] = [];
  const wire = check(value, place, errors) as IngestOrder;
  if (errors.length > 0) throw invalid({ errors });
  const at = new Date(wire.orderedAt);
  const refuse = (field: string, code: string, message: string) => errors.push({ field: `${place}.${field}`, code, message });
  if (Number.isNaN(at.getTime())) refuse("orderedAt", "invalid", "is no instant");
  else if (at.getTime() > now.getTime() + MAX_AHEAD_MS) refuse("orderedAt", "in-the-future", "has not happened yet");
  if (!wire.storeId && !wire.storeCode) refuse("storeCode", "required", "name the store by storeId or storeCode");
  for (const field of ["storeId", "memberId"] as const) {
    const id = wire[field];
    if (typeof id === "string" && !isUuid(id)) refuse(field, "invalid", "must be an id");
  }
  if (wire.memberId && wire.memberExternalId) refuse("memberExternalId", "ambiguous", "give memberId or memberExternalId, not both");
  if (wire.returnOf && wire.kind === "sale") refuse("returnOf", "invalid", "a sale returns nothing");
  const netFen = sumLines(wire, refuse);
  const paid = wire.tenders?.reduce((sum, one) => sum + one.amountFen, 0);
  if (paid !== undefined && paid !== netFen) refuse("tenders", "mismatch", `they add up to ${paid}, the lines to ${netFen}`);
  if (errors.length > 0) throw invalid({ errors });
  return { wire, place, at, netFen, hash: hashOf(wire, at) };
}

function sumLines({ lines }: IngestOrder, refuse: (field: string, code: string, message: string) => void): Fen {
  const seen = new Set<string>();
  let net = 0;
  lines.forEach((line, at) => {
    const gross = line.quantity * line.unitPriceFen;
    if ((line.discountFen ?? 0) > gross) refuse(`lines.${at}.discountFen`, "too-much", "is more than the line");
    net += gross - (line.discountFen ?? 0);
    const id = line.lineId ?? String(at + 1);
    if (seen.has(id)) refuse(`lines.${at}.lineId`, "duplicate", "is used by another line");
    seen.add(id);
  });
  if (net > MAX_FEN) refuse("lines", "too-much", `an order is at most ${MAX_FEN} fen`);
  return net;
}

/** Over what was said, field by field: another order of JSON keys is no other content. */
function hashOf(wire: IngestOrder, at: Date): string {
  const content = [
    wire.kind, wire.returnOf ?? null, wire.storeId ?? wire.storeCode, wire.channel, wire.memberId ?? wire.memberExternalId ?? null, at.toISOString(),
    wire.lines.map((line) => [line.lineId ?? null, line.sku, line.name, line.category ?? null, line.quantity, line.unitPriceFen, line.discountFen ?? 0]),
    wire.tenders?.map((tender) => [tender.kind, tender.amountFen, tender.reference ?? null]) ?? null, wire.reason ?? null,
    Object.entries(wire.attributes ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  ];
  return createHash("sha256").update(JSON.stringify(content)).digest("base64url").slice(0, HASH_LENGTH);
}
