import { z } from "zod";
import { fen } from "../../kernel/http/wire.ts";

/**
 * What became of a template's coupons. Sums of money are of the orders that were not returned wholly. States and sources are
 * counted over the latest `counted` coupons; the first line's figures are of all.
 */
export const statistics = z.object({
  issued: z.int(), redeemed: z.int(), costFen: fen, salesFen: fen,
  counted: z.int(),
  states: z.object({ usable: z.int(), given: z.int(), redeemed: z.int(), expired: z.int(), void: z.int() }),
  sources: z.array(z.object({ source: z.string(), issued: z.int(), redeemed: z.int() })),
}).meta({ id: "CouponStatistics" });
