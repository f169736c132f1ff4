import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { tooManyRequests } from "../problem.ts";
import type { Caller } from "../scope.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Set for requests with an API key, for the limiter that counts them. */
    keyQuota: { keyId: string; perMinute: number } | undefined;
  }
}

/** Counts the request against its caller's quota, tells the quota in headers, throws when it is used up. */
export type RateLimit = (caller: Caller, request: FastifyRequest, reply: FastifyReply) => Promise<void>;

/**
 * Each API key has its own quota a minute. Counted in this process: with n processes a key gets up to n quotas, which is
 * enough against runaway loops, the purpose of the limit. Headers: IETF draft-ietf-httpapi-ratelimit-headers.
 */
export function keyRateLimit(app: FastifyInstance): RateLimit {
  const count = app.createRateLimit({
    timeWindow: "1 minute",
    keyGenerator: (request: FastifyRequest) => request.keyQuota?.keyId ?? "",
    max: (request: FastifyRequest) => request.keyQuota?.perMinute ?? 0,
  });
  return async ({ actor }, request, reply) => {
    if (actor.kind !== "key") return;
    request.keyQuota = { keyId: actor.keyId, perMinute: actor.requestsPerMinute };
    const quota = await count(request);
    if (quota.isAllowed) return;
    reply.headers({ "ratelimit-limit": quota.max, "ratelimit-remaining": quota.remaining, "ratelimit-reset": quota.ttlInSeconds });
    if (quota.isExceeded) throw tooManyRequests({ retryAfterSeconds: quota.ttlInSeconds });
  };
}
