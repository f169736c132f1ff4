import { unauthenticated } from "../../kernel/problem.ts";
import type { Scope } from "../../kernel/scope.ts";
import type { Verified } from "./access.ts";
import { secretFits, type Credential } from "./credential.ts";

const USED_MS = 60_000;

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
