import { route, type Route } from "../../kernel/http/route.ts";
import type { Doorkeeper } from "./authentication.ts";
import { sessionReply } from "./session.schema.ts";
import { getSession } from "./session.view.ts";

export function consoleRoutes(_keeper: Doorkeeper): Route[] {
  return [
    route({ method: "GET", path: "/session", can: "signed-in", summary: "Who is signed in, with which rights", reply: sessionReply, run: (scope) => getSession(scope) }),
  ];
}
