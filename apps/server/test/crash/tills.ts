import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

/** What a till knows of an order it sent: answered with 200, or nobody knows. */
export interface Sent {
  id: string;
  memberId: string;
  isAcknowledged: boolean;
}

export interface Till {
  url: string;
  token: string;
  storeId: string;
  memberIds: readonly string[];
}

const CALLERS = 24;
const PATIENCE_MS = 5_000;
const LOOK_MS = 20;

const body = ({ storeId }: Till, memberId: string): string => JSON.stringify({
  storeId, channel: "pos", memberId, lines: [{ lineId: "1", sku: "S1", name: "毛肚", quantity: 1, unitPriceFen: 1_200 }],
  tenders: [{ kind: "points", points: 100 }, { kind: "stored-value" }],
});

/** Sends one order; true when it was acknowledged. Repeating it with the same id repeats the same request. */
export async function send(till: Till, id: string, memberId: string): Promise<boolean> {
  try {
    const reply = await fetch(`${till.url}/v1/quotes/${id}:commit`, {
      method: "POST", body: body(till, memberId), signal: AbortSignal.timeout(PATIENCE_MS),
      headers: { "content-type": "application/json", authorization: `Bearer ${till.token}`, "idempotency-key": `key-${id}` },
    });
    await reply.text();
    return reply.status === 200;
  } catch {
    return false;
  }
}

export interface Business {
  /** Waits until so many orders were acknowledged: a kill in the middle needs a middle, however slow the machine is. */
  reached(acknowledged: number): Promise<void>;
  /** Every order that was sent. */
  stop(): Promise<Sent[]>;
}

/** Sells from many tills at once until it is stopped. */
export function sell(till: Till): Business {
  const sent: Sent[] = [];
  const closing = new AbortController();
  const caller = async (n: number) => {
    for (let turn = 0; !closing.signal.aborted; turn++) {
      const order = { id: `crash-${randomUUID()}`, memberId: till.memberIds[(n * 31 + turn) % till.memberIds.length] ?? "", isAcknowledged: false };
      sent.push(order);
      order.isAcknowledged = await send(till, order.id, order.memberId);
    }
  };
  const callers = Array.from({ length: CALLERS }, (_, n) => caller(n));
  return {
    reached: async (acknowledged) => {
      while (sent.filter((order) => order.isAcknowledged).length < acknowledged) await sleep(LOOK_MS);
    },
    stop: async () => {
      closing.abort();
      await Promise.all(callers);
      return sent;
    },
  };
}
