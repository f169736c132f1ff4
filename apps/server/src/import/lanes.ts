import type { Api } from "./api.ts";
import type { Draft } from "./invoice.ts";

/** So that the server decides one batch while Postgres writes another; more only wait for two cores. */
const LANES = 3;
const MAX_ORDERS = 400;
/** Keeps a request near 600 kB and the server free for tills between two of them. */
const MAX_LINES = 5_000;

export interface Outcome {
  orderId: string;
  outcome: "recorded" | "unchanged" | "refused";
  code?: string;
  errors?: { field: string; message: string }[];
}

type Settled = (draft: Draft, outcome: Outcome) => void;

class Lane {
  drafts: Draft[] = [];
  lines = 0;
  sending: Promise<void> = Promise.resolve();
}

/**
 * Sends orders with several requests in flight. One customer's orders always go down the same lane, one request after the
 * other: lanes never wait for each other's locks, and a customer's orders arrive in the order of the file.
 */
export class Lanes {
  readonly #api: Api;
  readonly #settled: Settled;
  readonly #lanes = Array.from({ length: LANES }, () => new Lane());

  constructor(api: Api, settled: Settled) {
    this.#api = api;
    this.#settled = settled;
  }

  /** Waits while the draft's lane still sends and has a full request waiting: that is what holds the reading back. */
  async add(draft: Draft): Promise<void> {
    const lane = this.#lanes[spread(draft.customer || draft.wire.orderId) % LANES];
    if (!lane) throw new Error("A lane is missing");
    lane.drafts.push(draft);
    lane.lines += draft.wire.lines.length;
    if (lane.drafts.length >= MAX_ORDERS || lane.lines >= MAX_LINES) await this.#send(lane);
  }

  async finish(): Promise<void> {
    for (const lane of this.#lanes) await this.#send(lane);
    for (const lane of this.#lanes) await lane.sending;
  }

  async #send(lane: Lane): Promise<void> {
    await lane.sending;
    const drafts = lane.drafts;
    if (drafts.length === 0) return;
    lane.drafts = [];
    lane.lines = 0;
    lane.sending = this.#ingest(drafts);
    // Whoever waits for the lane next gets the failure; until then it is not unhandled.
    lane.sending.catch(() => {});
  }

  async #ingest(drafts: readonly Draft[]): Promise<void> {
    const { outcomes } = await this.#api.post<{ outcomes: Outcome[] }>("/v1/orders:ingest", { orders: drafts.map((draft) => draft.wire) });
    drafts.forEach((draft, at) => {
      const outcome = outcomes[at];
      if (!outcome) throw new Error(`The server said nothing about order ${draft.wire.orderId}`);
      this.#settled(draft, outcome);
    });
  }
}

function spread(text: string): number {
  let hash = 0;
  for (let at = 0; at < text.length; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) >>> 0;
  return hash;
}
