import { z } from "zod";
import { day, fen, signedFen } from "../../../kernel/http/wire.ts";

export const totalsQuery = z.object({
  /** Days in the tenant's zone, both included. */
  from: day,
  to: day,
  source: z.enum(["till", "ingest"]).optional(),
  /** Counts the different values of an attribute that the source sent. */
  attribute: z.string().max(40).optional(),
});
export type TotalsQuery = z.output<typeof totalsQuery>;

export const totalsReply = z.object({
  from: day, to: day,
  sales: z.object({ orders: z.int(), lines: z.int(), linesWithoutMember: z.int(), units: z.int(), grossFen: fen, discountFen: fen, netFen: fen }),
  /** What members bought at a price above zero. */
  memberSales: z.object({ orders: z.int(), lines: z.int(), members: z.int(), netFen: fen }),
  returns: z.object({ orders: z.int(), lines: z.int(), linesWithoutMember: z.int(), amountFen: fen }),
  netFen: signedFen,
  members: z.int(),
  skus: z.int(),
  names: z.int(),
  attributeValues: z.int().nullable(),
  points: z.object({ earned: z.int(), takenBack: z.int() }),
});
export type Totals = z.input<typeof totalsReply>;
