import type { Subscriber } from "../../kernel/events.ts";
import type { Route } from "../../kernel/http/route.ts";

export const consoleRoutes = (_parts: object): Route[] => [];
export const subscribers: readonly Subscriber[] = [];
