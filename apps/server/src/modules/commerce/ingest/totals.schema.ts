import { z } from "zod";
import { day } from "../../../kernel/http/wire.ts";

export const totalsQuery = z.object({
  /** Days in the tenant's zone, both included. */
  from: day,
  to: day,
  source: z.enum(["till", "ingest"]).optional(),
  /** Counts the different values of an attribute that the source sent. */
  attribute: z.string().max(40).optional(),
});
export type TotalsQuery = z.output<typeof totalsQuery>;

/** A year of a chain is more than one order may ever be. */
const sum = z.int().min(0);

export const totalsReply = z.object({
  from: day, to: day,
  sales: z.object({ orders: z.int(), lines: z.int(), linesWithoutMember: z.int(), units: z.int(), grossFen: sum, discountFen: sum, netFen: sum }),
  /** What members bought at a price above zero. */
  memberSales: z.object({ orders: z.int(), lines: z.int(), members: z.int(), netFen: sum }),
  returns: z.object({ orders: z.int(), lines: z.int(), linesWithoutMember: z.int(), amountFen: sum }),
  netFen: z.int(),
  members: z.int(),
  skus: z.int(),
  names: z.int(),
  attributeValues: z.int().nullable(),
  points: z.object({ earned: z.int(), takenBack: z.int() }),
});
export type Totals = z.input<typeof totalsReply>;
