import { z } from "zod";
import { instant } from "./transaction.ts";

export const refundStates = ["SUCCESS", "CLOSED", "PROCESSING", "ABNORMAL"] as const;
/** ABNORMAL: the guest's bank refused the money; a person has to finish it in the merchant platform. */
export type RefundState = (typeof refundStates)[number];

export interface Refund {
  outRefundNo: string;
  outTradeNo: string;
  refundId: string;
  transactionId: string;
  state: RefundState;
  amountFen: number;
  totalFen: number;
  succeededAt: Date | null;
}

const common = {
  out_refund_no: z.string(),
  out_trade_no: z.string(),
  refund_id: z.string(),
  transaction_id: z.string(),
  success_time: instant.optional(),
  amount: z.object({ refund: z.int().min(0), total: z.int().min(0) }),
};

/** An answer of the refund endpoints. */
export const refundWire = z.object({ ...common, status: z.enum(refundStates) });

/** A notification says the same with another field name, and it alone names the merchant. */
export const refundNoticeWire = z.object({ ...common, mchid: z.string(), refund_status: z.enum(refundStates) });

export function refundFromWire(wire: z.infer<typeof refundWire>): Refund {
  return {
    outRefundNo: wire.out_refund_no,
    outTradeNo: wire.out_trade_no,
    refundId: wire.refund_id,
    transactionId: wire.transaction_id,
    state: wire.status,
    amountFen: wire.amount.refund,
    totalFen: wire.amount.total,
    succeededAt: wire.success_time ? new Date(wire.success_time) : null,
  };
}

export function refundFromNotice({ refund_status, ...wire }: z.infer<typeof refundNoticeWire>): Refund {
  return refundFromWire({ ...wire, status: refund_status });
}
