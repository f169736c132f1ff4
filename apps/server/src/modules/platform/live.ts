import type { FastifyReply } from "fastify";
import { directRoute, type Route } from "../../kernel/http/route.ts";
import { StreamRoom } from "../../kernel/http/stream.ts";
import type { LiveHint, LiveHub } from "../../kernel/live.ts";
import { boundTo, may, type Actor, type Caller } from "../../kernel/scope.ts";
import { NOTIFIED } from "./notification/notification.ts";

export type Staff = Extract<Actor, { kind: "staff" }>;

/** Tells open consoles one kind of thing; `app.ts` lists them. A browser keeps few connections to a server, so all of them share one. */
export interface Teller {
  /** Without this permission nothing is told, and with it as far as it reaches; `null`: whoever is signed in. */
  can: string | null;
  /** What a hint becomes on this person's stream; nothing where it is none of their business. */
  tell(actor: Staff, hint: LiveHint): { event: string; data: object } | undefined;
}

const room = new StreamRoom({ total: 2_000, each: 6 });

export const liveRoute = (hub: LiveHub, tellers: readonly Teller[]): Route => directRoute({
  method: "GET", path: "/live", can: "signed-in", summary: "Server-sent events: `orders` and `members` when the dashboard's figures moved, `notifications`, `todos`, `comments`, `seas`",
  handle: async (caller, _input, { reply }) => stream(hub, tellers, caller, reply),
});

function stream(hub: LiveHub, tellers: readonly Teller[], caller: Caller, reply: FastifyReply): void {
  const listening = tellers.filter(({ can }) => can === null || may(caller.actor, can)).map((teller) => ({ teller, actor: boundTo(caller, teller.can ?? "signed-in").actor }));
  room.open(hub, {
    tenantId: caller.tenantId, listener: caller.actor.kind === "staff" ? caller.actor.staffId : caller.actor.kind, reply,
    tell: (hint) => {
      for (const { teller, actor } of listening) {
        const told = actor.kind === "staff" ? teller.tell(actor, hint) : undefined;
        if (told) return told;
      }
      return undefined;
    },
  });
}

/** The bell. */
export const notificationTeller: Teller = {
  can: null,
  tell: ({ staffId }, { topic, ids }) => (topic === NOTIFIED && ids.includes(staffId) ? { event: "notifications", data: {} } : undefined),
};
