import type { FastifyReply } from "fastify";
import type { LiveHub } from "../../kernel/live.ts";
import { busy } from "../../kernel/problem.ts";
import { visibleStores, type Caller } from "../../kernel/scope.ts";

/** Sent by the subscriber in the transaction of the facts: whoever asks for the figures now gets them with what happened. */
export const ORDERS_COUNTED = "insight.orders";
export const MEMBERS_COUNTED = "insight.members";

const EVENTS: Readonly<Record<string, string>> = { [ORDERS_COUNTED]: "orders", [MEMBERS_COUNTED]: "members" };

const HEARTBEAT_MS = 15_000;
/** A stream ends after this and the browser opens another, so that a session that was ended does not listen for ever. */
const LIFE_MS = 15 * 60_000;
const MAX_STREAMS = 2_000;
/** Tabs of one member of staff; another one ends the first. */
const MAX_STREAMS_EACH = 6;

const open = new Map<string, Set<() => void>>();
let count = 0;

/** Tells a dashboard that its figures moved: `event: orders`, `data: {"storeIds":[…]}`, only stores that this person may see. */
export function streamFigures(hub: LiveHub, caller: Caller, reply: FastifyReply): void {
  if (count >= MAX_STREAMS) throw busy({ retryAfterSeconds: 30 });
  const visible = visibleStores(caller.actor);
  const { raw } = reply.hijack();
  raw.writeHead(200, {
    "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-store", "x-accel-buffering": "no", connection: "keep-alive",
  });
  raw.write("retry: 2000\n\nevent: ready\ndata: {}\n\n");
  const unsubscribe = hub.subscribe(caller.tenantId, ({ topic, ids }) => {
    const event = EVENTS[topic];
    const storeIds = visible ? ids.filter((id) => visible.includes(id)) : ids;
    if (event && storeIds.length > 0) raw.write(`event: ${event}\ndata: ${JSON.stringify({ storeIds })}\n\n`);
  });
  const heartbeat = setInterval(() => raw.write(": still here\n\n"), HEARTBEAT_MS);
  const life = setTimeout(() => raw.end(), LIFE_MS);
  for (const timer of [heartbeat, life]) timer.unref();
  const leave = keep(listenerOf(caller), () => raw.end());
  raw.on("close", () => {
    clearInterval(heartbeat);
    clearTimeout(life);
    unsubscribe();
    leave();
  });
}

const listenerOf = ({ tenantId, actor }: Caller): string => `${tenantId} ${actor.kind === "staff" ? actor.staffId : actor.kind}`;

function keep(listener: string, end: () => void): () => void {
  const streams = open.get(listener) ?? new Set();
  const [oldest] = streams;
  if (streams.size >= MAX_STREAMS_EACH) oldest?.();
  streams.add(end);
  open.set(listener, streams);
  count++;
  return () => {
    if (!streams.delete(end)) return;
    count--;
    if (streams.size === 0 && open.get(listener) === streams) open.delete(listener);
  };
}
