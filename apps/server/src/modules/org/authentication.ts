import type { FastifyRequest } from "fastify";
import type { Database } from "../../kernel/db/database.ts";
import { notFound, unauthenticated } from "../../kernel/problem.ts";
import type { Caller, Scope } from "../../kernel/scope.ts";
import type { Access, Verified } from "./access.ts";
import { verifyApiKey } from "./api-key.ts";
import { readApiKeyToken, readSessionCookie, type Credential } from "./credential.ts";
import { refuseCrossSite, SESSION_COOKIE } from "./cookie.ts";
import { verifySession } from "./session.ts";

export interface Doorkeeper {
  database: Database;
  access: Access;
}

/** Staff: the cookie of POST /sign-in. */
export function staffAuthentication(keeper: Doorkeeper): (request: FastifyRequest) => Promise<Caller> {
  return async (request) => {
    const text = request.cookies[SESSION_COOKIE];
    const credential = text ? readSessionCookie(text) : undefined;
    if (!text || !credential) throw unauthenticated();
    refuseCrossSite(request);
    return asCaller(request, await look(keeper, text, credential, verifySession));
  };
}

/** Integrators: `Authorization: Bearer sk_…`. */
export function keyAuthentication(keeper: Doorkeeper): (request: FastifyRequest) => Promise<Caller> {
  return async (request) => {
    const token = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
    const credential = token ? readApiKeyToken(token) : undefined;
    if (!token || !credential) throw unauthenticated({ detail: "Send an API key: Authorization: Bearer sk_…" });
    return asCaller(request, await look(keeper, token, credential, verifyApiKey));
  };
}

const asCaller = (request: FastifyRequest, { tenantId, actor }: Verified): Caller =>
  ({ tenantId, actor, from: { ip: request.ip, requestId: request.id } });

function look(
  { database, access }: Doorkeeper, text: string, credential: Credential, verify: (scope: Scope, credential: Credential) => Promise<Verified>,
): Promise<Verified> {
  return access.verify(text, credential.tenantId, async () => {
    try {
      return await database.inScope({ tenantId: credential.tenantId, actor: { kind: "system", name: "door" } }, (scope) => verify(scope, credential));
    } catch (error) {
      // A tenant that does not exist, or is suspended, must look like any other wrong credential.
      if (notFound.is(error)) throw unauthenticated();
      throw error;
    }
  });
}
