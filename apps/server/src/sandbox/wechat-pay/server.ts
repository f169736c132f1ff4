import { randomBytes as systemRandomBytes } from "node:crypto";
import { startLocalServer } from "../local-server.ts";
import { type Account, openAccount, type RandomBytes, type SandboxMerchant, type SandboxPlatform } from "./account.ts";
import type { ApiContext } from "./api.ts";
import { ContractBook } from "./contract-book.ts";
import { Courier, type Delivery } from "./courier.ts";
import { respond, type Sabotage } from "./desk.ts";
import { RefundBook, type SandboxRefund } from "./refund-book.ts";
import type { FailureCode } from "./refusal.ts";
import { TransactionBook } from "./transaction-book.ts";
import { contractWire, refundNotice, transactionWire } from "./wire.ts";

export interface FakeWechatPayOptions {
  merchantId?: string;
  /** 0 takes any free port. */
  port?: number;
  /** Which kind of key the merchant verifies with. New accounts have the public key. */
  verification?: "public-key" | "certificate";
  /** `on-demand` leaves refunds in PROCESSING until `settleRefund`. */
  refunds?: "at-once" | "on-demand";
  /** Refund payments that this process has never seen, as if they had been paid. For development, where the data outlives it. */
  adoptsUnknownOrders?: boolean;
  /** How long after each unanswered notification the next attempt follows. */
  retryDelaysMs?: readonly number[];
  now?: () => Date;
  randomBytes?: RandomBytes;
  log?: (line: string) => void;
}

export interface FakeWechatPay {
  url: string;
  merchant: SandboxMerchant;
  platform: SandboxPlatform;
  transactions: TransactionBook;
  contracts: ContractBook;
  /** The guest agrees that money may be taken. */
  sign(contractCode: string): void;
  deliveries: readonly Delivery[];
  /** The page on which a person pays this order. */
  payPageUrl(outTradeNo: string): string;
  /** The guest pays: the order succeeds and its notification goes out. */
  pay(outTradeNo: string): void;
  settleRefund(outRefundNo: string, state: "SUCCESS" | "ABNORMAL" | "CLOSED"): void;
  /** The next API call fails in this way; `isProcessed`: it takes effect all the same. SILENCE never answers. */
  failNext(code: FailureCode | "SILENCE", options?: { isProcessed?: boolean }): void;
  holdNotifications(): void;
  releaseNotifications(order?: "in-order" | "reversed"): void;
  /** Delivers once more what was delivered already. */
  repeatNotification(id: string): void;
  notificationsSettled(): Promise<void>;
  close(): Promise<void>;
}

/** The template of agreements that the sandbox's merchant has. */
const PLAN_ID = 12_535;

/** WeChat Pay repeats for a day (15 s, 15 s, 30 s, 3 min, …); a person in development does not wait that long. */
const RETRY_DELAYS_MS = [500, 1_000, 2_000, 5_000, 15_000, 30_000];

/** A stand-in for api.mch.weixin.qq.com that checks and makes real signatures. Listens on 127.0.0.1 only. */
export async function startFakeWechatPay(options: FakeWechatPayOptions = {}): Promise<FakeWechatPay> {
  const { now = () => new Date(), randomBytes = systemRandomBytes, verification = "public-key", retryDelaysMs = RETRY_DELAYS_MS } = options;
  const account = openAccount(now(), randomBytes, options.merchantId);
  const serial = () => (verification === "public-key" ? account.platform.publicKeyId : account.platform.certificateSerial);
  const courier = new Courier({ account, serial, now, randomBytes, retryDelaysMs, log: options.log ?? (() => {}) });
  const transactions = new TransactionBook(now, randomBytes);
  const refunds = new RefundBook(now, randomBytes);
  const contracts = new ContractBook(now, randomBytes);
  const { pay, settleRefund, sign } = outcomes({ account, courier, transactions, refunds, contracts });
  const sabotage: Sabotage[] = [];
  let url = "";

  const api: ApiContext = {
    account,
    transactions,
    refunds,
    contracts,
    pay,
    randomBytes,
    verification,
    signPage: (contractCode) => `${url}/contract?code=${contractCode}`,
    payPage: (prepayId) => `${url}/pay?prepay_id=${prepayId}`,
    adoptsUnknownOrders: options.adoptsUnknownOrders ?? false,
    onRefund: (refund: SandboxRefund) => {
      if (options.refunds !== "on-demand") settleRefund(refund.outRefundNo, "SUCCESS");
    },
  };
  const server = await startLocalServer(options.port ?? 0, (request, response) => respond(request, response, { api, pay, sign, sabotage, serial, now }));
  url = server.url;

  return {
    url,
    merchant: { ...account.merchant, baseUrl: url, papayPlanId: PLAN_ID },
    platform: account.platform,
    transactions,
    contracts,
    sign,
    payPageUrl: (outTradeNo) => api.payPage(transactions.get(outTradeNo).prepayId),
    pay,
    settleRefund,
    failNext: (code, { isProcessed = false } = {}) => void sabotage.push({ code, isProcessed }),
    ...notificationControls(courier),
    async close() {
      await courier.close();
      await server.close();
    },
  };
}

interface Books {
  account: Account;
  courier: Courier;
  transactions: TransactionBook;
  refunds: RefundBook;
  contracts: ContractBook;
}

/** What the world does to a payment, and what WeChat Pay then tells the merchant. */
function outcomes({ account, courier, transactions, refunds, contracts }: Books) {
  return {
    sign(contractCode: string): void {
      const contract = contracts.sign(contractCode);
      const content = contractWire(contract, account.merchant.merchantId);
      courier.send({ url: contract.notifyUrl, eventType: "PAPAY.SIGN", originalType: "contract", summary: "签约成功", content });
    },
    pay(outTradeNo: string): void {
      const transaction = transactions.pay(outTradeNo);
      if (!transaction.notifyUrl) return;
      const content = transactionWire(transaction, account.merchant);
      courier.send({ url: transaction.notifyUrl, eventType: "TRANSACTION.SUCCESS", originalType: "transaction", summary: "支付成功", content });
    },
    settleRefund(outRefundNo: string, state: "SUCCESS" | "ABNORMAL" | "CLOSED"): void {
      const refund = refunds.settle(outRefundNo, state);
      if (!refund.notifyUrl) return;
      const content = refundNotice(refund, account.merchant);
      courier.send({ url: refund.notifyUrl, eventType: `REFUND.${state}`, originalType: "refund", summary: "退款结果", content });
    },
  };
}

function notificationControls(courier: Courier) {
  return {
    deliveries: courier.deliveries,
    holdNotifications: () => courier.hold(),
    releaseNotifications: (order: "in-order" | "reversed" = "in-order") => courier.release(order),
    repeatNotification(id: string): void {
      const delivery = courier.deliveries.find((candidate) => candidate.id === id);
      if (!delivery) throw new Error(`no notification ${id}`);
      courier.deliver(delivery);
    },
    notificationsSettled: () => courier.settled(),
  };
}
