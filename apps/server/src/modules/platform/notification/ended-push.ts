import { PUSH_ENDED, type PushEnded } from "../../../events/promotions.ts";
import type { Subscriber } from "../../../kernel/events.ts";
import { notify } from "./notification.ts";

/** Promotions may not call this module: it says that a push has ended, and whoever began it hears of it here. */
export const endedPushes: Subscriber = {
  name: "platform.ended-pushes",
  on: [PUSH_ENDED],
  handle: async (scope, events) => {
    for (const { payload } of events) {
      const { by, name, state, issued, refused } = payload as unknown as PushEnded;
      await notify(scope, { actors: [by] }, { kind: "run", title: state === "done" ? "push.done" : "push.failed", params: { name, issued, refused }, link: "/coupons" });
    }
  },
};
