import { z } from "zod";
import { day, id, instant } from "../../kernel/http/wire.ts";

const kind = z.enum(["points", "principal", "bonus", "card", "coupon"]);
export const liabilityQuery = z.object({ storeId: id.optional() });

const sums = { amount: z.int(), valueFen: z.int() };
const figures = z.object({
  kind, ...sums,
  /** Of the last year's points and coupons that came to an end, the part that ended unused; null where too little has ended. */
  breakagePercent: z.number().nullable(), breakageFen: z.int().nullable(),
});

export const liabilityReply = z.object({
  /** When the night's figures were taken; what moved since is in them, coupons apart. */
  countedAt: instant.nullable(), at: instant,
  /** What a point is worth when it is spent, as a fraction. */
  pointWorth: z.object({ fen: z.int(), points: z.int() }),
  totalFen: z.int(),
  kinds: z.array(figures),
  /** By month of expiry, the soonest first; "" never ends. */
  months: z.array(z.object({ month: z.string(), kind, ...sums })),
  stores: z.array(z.object({ storeId: id, name: z.string(), totalFen: z.int(), parts: z.array(z.object({ kind, ...sums })) })),
  /** Cards and coupons by product and template, the largest first. */
  things: z.array(z.object({ kind, subjectId: z.string(), name: z.string(), ...sums })),
  /** The last day of each month, and today. */
  trend: z.array(z.object({ on: day, parts: z.array(z.object({ kind, valueFen: z.int() })) })),
  /** What moved in the last twelve months: issued, spent, ended. */
  flows: z.array(z.object({ month: z.string(), kind, flow: z.string(), amount: z.int() })),
}).meta({ id: "Liability" });
export type Liability = z.input<typeof liabilityReply>;
export type LiabilityKind = z.infer<typeof kind>;

export const holdersQuery = z.object({ kind: z.enum(["points", "principal", "bonus"]) });
export const holdersReply = z.object({ items: z.array(z.object({ memberId: id, memberNo: z.string(), name: z.string(), amount: z.int() })) });

export const settlementQuery = z.object({ from: day, to: day });
export const settlementReply = z.object({
  from: day, to: day,
  stores: z.array(z.object({ id, name: z.string() })),
  /** Stored value that one store sold and another took in payment, and card uses, returns taken off. */
  cells: z.array(z.object({ soldBy: id, usedAt: id, principalFen: z.int(), bonusFen: z.int(), cardFen: z.int() })),
  /** `netFen`: above zero the others owe this store; below, it owes them. They add up to nothing. */
  balances: z.array(z.object({ storeId: id, soldUsedElsewhereFen: z.int(), usedSoldElsewhereFen: z.int(), netFen: z.int() })),
}).meta({ id: "Settlement" });
export type Settlement = z.input<typeof settlementReply>;
