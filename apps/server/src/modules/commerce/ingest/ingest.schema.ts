import { z } from "zod";
import { fen, fieldError, instant, orderId } from "../../../kernel/http/wire.ts";
import { customValues } from "../../objects/index.ts";
import { channel } from "../cart.schema.ts";

const MAX_ORDERS = 1_000;
/** A wholesaler's invoice has more than a thousand lines. */
const MAX_LINES = 2_000;
const MAX_QUANTITY = 1_000_000;
const MAX_TENDERS = 10;
/** 1,000 orders of 40 lines; every other route stays at the server's limit. */
export const MAX_INGEST_BYTES = 8 * 1_048_576;

const line = z.object({
  /** Left out: its place, from "1". */
  lineId: z.string().min(1).max(64).optional(),
  sku: z.string().min(1).max(64),
  name: z.string().min(1).max(200),
  category: z.string().max(100).nullable().optional(),
  quantity: z.int().min(1).max(MAX_QUANTITY),
  unitPriceFen: fen,
  /** Off the whole line. */
  discountFen: fen.optional(),
});
export type IngestLine = z.output<typeof line>;

/** What moved outside; stored value and points are spent through quotes only. */
const tender = z.object({
  kind: z.enum(["cash", "card", "wechat", "external"]),
  amountFen: fen,
  reference: z.string().max(64).optional(),
});

/** A sale or a return that happened somewhere else: at a POS, in a web shop, last year. Amounts of returns are positive. */
export const ingestOrder = z.object({
  /** The other system's number; it is what makes a repetition harmless. */
  orderId,
  kind: z.enum(["sale", "return"]),
  /** Of a return: the sale that it undoes, also one that arrives later. */
  returnOf: orderId.optional(),
  storeId: z.string().max(36).optional(),
  storeCode: z.string().max(64).optional(),
  channel,
  memberId: z.string().max(36).nullable().optional(),
  memberExternalId: z.string().min(1).max(128).nullable().optional(),
  orderedAt: instant,
  lines: z.array(line).min(1).max(MAX_LINES),
  /** Left out: everything was paid, or given back, outside. */
  tenders: z.array(tender).max(MAX_TENDERS).optional(),
  reason: z.string().min(1).max(200).optional(),
  /** What the source knows of the order and nothing here has a field for. */
  attributes: z.record(z.string().max(40), z.string().max(200)).optional(),
  /** Of a sale: own fields of the tenant, by key. What is wrong with them is named, and the order is recorded without. */
  custom: customValues.optional(),
}).meta({ id: "IngestOrder" });
export type IngestOrder = z.output<typeof ingestOrder>;

/** Each order is checked by itself, so that a bad one does not refuse its neighbours; the reference shows its shape. */
export const ingestBody = z.object({ orders: z.array(z.unknown().meta({ $ref: "#/components/schemas/IngestOrderInput" })).min(1).max(MAX_ORDERS) });

export const ingestReply = z.object({
  outcomes: z.array(z.object({
    orderId: z.string().nullable(),
    outcome: z.enum(["recorded", "unchanged", "refused"]),
    pointsEarned: z.int().optional(),
    pointsTakenBack: z.int().optional(),
    /** The sale that a return waits for. */
    waitsFor: z.string().optional(),
    code: z.string().optional(),
    errors: z.array(fieldError).optional(),
  })),
});
export type IngestOutcome = z.input<typeof ingestReply>["outcomes"][number];
