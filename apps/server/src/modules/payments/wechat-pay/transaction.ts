import { z } from "zod";

export const transactionStates = ["SUCCESS", "REFUND", "NOTPAY", "CLOSED", "REVOKED", "USERPAYING", "PAYERROR"] as const;
export type TransactionState = (typeof transactionStates)[number];

export interface Transaction {
  outTradeNo: string;
  state: TransactionState;
  /** WeChat's own number; there is none before the guest has paid. */
  transactionId: string | null;
  /** NATIVE, JSAPI, MICROPAY, … as WeChat names them. */
  tradeType: string | null;
  amountFen: number | null;
  /** What the guest really paid: less than the amount where a WeChat coupon took part. */
  payerFen: number | null;
  openid: string | null;
  paidAt: Date | null;
  attach: string | null;
}

const fen = z.int().min(0);
/** Before there is a time, WeChat leaves the field out or sends it empty. */
export const instant = z.union([z.literal(""), z.iso.datetime({ offset: true })]);

/** Shape of a query's answer, of a code payment's answer and of a payment notification's resource. */
export const transactionWire = z.object({
  mchid: z.string(),
  out_trade_no: z.string(),
  trade_state: z.enum(transactionStates),
  transaction_id: z.string().optional(),
  trade_type: z.string().optional(),
  success_time: instant.optional(),
  attach: z.string().optional(),
  payer: z.object({ openid: z.string().optional() }).optional(),
  amount: z.object({ total: fen.optional(), payer_total: fen.optional() }).optional(),
});

export function transactionFromWire(wire: z.infer<typeof transactionWire>): Transaction {
  return {
    outTradeNo: wire.out_trade_no,
    state: wire.trade_state,
    transactionId: wire.transaction_id || null,
    tradeType: wire.trade_type || null,
    amountFen: wire.amount?.total ?? null,
    payerFen: wire.amount?.payer_total ?? null,
    openid: wire.payer?.openid || null,
    paidAt: wire.success_time ? new Date(wire.success_time) : null,
    attach: wire.attach || null,
  };
}
