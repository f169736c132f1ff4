import type { FastifyReply } from "fastify";
import type { LiveHint, LiveHub } from "../live.ts";
import { busy } from "../problem.ts";

const HEARTBEAT_MS = 15_000;
/** A stream ends after this and the screen opens another, so that a session that was ended does not listen for ever. */
const LIFE_MS = 15 * 60_000;
const RETRY_SECONDS = 30;

export interface StreamLimits {
  /** Streams of this kind in this process. */
  total: number;
  /** Streams of one listener (tabs, phones); one more ends the first. */
  each: number;
}

export interface Stream {
  tenantId: string;
  /** Whose streams are counted together. */
  listener: string;
  reply: FastifyReply;
  /** What a hint becomes on this stream; nothing where it is none of the listener's business. */
  tell(hint: LiveHint): { event: string; data: object } | undefined;
}

/** Server-sent events of one kind: hints of the hub, a heartbeat, limits. */
export class StreamRoom {
  readonly #limits: StreamLimits;
  readonly #open = new Map<string, Set<() => void>>();
  #count = 0;

  constructor(limits: StreamLimits) {
    this.#limits = limits;
  }

  /** Throws `busy` when the room is full. */
  open(hub: LiveHub, { tenantId, listener, reply, tell }: Stream): void {
    if (this.#count >= this.#limits.total) throw busy({ retryAfterSeconds: RETRY_SECONDS });
    const { raw } = reply.hijack();
    raw.writeHead(200, {
      "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-store", "x-accel-buffering": "no", connection: "keep-alive",
    });
    raw.write("retry: 2000\n\nevent: ready\ndata: {}\n\n");
    const unsubscribe = hub.subscribe(tenantId, (hint) => {
      const told = tell(hint);
      if (told) raw.write(`event: ${told.event}\ndata: ${JSON.stringify(told.data)}\n\n`);
    });
    const heartbeat = setInterval(() => raw.write(": still here\n\n"), HEARTBEAT_MS);
    const life = setTimeout(() => raw.end(), LIFE_MS);
    for (const timer of [heartbeat, life]) timer.unref();
    const leave = this.#enter(`${tenantId} ${listener}`, () => raw.end());
    raw.on("close", () => {
      clearInterval(heartbeat);
      clearTimeout(life);
      unsubscribe();
      leave();
    });
  }

  #enter(listener: string, end: () => void): () => void {
    const streams = this.#open.get(listener) ?? new Set();
    const [oldest] = streams;
    if (streams.size >= this.#limits.each) oldest?.();
    streams.add(end);
    this.#open.set(listener, streams);
    this.#count++;
    return () => {
      if (!streams.delete(end)) return;
      this.#count--;
      if (streams.size === 0 && this.#open.get(listener) === streams) this.#open.delete(listener);
    };
  }
}
