import { sqlState, type Database } from "../../../kernel/db/database.ts";
import { busy, Problem } from "../../../kernel/problem.ts";
import { orderBody } from "../order.view.ts";
import { openBatch, type Batch } from "./batch.ts";
import { decide } from "./decision.ts";
import { replayOf, type Settled, type Ticket } from "./ticket.ts";
import { writeBatch, type Bodies } from "./writes.ts";

/** Two batches of a tenant at a time were best on two cores: one is decided while the other is written. */
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

/** A tenant's orders, first come first served. */
interface Queue {
  tenantId: string;
  waiting: Waiting[];
  /** Whose orders are being settled; their next ones wait for that batch rather than for its locks. */
  busy: Set<string>;
  running: number;
  isGathering: boolean;
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
  readonly #queues = new Map<string, Queue>();
  #waiting = 0;

  constructor(database: Database) {
    this.#database = database;
  }

  settle(ticket: Ticket): Promise<Settled> {
    if (this.#waiting >= MAX_WAITING) throw busy({ detail: "The settlement desk is full" });
    const queue = this.#queueOf(ticket.caller.tenantId);
    return new Promise((resolve, reject) => {
      queue.waiting.push({ ticket, resolve, reject });
      this.#waiting++;
      this.#wake(queue);
    });
  }

  #queueOf(tenantId: string): Queue {
    let queue = this.#queues.get(tenantId);
    if (!queue) {
      queue = { tenantId, waiting: [], busy: new Set(), running: 0, isGathering: false };
      this.#queues.set(tenantId, queue);
    }
    return queue;
  }

  #wake(queue: Queue): void {
    if (queue.running < LANES && !queue.isGathering) void this.#run(queue);
  }

  async #run(queue: Queue): Promise<void> {
    queue.running++;
    while (queue.waiting.length > 0 && !queue.isGathering) {
      await gathered(queue);
      const taken = takeFrom(queue);
      if (taken.length === 0) break;
      this.#wake(queue);
      const members = taken.map(({ ticket }) => memberOf(ticket));
      for (const member of members) queue.busy.add(member);
      const outcomes = await this.#settleAll(queue.tenantId, taken.map((one) => one.ticket), 1);
      for (const member of members) queue.busy.delete(member);
      this.#waiting -= taken.length;
      taken.forEach((one, at) => {
        const outcome = outcomes[at] ?? { error: new Error("A ticket was lost") };
        if ("settled" in outcome) one.resolve(outcome.settled);
        else one.reject(outcome.error);
      });
    }
    queue.running--;
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
      return told(decided, tickets, await writeBatch(batch, answers));
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
 * over it, or a value of an own field was taken meanwhile. When the database is away, every order of the batch is told so at once.
 */
function isAboutData(error: unknown): boolean {
  if (error instanceof Problem) return error.status === 422;
  const state = sqlState(error);
  return state === undefined || state.startsWith("22") || state.startsWith("23");
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

/** The orders whose bodies say more once they are written, also to whoever has asked twice within the batch. */
function told(outcomes: Outcome[], tickets: readonly Ticket[], fuller: Bodies): Outcome[] {
  if (fuller.size === 0) return outcomes;
  return outcomes.map((outcome, at) => {
    const body = fuller.get(tickets[at]?.key ?? "");
    return body && "settled" in outcome ? { settled: { ...outcome.settled, body } } : outcome;
  });
}

/**
 * Requests that are already in the sockets join the batch: a larger one costs the database less an order. One caller waits for
 * one turn of the event loop; under load turns go on for as long as each brings more, a few milliseconds.
 */
async function gathered(queue: Queue): Promise<void> {
  queue.isGathering = true;
  for (let turn = 0, before = 0; turn < MAX_TURNS && queue.waiting.length > before && queue.waiting.length < MAX_BATCH; turn++) {
    before = queue.waiting.length;
    await new Promise((next) => setImmediate(next));
  }
  queue.isGathering = false;
}

/** The longest waiting, but for those of members whose orders the other batch is settling. */
function takeFrom(queue: Queue): Waiting[] {
  const taken: Waiting[] = [];
  const left: Waiting[] = [];
  for (const one of queue.waiting) (taken.length < MAX_BATCH && !queue.busy.has(memberOf(one.ticket)) ? taken : left).push(one);
  queue.waiting = left;
  return taken;
}

/** An order of nobody's is alone. */
const memberOf = ({ cart, orderId }: Ticket): string => cart.memberId ?? orderId;
