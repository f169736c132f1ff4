import { audit } from "../../kernel/audit.ts";
import { unauthenticated } from "../../kernel/problem.ts";
import { actorRef, newId, type Scope } from "../../kernel/scope.ts";
import type { Verified } from "./access.ts";
import { getApiKey } from "./api-key.view.ts";
import { beyondAuthority } from "./authority.ts";
import { apiKeyToken, newSecret, secretFits, secretHash, type Credential } from "./credential.ts";
import { keyScopes, type KeyScope } from "./permission.ts";

/** How exact `last_used_at` is: one write a minute instead of one a request. */
const USED_MS = 60_000;
const DEFAULT_PER_MINUTE = 60_000;

interface Row {
  name: string;
  secret_hash: Buffer;
  scopes: string[];
  requests_per_minute: number;
  last_used_at: Date | null;
}

export async function verifyApiKey(scope: Scope, { id, secret }: Credential): Promise<Verified> {
  const [row] = await scope.tx.rows<Row>(
    `select name, secret_hash, scopes, requests_per_minute, last_used_at from org.api_key
      where tenant_id = $1 and id = $2 and revoked_at is null`, [scope.tenantId, id]);
  if (!row || !secretFits(row.secret_hash, secret)) throw unauthenticated({ detail: "No such API key, or it was revoked" });
  if (scope.now.getTime() - (row.last_used_at?.getTime() ?? 0) > USED_MS) {
    scope.tx.write("update org.api_key set last_used_at = $3 where tenant_id = $1 and id = $2", [scope.tenantId, id, scope.now]);
  }
  return {
    tenantId: scope.tenantId,
    actor: { kind: "key", keyId: id, name: row.name, permissions: new Set(row.scopes), requestsPerMinute: row.requests_per_minute },
  };
}

export interface KeyDraft {
  name: string;
  scopes: readonly KeyScope[];
  requestsPerMinute?: number | undefined;
}

/** Makes a key; its secret is in the answer and nowhere else. */
export async function addApiKey(scope: Scope, { name, scopes, requestsPerMinute = DEFAULT_PER_MINUTE }: KeyDraft) {
  demandKeyAuthority(scope, scopes);
  const credential: Credential = { tenantId: scope.tenantId, id: newId<"api-key">(scope), secret: newSecret() };
  await scope.tx.db.insertInto("org.api_key").values({
    id: credential.id, name, secret_hash: secretHash(credential.secret), last_four: credential.secret.slice(-4), scopes: [...new Set(scopes)],
    requests_per_minute: requestsPerMinute, created_at: scope.now, created_by: actorRef(scope.actor),
  }).execute();
  const after = await getApiKey(scope, credential.id);
  audit(scope, { action: "api-key.add", subjectKind: "api-key", subjectId: credential.id, after });
  return { ...after, secret: apiKeyToken(credential) };
}

export async function revokeApiKey(scope: Scope, keyId: string) {
  const before = await getApiKey(scope, keyId);
  if (before.revokedAt) return before;
  await scope.tx.db.updateTable("org.api_key").set({ revoked_at: scope.now }).where("id", "=", keyId).execute();
  const after = await getApiKey(scope, keyId);
  audit(scope, { action: "api-key.revoke", subjectKind: "api-key", subjectId: keyId, before, after });
  return after;
}

/** A key sees every store, so only somebody who does may make one, and only with rights of their own. */
function demandKeyAuthority({ actor }: Scope, scopes: readonly KeyScope[]): void {
  if (actor.kind === "system") return;
  if (actor.kind !== "staff" || actor.dataScope.kind !== "all") throw beyondAuthority({ detail: "API keys see every store" });
  const excess = scopes.filter((one) => !actor.permissions.has(keyScopes[one]));
  if (excess.length > 0) throw beyondAuthority({ detail: `You do not have the rights of ${excess.join(", ")} yourself` });
}
