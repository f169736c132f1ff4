import type { FastifyReply } from "fastify";
import { StreamRoom } from "../../kernel/http/stream.ts";
import type { LiveHub } from "../../kernel/live.ts";
import { visibleStores, type Caller } from "../../kernel/scope.ts";

/** Sent by the subscriber in the transaction of the facts: whoever asks for the figures now gets them with what happened. */
export const ORDERS_COUNTED = "insight.orders";
export const MEMBERS_COUNTED = "insight.members";

const EVENTS: Readonly<Record<string, string>> = { [ORDERS_COUNTED]: "orders", [MEMBERS_COUNTED]: "members" };
const room = new StreamRoom({ total: 2_000, each: 6 });

/** Tells a dashboard that its figures moved: `event: orders`, `data: {"storeIds":[…]}`, only stores that this person may see. */
export function streamFigures(hub: LiveHub, { tenantId, actor }: Caller, reply: FastifyReply): void {
  const visible = visibleStores(actor);
  room.open(hub, {
    tenantId, listener: actor.kind === "staff" ? actor.staffId : actor.kind, reply,
    tell: ({ topic, ids }) => {
      const event = EVENTS[topic];
      const storeIds = visible ? ids.filter((id) => visible.includes(id)) : ids;
      return event && storeIds.length > 0 ? { event, data: { storeIds } } : undefined;
    },
  });
}
