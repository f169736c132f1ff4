import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { type Account, hex, type RandomBytes, sealResource, signAsPlatform } from "./account.ts";
import { chinaTime } from "./wire.ts";

export interface Delivery {
  readonly id: string;
  readonly eventType: string;
  readonly url: string;
  readonly body: string;
  /** One HTTP status per attempt; 0 where nobody answered. */
  readonly attempts: number[];
  isDelivered: boolean;
}

interface CourierOptions {
  account: Account;
  serial: () => string;
  now: () => Date;
  randomBytes: RandomBytes;
  retryDelaysMs: readonly number[];
  log: (line: string) => void;
}

interface Event {
  url: string;
  eventType: string;
  originalType: "transaction" | "refund" | "contract";
  summary: string;
  content: object;
}

/** WeChat Pay counts a slower answer as none. */
const ANSWER_WITHIN_MS = 5_000;

/** Delivers notifications until the merchant answers 200 or 204, or the delays are used up. */
export class Courier {
  readonly deliveries: Delivery[] = [];
  readonly #options: CourierOptions;
  readonly #running = new Set<Promise<void>>();
  readonly #stop = new AbortController();
  #held: Delivery[] | null = null;

  constructor(options: CourierOptions) {
    this.#options = options;
  }

  /** The envelope, its id and its seal are made once; every attempt carries the same body under a fresh signature. */
  send(event: Event): Delivery {
    const { account, now, randomBytes } = this.#options;
    const id = randomUUID();
    const resource = sealResource(account, JSON.stringify(event.content), event.originalType, hex(randomBytes(6)));
    const envelope = {
      id,
      create_time: chinaTime(now()),
      resource_type: "encrypt-resource",
      event_type: event.eventType,
      summary: event.summary,
      resource: { original_type: event.originalType, ...resource },
    };
    const delivery: Delivery = { id, eventType: event.eventType, url: event.url, body: JSON.stringify(envelope), attempts: [], isDelivered: false };
    this.deliveries.push(delivery);
    if (this.#held) this.#held.push(delivery);
    else this.deliver(delivery);
    return delivery;
  }

  /** Also how a duplicate comes about: the same notification once more, whether or not it was delivered. */
  deliver(delivery: Delivery): void {
    const running = this.#untilAnswered(delivery).finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  hold(): void {
    this.#held ??= [];
  }

  release(order: "in-order" | "reversed"): void {
    const held = this.#held ?? [];
    this.#held = null;
    for (const delivery of order === "reversed" ? held.toReversed() : held) this.deliver(delivery);
  }

  /** Resolves when nothing is on its way any more. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  async close(): Promise<void> {
    this.#held = null;
    this.#stop.abort();
    await this.settled();
  }

  async #untilAnswered(delivery: Delivery): Promise<void> {
    for (const delayMs of [0, ...this.#options.retryDelaysMs]) {
      if (delayMs > 0) await pause(delayMs, this.#stop.signal);
      if (this.#stop.signal.aborted) return;
      const status = await this.#attempt(delivery);
      delivery.attempts.push(status);
      this.#options.log(`微信支付沙箱：通知 ${delivery.eventType} → ${delivery.url}：${status || "无应答"}`);
      if (status === 200 || status === 204) {
        delivery.isDelivered = true;
        return;
      }
    }
  }

  async #attempt(delivery: Delivery): Promise<number> {
    const { account, serial, now, randomBytes } = this.#options;
    const timestamp = Math.floor(now().getTime() / 1000);
    const nonce = hex(randomBytes(16));
    try {
      const response = await fetch(delivery.url, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "wechatpay-serial": serial(),
          "wechatpay-timestamp": String(timestamp),
          "wechatpay-nonce": nonce,
          "wechatpay-signature": signAsPlatform(account, timestamp, nonce, delivery.body),
          "wechatpay-signature-type": "WECHATPAY2-SHA256-RSA2048",
        },
        body: delivery.body,
        signal: AbortSignal.any([this.#stop.signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]),
      });
      await response.arrayBuffer();
      return response.status;
    } catch {
      return 0;
    }
  }
}

/** Ends early, and quietly, when the sandbox closes. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal }).catch(() => undefined);
}
