import { z } from "zod";
import { fen, id, instant, orderId, pageOf, pageQuery, text } from "../../kernel/http/wire.ts";
import { NAMED_CARD_LIMIT_FEN } from "./card-limit.ts";

const planFields = {
  name: text(64),
  principalFen: fen.min(1).max(NAMED_CARD_LIMIT_FEN),
  bonusFen: fen.max(NAMED_CARD_LIMIT_FEN),
  isActive: z.boolean(),
  /** Lower comes first. */
  position: z.int().min(0).max(9_999),
};
export const planBody = z.object({ ...planFields, bonusFen: planFields.bonusFen.default(0), isActive: planFields.isActive.default(true), position: planFields.position.default(0) });
export const planPatch = z.object(planFields).partial();
/** What goes back after so much of a top-up was spent at list price: said before it is bought. */
export const refundExample = z.object({ spentFen: fen, consumerFen: fen, merchantFen: fen });
export const plan = z.object({ id, ...planFields, refunds: z.array(refundExample) }).meta({ id: "TopUpPlan" });
export const planPage = pageOf(plan);
export type PlanBody = z.output<typeof planBody>;
export type PlanPatch = z.output<typeof planPatch>;

export const method = z.enum(["cash", "card", "wechat"]);
export const tillTopUp = z.object({ planId: id, payment: method, storeId: id });
/** waiting: the guest has not paid yet. */
export const topUpStatus = z.enum(["waiting", "paid", "cancelled"]);
export const tillTopUpReply = z.object({
  topUpId: id, status: topUpStatus, principalFen: fen, bonusFen: fen, paymentId: id.nullable(), codeUrl: z.string().nullable(),
  storedValue: z.object({ principalFen: z.int(), bonusFen: z.int() }),
});
/** `wechatCode`: of `wx.login()`, where the mini program pays; without it the reply has a code to scan. */
export const memberTopUp = z.object({ planId: id, wechatCode: text(128).optional() });
export const memberTopUpReply = z.object({ topUpId: id, paymentId: id, pay: z.record(z.string(), z.string()) }).meta({ id: "TopUpBegun" });
export const topUpReply = z.object({ id, status: topUpStatus, principalFen: fen, bonusFen: fen, method, paymentId: id.nullable(), at: instant }).meta({ id: "TopUp" });

/** A payment by WeChat's code, for an order by its number and amount, or for a top-up that waits. */
export const paymentBody = z.object({
  kind: z.literal("wechat").default("wechat"), orderId: orderId.optional(), amountFen: fen.min(1).optional(), memberId: id.nullish(), topUpId: id.optional(),
}).superRefine((body, context) => {
  const wrong = (field: string, message: string) => context.addIssue({ code: "custom", path: [field], message });
  if ((body.orderId === undefined) === (body.topUpId === undefined)) return wrong("orderId", "give orderId or topUpId");
  if (body.orderId !== undefined && body.amountFen === undefined) wrong("amountFen", "an order's payment needs its amount");
  if (body.topUpId !== undefined && body.amountFen !== undefined) wrong("amountFen", "a top-up has its amount from its plan");
});
export const paymentReply = z.object({
  id, kind: z.literal("wechat"), purpose: z.enum(["order", "top-up", "card", "redemption"]), subjectId: z.string(), amountFen: fen, refundedFen: fen,
  state: z.enum(["created", "succeeded", "closed"]), codeUrl: z.string().nullable(), usedBy: z.string().nullable(), createdAt: instant,
  succeededAt: instant.nullable(), refunds: z.array(z.object({ id, amountFen: fen, state: z.enum(["waiting", "succeeded", "failed"]), at: instant })),
}).meta({ id: "Payment" });

/** Principal and bonus are kept apart, here as in the ledger. `kind`: top-up, spend, refund. */
export const storedValueEntry = z.object({
  id, at: instant, kind: z.string(), principalFen: z.int(), bonusFen: z.int(), balanceAfterFen: z.int(), reason: z.string().nullable(),
  orderId: z.string().nullable(), topUpId: id.nullable(),
}).meta({ id: "StoredValueEntry" });
export const storedValueEntries = pageOf(storedValueEntry);
export const statementQuery = pageQuery;
