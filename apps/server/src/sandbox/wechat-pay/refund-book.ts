import { digits, type RandomBytes } from "./account.ts";
import { Refusal } from "./refusal.ts";
import type { SandboxTransaction } from "./transaction-book.ts";

export interface SandboxRefund {
  readonly outRefundNo: string;
  readonly outTradeNo: string;
  readonly transactionId: string;
  readonly refundId: string;
  readonly refundFen: number;
  readonly totalFen: number;
  readonly notifyUrl: string | null;
  readonly createdAt: Date;
  state: "PROCESSING" | "SUCCESS" | "ABNORMAL" | "CLOSED";
  succeededAt: Date | null;
}

interface OpenRefund {
  outRefundNo: string;
  refundFen: number;
  totalFen: number;
  notifyUrl: string | null;
}

const MAX_REFUNDS = 50;

export class RefundBook {
  readonly #byNumber = new Map<string, SandboxRefund>();
  readonly #now: () => Date;
  readonly #randomBytes: RandomBytes;

  constructor(now: () => Date, randomBytes: RandomBytes) {
    this.#now = now;
    this.#randomBytes = randomBytes;
  }

  get(outRefundNo: string): SandboxRefund {
    const refund = this.#byNumber.get(outRefundNo);
    if (!refund) throw new Refusal(404, "RESOURCE_NOT_EXISTS", "退款单不存在");
    return refund;
  }

  open(transaction: SandboxTransaction, request: OpenRefund): SandboxRefund {
    const existing = this.#byNumber.get(request.outRefundNo);
    if (existing) return sameRefund(existing, transaction, request);
    if (transaction.transactionId === null) throw new Refusal(404, "RESOURCE_NOT_EXISTS", "订单不存在或未支付");
    if (transaction.totalFen !== request.totalFen) throw new Refusal(400, "INVALID_REQUEST", "订单金额与原订单不一致");
    const earlier = [...this.#byNumber.values()].filter((refund) => refund.outTradeNo === transaction.outTradeNo && refund.state !== "CLOSED");
    const refundedFen = earlier.reduce((sum, refund) => sum + refund.refundFen, 0);
    if (refundedFen + request.refundFen > transaction.totalFen) throw new Refusal(400, "INVALID_REQUEST", "申请退款金额大于可退金额");
    if (earlier.length >= MAX_REFUNDS) throw new Refusal(400, "INVALID_REQUEST", "一笔订单最多退款五十次");
    const refund: SandboxRefund = {
      ...request,
      outTradeNo: transaction.outTradeNo,
      transactionId: transaction.transactionId,
      refundId: `50300${digits(this.#randomBytes, 23)}`,
      createdAt: this.#now(),
      state: "PROCESSING",
      succeededAt: null,
    };
    this.#byNumber.set(refund.outRefundNo, refund);
    transaction.state = "REFUND";
    return refund;
  }

  settle(outRefundNo: string, state: "SUCCESS" | "ABNORMAL" | "CLOSED"): SandboxRefund {
    const refund = this.get(outRefundNo);
    refund.state = state;
    refund.succeededAt = state === "SUCCESS" ? this.#now() : null;
    return refund;
  }
}

function sameRefund(existing: SandboxRefund, transaction: SandboxTransaction, request: OpenRefund): SandboxRefund {
  const isSame = existing.outTradeNo === transaction.outTradeNo && existing.refundFen === request.refundFen;
  if (!isSame) throw new Refusal(400, "INVALID_REQUEST", "商户退款单号已用于另一笔退款");
  return existing;
}
