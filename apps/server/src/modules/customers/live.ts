import type { FastifyReply } from "fastify";
import { StreamRoom } from "../../kernel/http/stream.ts";
import type { LiveHub } from "../../kernel/live.ts";

const room = new StreamRoom({ total: 5_000, each: 4 });

/** Tells a member's app that something of theirs changed: `event: changed`, `data: {"what":"orders"}`. */
export function streamChanges(hub: LiveHub, { tenantId, memberId }: { tenantId: string; memberId: string }, reply: FastifyReply): void {
  room.open(hub, {
    tenantId, listener: memberId, reply,
    tell: ({ topic, ids }) => (ids.includes(memberId) ? { event: "changed", data: { what: topic } } : undefined),
  });
}
