import { invalidParameter } from "./error.ts";

export interface Order {
  /** 商户订单号: 6 to 32 of `0-9 A-Z a-z _ - | *`, one per attempt to pay. See `outTradeNo`. */
  outTradeNo: string;
  description: string;
  amountFen: number;
  /** https, without a query. */
  notifyUrl: string;
  expiresAt?: Date;
  /** Comes back in queries and notifications. */
  attach?: string;
}

export interface JsapiOrder extends Order {
  openid: string;
}

/** WeChat Pay sends no notification for a code payment: the answer, or a query, is the result. */
export interface CodePayment extends Omit<Order, "notifyUrl"> {
  /** What the scanner read off the guest's phone: 18 digits that begin with 10 to 15. */
  authCode: string;
  storeId: string;
  deviceId?: string;
}

export interface RefundRequest {
  outTradeNo: string;
  /** 商户退款单号. Asking again with the same number and amount is safe: WeChat answers with the refund that exists. */
  outRefundNo: string;
  refundFen: number;
  totalFen: number;
  reason?: string;
  notifyUrl?: string;
}

const DESCRIPTION_CHARACTERS = 127;
const REASON_BYTES = 80;
const MAX_FEN = 100_000_000_00;

/** A UUID without its dashes is 32 characters: what WeChat Pay allows, to the last one. */
export function outTradeNo(paymentId: string): string {
  return paymentId.replaceAll("-", "");
}

export function orderWire(order: Omit<Order, "notifyUrl">) {
  assertNumber("out_trade_no", order.outTradeNo, /^[0-9A-Za-z_\-|*]{6,32}$/);
  assertFen("amount.total", order.amountFen);
  return {
    description: [...order.description].slice(0, DESCRIPTION_CHARACTERS).join(""),
    out_trade_no: order.outTradeNo,
    ...(order.expiresAt && { time_expire: chinaTime(order.expiresAt) }),
    ...(order.attach && { attach: order.attach }),
    amount: { total: order.amountFen, currency: "CNY" },
  };
}

export function codePaymentWire(payment: CodePayment) {
  assertNumber("payer.auth_code", payment.authCode, /^1[0-5]\d{16}$/);
  return {
    ...orderWire(payment),
    payer: { auth_code: payment.authCode },
    scene_info: { ...(payment.deviceId && { device_id: payment.deviceId }), store_info: { out_id: payment.storeId } },
  };
}

export function refundRequestWire(refund: RefundRequest) {
  assertNumber("out_refund_no", refund.outRefundNo, /^[0-9A-Za-z_\-|*@]{1,64}$/);
  assertFen("amount.refund", refund.refundFen);
  assertFen("amount.total", refund.totalFen);
  if (refund.refundFen > refund.totalFen) throw invalidParameter("amount.refund", "退款金额大于订单金额");
  return {
    out_trade_no: refund.outTradeNo,
    out_refund_no: refund.outRefundNo,
    ...(refund.reason && { reason: firstBytes(refund.reason, REASON_BYTES) }),
    ...(refund.notifyUrl && { notify_url: refund.notifyUrl }),
    amount: { refund: refund.refundFen, total: refund.totalFen, currency: "CNY" },
  };
}

function assertFen(field: string, amountFen: number): void {
  const isPayable = Number.isSafeInteger(amountFen) && amountFen > 0 && amountFen <= MAX_FEN;
  if (!isPayable) throw invalidParameter(field, "金额须为正整数分");
}

function assertNumber(field: string, value: string, pattern: RegExp): void {
  if (!pattern.test(value)) throw invalidParameter(field, `${field} 的格式不对`);
}

/** RFC 3339 in China's zone and without fractions, the only form that every endpoint takes. */
function chinaTime(at: Date): string {
  return `${new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`;
}

/** WeChat counts a reason in bytes; a Chinese character cut in half would make the whole request invalid. */
function firstBytes(text: string, limit: number): string {
  let kept = "";
  for (const character of text) {
    if (Buffer.byteLength(kept + character) > limit) break;
    kept += character;
  }
  return kept;
}
