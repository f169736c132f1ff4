import { Worker } from "node:worker_threads";
import type { Offer, RuleSet } from "@shuke/offers";
import type { Tally } from "./tally.ts";

/** Two threads: as many as the bar has processors, and a server with more leaves the rest to its tills. */
export const CREW = 2;

/** What a thread begins with. */
export interface Begin {
  draft: Offer;
  replaces: string | null;
  zone: string;
  /** The rules of today, when they are what it is compared with. */
  today: RuleSet | null;
  tally: Tally | null;
  gained: Uint8Array | null;
}

export interface CouponThen {
  id: string;
  key: string;
  offer: Offer;
}

export type Ask = { kind: "page"; orders: string; rules: readonly RuleSet[]; coupons: readonly CouponThen[] } | { kind: "sums" };
export interface Sum {
  tally: Tally;
  gained: Uint8Array;
}
type Answer = { kind: "counted" } | ({ kind: "sums" } & Sum);

interface Waiting {
  resolve: (answer: Answer) => void;
  reject: (error: unknown) => void;
}

/** One counting thread. It answers in the order in which it is asked. */
class Counter {
  readonly #worker: Worker;
  readonly #waiting: Waiting[] = [];
  #failure: unknown;

  constructor(begin: Begin) {
    this.#worker = new Worker(new URL("./counting.worker.ts", import.meta.url), { workerData: begin });
    this.#worker.unref();
    this.#worker.on("message", (answer: Answer) => this.#waiting.shift()?.resolve(answer));
    this.#worker.on("error", (error) => this.#fail(error));
    this.#worker.on("exit", () => this.#fail(new Error("The counting thread has ended")));
  }

  ask(ask: Ask): Promise<Answer> {
    if (this.#failure) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      this.#worker.postMessage(ask);
    });
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #fail(error: unknown): void {
    this.#failure ??= error;
    for (const waiting of this.#waiting.splice(0)) waiting.reject(error);
  }
}

/** The threads of one replay, one for each bucket. */
export class Crew {
  readonly #counters: Counter[];

  constructor(begins: readonly Begin[]) {
    this.#counters = begins.map((begin) => new Counter(begin));
  }

  /** Resolves when every bucket of the page is counted. */
  async count(buckets: readonly string[], rules: readonly RuleSet[], coupons: readonly CouponThen[]): Promise<void> {
    await Promise.all(this.#counters.map((counter, at) => counter.ask({ kind: "page", orders: buckets[at] ?? "[]", rules, coupons })));
  }

  async sums(): Promise<Sum[]> {
    const answers = await Promise.all(this.#counters.map((counter) => counter.ask({ kind: "sums" })));
    return answers.flatMap((answer) => (answer.kind === "sums" ? [{ tally: answer.tally, gained: answer.gained }] : []));
  }

  async end(): Promise<void> {
    await Promise.all(this.#counters.map((counter) => counter.end()));
  }
}
