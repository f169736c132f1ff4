import type { LiveHint } from "../../kernel/live.ts";
import { visibleStores, type Actor } from "../../kernel/scope.ts";

/** Sent by the subscriber in the transaction of the facts: whoever asks for the figures now gets them with what happened. */
export const ORDERS_COUNTED = "insight.orders";
export const MEMBERS_COUNTED = "insight.members";

const EVENTS: Readonly<Record<string, string>> = { [ORDERS_COUNTED]: "orders", [MEMBERS_COUNTED]: "members" };

/** Tells a dashboard that its figures moved: `event: orders`, `data: {"storeIds":[…]}`, only stores that this person may see. */
export const figuresTeller = {
  can: "dashboard.read",
  tell(actor: Actor, { topic, ids }: LiveHint) {
    const event = EVENTS[topic];
    if (!event) return undefined;
    const visible = visibleStores(actor);
    const storeIds = visible ? ids.filter((id) => visible.includes(id)) : ids;
    return storeIds.length > 0 ? { event, data: { storeIds } } : undefined;
  },
};
