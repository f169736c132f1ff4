import type { SandboxContract } from "./contract-book.ts";
import type { SandboxRefund } from "./refund-book.ts";
import type { SandboxTransaction } from "./transaction-book.ts";

const DESCRIPTIONS = { NOTPAY: "订单未支付", USERPAYING: "用户支付中", SUCCESS: "支付成功", REFUND: "转入退款", CLOSED: "订单已关闭", REVOKED: "已撤销" };

/** RFC 3339 in China's zone, as WeChat Pay prints times. */
export function chinaTime(at: Date): string {
  return `${new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`;
}

export function transactionWire(transaction: SandboxTransaction, merchant: { merchantId: string; appId: string }) {
  return {
    appid: merchant.appId,
    mchid: merchant.merchantId,
    out_trade_no: transaction.outTradeNo,
    trade_state: transaction.state,
    trade_state_desc: DESCRIPTIONS[transaction.state],
    ...(transaction.attach && { attach: transaction.attach }),
    ...(transaction.paidAt && {
      transaction_id: transaction.transactionId,
      trade_type: transaction.tradeType,
      bank_type: "OTHERS",
      success_time: chinaTime(transaction.paidAt),
    }),
    payer: { openid: transaction.openid },
    amount: { total: transaction.totalFen, payer_total: transaction.totalFen, currency: "CNY", payer_currency: "CNY" },
  };
}

function refundFields(refund: SandboxRefund) {
  return {
    refund_id: refund.refundId,
    out_refund_no: refund.outRefundNo,
    transaction_id: refund.transactionId,
    out_trade_no: refund.outTradeNo,
    user_received_account: "支付用户零钱",
    ...(refund.succeededAt && { success_time: chinaTime(refund.succeededAt) }),
  };
}

export function refundWire(refund: SandboxRefund) {
  return {
    ...refundFields(refund),
    channel: "ORIGINAL",
    create_time: chinaTime(refund.createdAt),
    status: refund.state,
    amount: { total: refund.totalFen, refund: refund.refundFen, payer_total: refund.totalFen, payer_refund: refund.refundFen, settlement_refund: refund.refundFen, settlement_total: refund.totalFen, discount_refund: 0, currency: "CNY" },
  };
}

export function refundNotice(refund: SandboxRefund, merchant: { merchantId: string }) {
  return {
    mchid: merchant.merchantId,
    ...refundFields(refund),
    refund_status: refund.state,
    amount: { total: refund.totalFen, refund: refund.refundFen, payer_total: refund.totalFen, payer_refund: refund.refundFen },
  };
}

export const contractWire = (contract: SandboxContract, merchantId: string) => ({
  mchid: merchantId, plan_id: contract.planId, out_contract_code: contract.contractCode, contract_state: contract.state,
  ...(contract.contractId && { contract_id: contract.contractId }),
});
