import { z } from "zod";
import { fen, id, instant, signedFen, text } from "../../kernel/http/wire.ts";
import { offerShape } from "./offer.definition.ts";

const MAX_LINES = 200;
const MAX_QUANTITY = 10_000;

const line = z.object({
  lineId: text(64).optional(), sku: text(64), name: text(200), category: text(100).nullish(), tags: z.array(text(100)).max(50).default([]),
  quantity: z.int().min(1).max(MAX_QUANTITY), unitPriceFen: signedFen, manualDiscountFen: fen.optional(),
});

/** A cart, somebody, somewhere, some time, and perhaps a rule that is not in force yet. */
export const simulationBody = z.object({
  lines: z.array(line).min(1).max(MAX_LINES),
  fees: z.array(z.object({ kind: text(40), amountFen: fen })).max(20).default([]),
  storeId: text(64), channel: text(40),
  codes: z.array(text(40)).max(20).default([]),
  manualDiscountFen: fen.default(0),
  /** Whose coupons are in hand; tier and history as they are to be assumed. */
  member: z.object({ id: id.nullish(), tierId: id.nullish(), segments: z.array(text(100)).max(50).default([]), firstOrder: z.boolean().default(false) }).nullish(),
  /** Absent: those that leave the least to pay. */
  couponIds: z.array(id).max(20).nullish(),
  at: instant.nullish(),
  /** Absent: the rules in force now. */
  ruleVersion: z.int().min(0).nullish(),
  /** Takes the place of the live offer with its id, or comes on top. */
  draft: z.object({ id: id.nullish(), name: z.string().max(64).default(""), priority: z.int().min(0).max(999).default(0), definition: offerShape }).nullish(),
}).meta({ id: "SimulationWish" });
export type SimulationBody = z.output<typeof simulationBody>;

const reason = z.object({ code: z.string(), message: z.string(), missing: z.record(z.string(), z.unknown()).optional() });
const candidate = z.object({
  id: z.string(), kind: z.string(), offerId: z.string(), name: z.string(), applies: z.boolean(), applied: z.boolean(), amountFen: signedFen, reasons: z.array(reason),
});
const effect = z.object({
  kind: z.string(), level: z.string(), offerId: z.string().nullable(), couponId: z.string().nullable(), name: z.string(), amountFen: signedFen,
  lines: z.array(z.object({ lineId: z.string(), amountFen: signedFen })),
  gifts: z.array(z.object({ sku: z.string(), name: z.string(), quantity: z.int() })), issues: z.array(z.object({ templateId: z.string(), count: z.int() })),
});

/** What the engine made of it: the result, the order of application, every candidate with every reason. */
const simulated = z.object({
  grossFen: signedFen, discountFen: signedFen, netFen: signedFen, feesFen: signedFen, totalFen: signedFen,
  lines: z.array(z.object({ lineId: z.string(), sku: z.string(), name: z.string(), quantity: z.int(), grossFen: signedFen, discountFen: signedFen, netFen: signedFen })),
  effects: z.array(effect), candidates: z.array(candidate),
  certificate: z.object({ candidates: z.int(), considered: z.int(), pruned: z.int(), exact: z.enum(["orders", "bound"]), gapFen: signedFen }).nullable(),
}).meta({ id: "SimulatedCart" });

export const simulationReply = z.object({
  at: instant, ruleVersion: z.int(), mode: z.string(), couponIds: z.array(z.string()),
  live: simulated, draft: simulated.nullable(), differenceFen: signedFen.nullable(),
}).meta({ id: "Simulation" });
export const keptSimulation = z.object({ id, input: z.record(z.string(), z.unknown()), result: simulationReply, at: instant, by: z.string() }).meta({ id: "KeptSimulation" });
