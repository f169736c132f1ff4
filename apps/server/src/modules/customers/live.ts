import type { FastifyReply } from "fastify";
import type { LiveHub } from "../../kernel/live.ts";
import { busy } from "../../kernel/problem.ts";

const HEARTBEAT_MS = 15_000;
/** A stream ends after this and the app opens another, so that a session that was ended does not listen for ever. */
const LIFE_MS = 15 * 60_000;
const MAX_STREAMS = 5_000;
const MAX_STREAMS_A_MEMBER = 4;

/** The open streams of this process, by member; a fifth of one member ends the first. */
const open = new Map<string, Set<() => void>>();
let count = 0;

/** Tells a member's app that something of theirs changed: `event: changed`, `data: {"what":"orders"}`. */
export function streamChanges(hub: LiveHub, { tenantId, memberId }: { tenantId: string; memberId: string }, reply: FastifyReply): void {
  if (count >= MAX_STREAMS) throw busy({ retryAfterSeconds: 30 });
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, {
    "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-store", "x-accel-buffering": "no", connection: "keep-alive",
  });
  raw.write("retry: 2000\n\nevent: ready\ndata: {}\n\n");
  const unsubscribe = hub.subscribe(tenantId, ({ topic, ids }) => {
    if (ids.includes(memberId)) raw.write(`event: changed\ndata: ${JSON.stringify({ what: topic })}\n\n`);
  });
  const heartbeat = setInterval(() => raw.write(": still here\n\n"), HEARTBEAT_MS);
  const life = setTimeout(() => raw.end(), LIFE_MS);
  for (const timer of [heartbeat, life]) timer.unref();
  const leave = keep(`${tenantId} ${memberId}`, () => raw.end());
  raw.on("close", () => {
    clearInterval(heartbeat);
    clearTimeout(life);
    unsubscribe();
    leave();
  });
}

function keep(listener: string, end: () => void): () => void {
  const streams = open.get(listener) ?? new Set();
  const [oldest] = streams;
  if (streams.size >= MAX_STREAMS_A_MEMBER) oldest?.();
  streams.add(end);
  open.set(listener, streams);
  count++;
  return () => {
    if (!streams.delete(end)) return;
    count--;
    if (streams.size === 0 && open.get(listener) === streams) open.delete(listener);
  };
}
