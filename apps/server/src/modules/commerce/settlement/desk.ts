import { sqlState, type Database } from "../../../kernel/db/database.ts";
import { busy, Problem } from "../../../kernel/problem.ts";
import { orderBody } from "../order.view.ts";
import { openBatch, type Batch } from "./batch.ts";
import { decide } from "./decision.ts";
import { replayOf, type Settled, type Ticket } from "./ticket.ts";
import { writeBatch } from "./writes.ts";

/** Two lanes a tenant were best on two cores: one batch is decided while the other is written. */
const LANES = 2;
/** Larger batches gained nothing and made the first caller wait. */
const MAX_BATCH = 256;
/** Beyond this the till is told to come back rather than left waiting. */
const MAX_WAITING = 5_000;
const MAX_TURNS = 10;
const MAX_ATTEMPTS = 3;
const UNIQUE_VIOLATION = "23505";

interface Waiting {
  ticket: Ticket;
  resolve(settled: Settled): void;
  reject(error: unknown): void;
}

type Outcome = { settled: Settled } | { error: unknown };

interface Lane {
  tenantId: string;
  waiting: Waiting[];
  isRunning: boolean;
}

export interface DeskStatistics {
  batches: number;
  orders: number;
  refused: number;
  bisections: number;
}

/**
 * Settles orders that arrive together in one transaction: lock the batch's members, coupons and accounts with one round
 * trip, decide each order in TypeScript, write the whole batch as sets with the commit. Each order has its own outcome: a
 * refused one never fails its neighbours, and two orders of one member in a batch see each other.
 */
export class SettlementDesk {
  readonly statistics: DeskStatistics = { batches: 0, orders: 0, refused: 0, bisections: 0 };
  readonly #database: Database;
  readonly #lanes = new Map<string, Lane>();
  #waiting = 0;

  constructor(database: Database) {
    this.#database = database;
  }

  settle(ticket: Ticket): Promise<Settled> {
    if (this.#waiting >= MAX_WAITING) throw busy({ detail: "The settlement desk is full" });
    const lane = this.#laneOf(ticket);
    return new Promise((resolve, reject) => {
      lane.waiting.push({ ticket, resolve, reject });
      this.#waiting++;
      if (!lane.isRunning) void this.#run(lane);
    });
  }

  /** One member's orders always meet in one lane, so lanes do not wait for each other's locks. */
  #laneOf({ caller, cart, orderId }: Ticket): Lane {
    const key = `${caller.tenantId}/${spread(cart.memberId ?? orderId) % LANES}`;
    let lane = this.#lanes.get(key);
    if (!lane) {
      lane = { tenantId: caller.tenantId, waiting: [], isRunning: false };
      this.#lanes.set(key, lane);
    }
    return lane;
  }

  async #run(lane: Lane): Promise<void> {
    lane.isRunning = true;
    while (lane.waiting.length > 0) {
      await gathered(lane);
      const taken = lane.waiting.splice(0, MAX_BATCH);
      const outcomes = await this.#settleAll(lane.tenantId, taken.map((one) => one.ticket), 1);
      this.#waiting -= taken.length;
      taken.forEach((one, at) => {
        const outcome = outcomes[at] ?? { error: new Error("A ticket was lost") };
        if ("settled" in outcome) one.resolve(outcome.settled);
        else one.reject(outcome.error);
      });
    }
    lane.isRunning = false;
  }

  /** A batch that the database refuses is cut in halves until the one order that spoils it is alone. */
  async #settleAll(tenantId: string, tickets: Ticket[], attempt: number): Promise<Outcome[]> {
    try {
      return await this.#settleBatch(tenantId, tickets);
    } catch (error) {
      // Somebody else wrote the same order or key between our reading and our writing: the next reading finds it.
      if (sqlState(error) === UNIQUE_VIOLATION && attempt < MAX_ATTEMPTS) return this.#settleAll(tenantId, tickets, attempt + 1);
      if (tickets.length === 1 || !isAboutData(error)) return tickets.map(() => ({ error }));
      this.statistics.bisections++;
      const middle = tickets.length >> 1;
      const first = await this.#settleAll(tenantId, tickets.slice(0, middle), attempt);
      return [...first, ...(await this.#settleAll(tenantId, tickets.slice(middle), attempt))];
    }
  }

  async #settleBatch(tenantId: string, tickets: Ticket[]): Promise<Outcome[]> {
    const outcomes = await this.#database.inScope({ tenantId, actor: { kind: "system", name: "settlement" } }, async (scope) => {
      const batch = await openBatch(scope, tickets);
      const answers: { ticket: Ticket; body: Buffer }[] = [];
      const decided = tickets.map((ticket): Outcome => outcomeOf(batch, ticket, answers));
      await writeBatch(batch, answers);
      return decided;
    });
    this.statistics.batches++;
    for (const outcome of outcomes) {
      if ("settled" in outcome) this.statistics.orders++;
      else this.statistics.refused++;
    }
    return outcomes;
  }
}

/**
 * Whether looking for the one bad order can help: the data was refused (SQLSTATE classes 22 and 23) or our own code stumbled
 * over it. When the database is away, every order of the batch is told so at once.
 */
function isAboutData(error: unknown): boolean {
  const state = sqlState(error);
  return state === undefined ? !(error instanceof Problem) : state.startsWith("22") || state.startsWith("23");
}

function outcomeOf(batch: Batch, ticket: Ticket, answers: { ticket: Ticket; body: Buffer }[]): Outcome {
  const kept = batch.kept.get(ticket.key);
  try {
    if (kept) return { settled: replayOf(kept, ticket) };
    const text = orderBody(decide(batch, ticket));
    const body = Buffer.from(text);
    batch.kept.set(ticket.key, { operation: ticket.operation, bodyHash: ticket.bodyHash, status: 200, body: text });
    answers.push({ ticket, body });
    return { settled: { body, replayed: false } };
  } catch (error) {
    if (error instanceof Problem) return { error };
    throw error;
  }
}

/**
 * Requests that are already in the sockets join the batch: a larger one costs the database less an order. One caller waits for
 * one turn of the event loop; under load turns go on for as long as each brings more, a few milliseconds.
 */
async function gathered(lane: Lane): Promise<void> {
  for (let turn = 0, before = 0; turn < MAX_TURNS && lane.waiting.length > before && lane.waiting.length < MAX_BATCH; turn++) {
    before = lane.waiting.length;
    await new Promise((next) => setImmediate(next));
  }
}

function spread(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) >>> 0;
  return hash;
}
