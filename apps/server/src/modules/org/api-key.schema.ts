import { z } from "zod";
import { id, instant, pageOf, text } from "../../kernel/http/wire.ts";
import { keyScopeIds } from "./permission.ts";

const MAX_PER_MINUTE = 1_000_000;

export const apiKeyReply = z.object({
  id, name: z.string(), prefix: z.string(), lastFour: z.string(), scopes: z.array(z.string()), requestsPerMinute: z.int(),
  createdAt: instant, lastUsedAt: instant.nullable(), revokedAt: instant.nullable(),
}).meta({ id: "ApiKey" });
export const apiKeyPage = pageOf(apiKeyReply);
export const addApiKeyBody = z.object({
  name: text(64), scopes: z.array(z.enum(keyScopeIds)).min(1).max(keyScopeIds.length),
  requestsPerMinute: z.int().min(1).max(MAX_PER_MINUTE).optional(),
});
/** `secret` is the whole key, shown this once. */
export const addApiKeyReply = apiKeyReply.extend({ secret: z.string() });
