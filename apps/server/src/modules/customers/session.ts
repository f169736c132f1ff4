import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { FastifyRequest } from "fastify";
import { isUuid } from "../../kernel/ids.ts";
import { notFound, unauthenticated } from "../../kernel/problem.ts";
import { newId, type Caller, type Scope } from "../../kernel/scope.ts";
import type { CustomersParts } from "./parts.ts";

const LIFE_MS = 30 * 86_400_000;
const SECRET_BYTES = 32;

/** Signs a member in: the bearer token `<tenant>.<session>.<secret>`, of which only the secret's hash is kept. */
export async function openMemberSession(scope: Scope, memberId: string): Promise<string> {
  const sessionId = newId<"member-session">(scope);
  const secret = randomBytes(SECRET_BYTES).toString("base64url");
  await scope.tx.rows(
    "insert into customers.session (tenant_id, id, member_id, secret_hash, created_at, expires_at) values ($1, $2, $3, $4, $5, $6)",
    [scope.tenantId, sessionId, memberId, sha256(secret), scope.now, new Date(scope.now.getTime() + LIFE_MS)]);
  return `${scope.tenantId}.${sessionId}.${secret}`;
}

export const endMemberSession = (scope: Scope, sessionId: string): void =>
  scope.tx.write("delete from customers.session where tenant_id = $1 and id = $2", [scope.tenantId, sessionId]);

/** The member door: `Authorization: Bearer <token>`. Who was let in is remembered for at most five seconds. */
export function memberAuthentication({ access, database }: CustomersParts): (request: FastifyRequest) => Promise<Caller> {
  return async (request) => {
    const token = /^Bearer (\S{1,200})$/i.exec(request.headers.authorization ?? "")?.[1] ?? "";
    const [tenantId = "", sessionId = "", secret = "", ...rest] = token.split(".");
    if (!isUuid(tenantId) || !isUuid(sessionId) || !secret || rest.length > 0) throw unauthenticated();
    // Named apart: a cookie of staff has the same form, and must not open this door because it opened theirs.
    const { actor } = await access.verify(`member ${token}`, tenantId, async () => {
      const entry = { tenantId, actor: { kind: "system", name: "door" } } as const;
      return database.inScope(entry, (scope) => verify(scope, sessionId, secret)).catch((error: unknown) => {
        // A tenant that does not exist looks like any other wrong token.
        throw notFound.is(error) ? unauthenticated() : error;
      });
    });
    return { tenantId, actor, from: { ip: request.ip, requestId: request.id } };
  };
}

async function verify(scope: Scope, sessionId: string, secret: string) {
  const [row] = await scope.tx.rows<{ member_id: string; secret_hash: Buffer }>(
    `select s.member_id, s.secret_hash
       from customers.session s join customers.member m on m.tenant_id = $1 and m.id = s.member_id and m.state in ('active', 'frozen')
      where s.tenant_id = $1 and s.id = $2 and s.expires_at > $3`, [scope.tenantId, sessionId, scope.now]);
  if (!row || !timingSafeEqual(row.secret_hash, sha256(secret))) throw unauthenticated();
  return { tenantId: scope.tenantId, actor: { kind: "member" as const, memberId: row.member_id, sessionId } };
}

const sha256 = (secret: string): Buffer => createHash("sha256").update(secret).digest();
