import { z } from "zod";
import { type Contract, contractFromWire, contractWire } from "./contract.ts";
import { untrusted, WechatPayError } from "./error.ts";
import { parseWire } from "./exchange.ts";
import { type Refund, refundFromNotice, refundNoticeWire } from "./refund.ts";
import { openResource, sealedResource } from "./sealed-resource.ts";
import type { ReadHeader } from "./signature.ts";
import { type Transaction, transactionFromWire, transactionWire } from "./transaction.ts";

interface Envelope {
  /** The same for every delivery of one notification: remember it in the transaction that applies the content. */
  id: string;
  eventType: string;
  createdAt: Date;
}

/** `other`: an event that we did not ask for. It is acknowledged, or WeChat would repeat it for a day. */
export type Notification = Envelope &
  ({ kind: "transaction"; transaction: Transaction } | { kind: "refund"; refund: Refund } | { kind: "contract"; contract: Contract } | { kind: "other" });

const envelopeWire = z.object({
  id: z.string().min(1).max(64),
  create_time: z.iso.datetime({ offset: true }),
  event_type: z.string(),
  resource: sealedResource,
});

/** Opens a notification whose signature has been verified. */
export function openNotification(body: Uint8Array, merchant: { merchantId: string; apiV3Key: string }): Notification {
  const wire = parseWire(envelopeWire, Buffer.from(body).toString("utf8"));
  const envelope: Envelope = { id: wire.id, eventType: wire.event_type, createdAt: new Date(wire.create_time) };
  const opened = openResource(wire.resource, merchant.apiV3Key);
  if (wire.event_type.startsWith("TRANSACTION.")) {
    const transaction = parseWire(transactionWire, opened);
    assertOurs(transaction.mchid, merchant.merchantId);
    return { ...envelope, kind: "transaction", transaction: transactionFromWire(transaction) };
  }
  if (wire.event_type.startsWith("REFUND.")) {
    const refund = parseWire(refundNoticeWire, opened);
    assertOurs(refund.mchid, merchant.merchantId);
    return { ...envelope, kind: "refund", refund: refundFromNotice(refund) };
  }
  if (wire.event_type.startsWith("PAPAY.")) {
    const contract = parseWire(contractWire, opened);
    assertOurs(contract.mchid ?? "", merchant.merchantId);
    return { ...envelope, kind: "contract", contract: contractFromWire(contract) };
  }
  return { ...envelope, kind: "other" };
}

/** All merchants share WeChat's signing keys, so a good signature alone does not say that the money is ours. */
function assertOurs(received: string, expected: string): void {
  if (received !== expected) throw untrusted("OTHER_MERCHANT", `通知属于商户 ${received}`);
}

export interface NotificationReply {
  status: 204 | 401 | 500;
  body?: { code: "FAIL"; message: string };
}

export interface ReceivedNotification {
  header: ReadHeader;
  body: Uint8Array;
}

/**
 * Answers one delivery as WeChat Pay expects: 204 only after `accept` has returned, so that whatever failed is delivered
 * again. Notifications repeat and overtake each other: `accept` records `id` once, and never moves a state backwards.
 */
export async function answerNotification(
  received: ReceivedNotification,
  read: (received: ReceivedNotification) => Promise<Notification>,
  accept: (notification: Notification) => Promise<void>,
): Promise<NotificationReply> {
  let notification: Notification;
  try {
    notification = await read(received);
  } catch (error) {
    if (!(error instanceof WechatPayError)) throw error;
    const status = error.retryable ? 500 : 401;
    return { status, body: { code: "FAIL", message: error.message } };
  }
  await accept(notification);
  return { status: 204 };
}
