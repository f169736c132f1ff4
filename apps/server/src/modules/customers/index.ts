import type { FastifyRequest } from "fastify";
import type { Subscriber } from "../../kernel/events.ts";
import type { Route } from "../../kernel/http/route.ts";
import type { Schedule } from "../../kernel/jobs.ts";
import { unauthenticated } from "../../kernel/problem.ts";
import type { Caller } from "../../kernel/scope.ts";

export const consoleRoutes = (_parts: object): Route[] => [];
export const memberRoutes = (_parts: object): Route[] => [];
export const openRoutes = (_parts: object): Route[] => [];
export const memberAuthentication = (_parts: object) => async (_request: FastifyRequest): Promise<Caller> => {
  throw unauthenticated();
};
export const subscribers: readonly Subscriber[] = [];
export const schedules: readonly Schedule[] = [];
