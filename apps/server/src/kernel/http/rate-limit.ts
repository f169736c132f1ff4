import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { tooManyRequests } from "../problem.ts";
import type { Actor, Caller } from "../scope.ts";
import type { Route } from "./route.ts";

interface Quota {
  of: string;
  perMinute: number;
}

declare module "fastify" {
  interface FastifyRequest {
    /** Set for requests that are counted for whoever asks, for the limiter. */
    quota: Quota | undefined;
  }
}

/** Counts the request against its caller's quota, tells the quota in headers, throws when it is used up. */
export type RateLimit = (caller: Caller, route: Route, request: FastifyRequest, reply: FastifyReply) => Promise<void>;

/**
 * Each API key has its own quota a minute, and each person one at the doors that can be tried by guessing: a whole shop may
 * share an address. Counted in this process: with n processes a caller gets up to n quotas, which is enough against runaway
 * loops and guessing, the purpose of the limit. Headers: IETF draft-ietf-httpapi-ratelimit-headers.
 */
export function callerRateLimit(app: FastifyInstance): RateLimit {
  const count = app.createRateLimit({
    timeWindow: "1 minute",
    keyGenerator: (request: FastifyRequest) => request.quota?.of ?? "",
    max: (request: FastifyRequest) => request.quota?.perMinute ?? 0,
  });
  return async ({ actor }, route, request, reply) => {
    request.quota = quotaOf(actor, route);
    if (!request.quota) return;
    const quota = await count(request);
    if (quota.isAllowed) return;
    reply.headers({ "ratelimit-limit": quota.max, "ratelimit-remaining": quota.remaining, "ratelimit-reset": quota.ttlInSeconds });
    if (quota.isExceeded) throw tooManyRequests({ retryAfterSeconds: quota.ttlInSeconds });
  };
}

function quotaOf(actor: Actor, { perMinute, method, path }: Route): Quota | undefined {
  if (actor.kind === "key") return { of: actor.keyId, perMinute: actor.requestsPerMinute };
  if (!perMinute) return undefined;
  if (actor.kind === "staff") return { of: `${actor.staffId} ${method} ${path}`, perMinute };
  return actor.kind === "member" ? { of: `${actor.memberId} ${method} ${path}`, perMinute } : undefined;
}
