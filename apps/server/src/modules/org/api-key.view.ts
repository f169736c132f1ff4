import type { z } from "zod";
import { decodeCursor, pageFrom, type Page } from "../../kernel/http/page.ts";
import { notFound } from "../../kernel/problem.ts";
import type { Scope } from "../../kernel/scope.ts";
import type { apiKeyReply } from "./api-key.schema.ts";

type ApiKey = z.input<typeof apiKeyReply>;
const columns = ["id", "tenant_id", "name", "last_four", "scopes", "requests_per_minute", "created_at", "last_used_at", "revoked_at"] as const;

export async function listApiKeys(scope: Scope, { limit, cursor }: { limit: number; cursor?: string | undefined }): Promise<Page<ApiKey>> {
  const [before] = decodeCursor(cursor, 1) ?? [];
  const rows = await scope.tx.db.selectFrom("org.api_key").select(columns)
    .$if(before !== undefined, (query) => query.where("id", "<", String(before))).orderBy("id", "desc").limit(limit + 1).execute();
  return pageFrom(rows, limit, toApiKey, (row) => [row.id]);
}

export async function getApiKey(scope: Scope, keyId: string): Promise<ApiKey> {
  const row = await scope.tx.db.selectFrom("org.api_key").select(columns).where("id", "=", keyId).executeTakeFirst();
  if (!row) throw notFound();
  return toApiKey(row);
}

interface Row {
  id: string;
  tenant_id: string;
  name: string;
  last_four: string;
  scopes: string[];
  requests_per_minute: number;
  created_at: Date;
  last_used_at: Date | null;
  revoked_at: Date | null;
}

function toApiKey(row: Row): ApiKey {
  return {
    id: row.id, name: row.name, prefix: `sk_${row.tenant_id.slice(0, 8)}`, lastFour: row.last_four, scopes: row.scopes,
    requestsPerMinute: row.requests_per_minute, createdAt: row.created_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString() ?? null, revokedAt: row.revoked_at?.toISOString() ?? null,
  };
}
