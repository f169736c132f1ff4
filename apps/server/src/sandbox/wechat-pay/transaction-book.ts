import { digits, hex, type RandomBytes } from "./account.ts";
import { failure, Refusal } from "./refusal.ts";
import { guestFailures, guestOf } from "./guest-code.ts";

export type TradeType = "NATIVE" | "JSAPI" | "MICROPAY" | "PAP";

export interface SandboxTransaction {
  readonly outTradeNo: string;
  readonly tradeType: TradeType;
  readonly description: string;
  readonly totalFen: number;
  readonly prepayId: string;
  readonly notifyUrl: string | null;
  readonly attach: string | null;
  readonly expiresAt: Date | null;
  openid: string;
  state: "NOTPAY" | "USERPAYING" | "SUCCESS" | "REFUND" | "CLOSED" | "REVOKED";
  transactionId: string | null;
  paidAt: Date | null;
}

export interface OpenTransaction {
  outTradeNo: string;
  tradeType: TradeType;
  description: string;
  totalFen: number;
  notifyUrl: string | null;
  attach: string | null;
  expiresAt: Date | null;
  openid: string | null;
}

/** What WeChat Pay knows about payments, and the only ways in which a payment moves. */
export class TransactionBook {
  readonly #byNumber = new Map<string, SandboxTransaction>();
  readonly #now: () => Date;
  readonly #randomBytes: RandomBytes;

  constructor(now: () => Date, randomBytes: RandomBytes) {
    this.#now = now;
    this.#randomBytes = randomBytes;
  }

  all(): SandboxTransaction[] {
    return [...this.#byNumber.values()];
  }

  get(outTradeNo: string): SandboxTransaction {
    const transaction = this.#byNumber.get(outTradeNo);
    if (!transaction) throw new Refusal(404, "ORDER_NOT_EXIST", "订单不存在");
    return transaction;
  }

  has(outTradeNo: string): boolean {
    return this.#byNumber.has(outTradeNo);
  }

  findByPrepayId(prepayId: string): SandboxTransaction | undefined {
    return this.all().find((transaction) => transaction.prepayId === prepayId);
  }

  /** Asking again with the same content answers with the same order; other content under the same number is refused. */
  open(order: OpenTransaction): SandboxTransaction {
    const existing = this.#byNumber.get(order.outTradeNo);
    if (existing) return sameOrder(existing, order);
    const transaction: SandboxTransaction = {
      ...order,
      prepayId: `wx${digits(this.#randomBytes, 14)}${hex(this.#randomBytes(10))}`,
      openid: order.openid ?? `o${hex(this.#randomBytes(13))}0`,
      state: "NOTPAY",
      transactionId: null,
      paidAt: null,
    };
    this.#byNumber.set(order.outTradeNo, transaction);
    return transaction;
  }

  /** The guest's phone was scanned: decided at once, unless the guest has to type a password first. */
  payByCode(order: OpenTransaction, authCode: string): SandboxTransaction {
    const guest = guestOf(authCode);
    const refused = guestFailures[guest];
    const transaction = this.open(order);
    if (transaction.state === "SUCCESS") return transaction;
    if (refused) throw failure(refused);
    if (guest === "asks-password") {
      transaction.state = "USERPAYING";
      throw failure("USERPAYING");
    }
    this.pay(order.outTradeNo);
    if (guest === "pays-unseen") throw failure("SYSTEM_ERROR");
    return transaction;
  }

  pay(outTradeNo: string): SandboxTransaction {
    const transaction = this.get(outTradeNo);
    assertPayable(transaction);
    if (transaction.expiresAt && transaction.expiresAt <= this.#now()) throw new Refusal(400, "ORDER_CLOSED", "订单已过支付时间");
    transaction.state = "SUCCESS";
    transaction.transactionId = `42000${digits(this.#randomBytes, 23)}`;
    transaction.paidAt = this.#now();
    return transaction;
  }

  close(outTradeNo: string): void {
    const transaction = this.get(outTradeNo);
    if (transaction.state === "CLOSED") return;
    if (transaction.state === "SUCCESS" || transaction.state === "REFUND") throw new Refusal(400, "ORDERPAID", "订单已支付，不能关闭");
    transaction.state = "CLOSED";
  }

  reverse(outTradeNo: string): void {
    const transaction = this.get(outTradeNo);
    if (transaction.tradeType !== "MICROPAY") throw new Refusal(400, "INVALID_REQUEST", "只有付款码支付可以撤销");
    transaction.state = "REVOKED";
  }

  /** A development server outlives this book: its older payments are taken on trust, or no seeded order could be refunded. */
  adopt(outTradeNo: string, totalFen: number): SandboxTransaction {
    this.open({ outTradeNo, totalFen, tradeType: "NATIVE", description: "早前的订单", notifyUrl: null, attach: null, expiresAt: null, openid: null });
    return this.pay(outTradeNo);
  }
}

function sameOrder(existing: SandboxTransaction, order: OpenTransaction): SandboxTransaction {
  const isSame = existing.totalFen === order.totalFen && existing.tradeType === order.tradeType && existing.description === order.description;
  if (!isSame) throw new Refusal(403, "OUT_TRADE_NO_USED", "商户订单号重复");
  assertPayable(existing);
  return existing;
}

function assertPayable(transaction: SandboxTransaction): void {
  if (transaction.state === "NOTPAY" || transaction.state === "USERPAYING") return;
  if (transaction.state === "SUCCESS" || transaction.state === "REFUND") throw new Refusal(403, "ORDERPAID", "该订单已支付");
  throw new Refusal(400, "ORDER_CLOSED", "该订单已关闭，请重新下单");
}
