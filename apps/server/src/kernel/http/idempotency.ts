import { problem, fieldProblem } from "../problem.ts";
import type { Scope } from "../scope.ts";

export const bodyMismatch = problem("idempotency/body-mismatch", 409, "This Idempotency-Key was used with another body");
const KEY = /^[\x21-\x7e]{8,128}$/;

/** What the first request with a key was answered. */
export interface KeptReply {
  status: number;
  body: string;
}

export function readKey(header: unknown): string {
  if (typeof header === "string" && KEY.test(header)) return header;
  throw fieldProblem("Idempotency-Key", header === undefined ? "required" : "invalid", "send a header of 8 to 128 visible characters");
}

interface Row {
  operation: string;
  body_hash: Buffer;
  status: number | null;
  body: string | null;
}

/**
 * Claims a key in the scope's transaction. A second request with the key waits for the first one's commit, then gets its
 * answer. Refusals are not kept: nothing changed, so the same key may try again.
 */
export async function claimKey(scope: Scope, operation: string, key: string, bodyHash: Buffer): Promise<KeptReply | undefined> {
  const claimed = await scope.tx.rows(
    `insert into kernel.idempotency (tenant_id, key, operation, body_hash, at) values ($1, $2, $3, $4, $5)
     on conflict do nothing returning 1`, [scope.tenantId, key, operation, bodyHash, scope.now]);
  if (claimed.length > 0) return undefined;
  const [row] = await scope.tx.rows<Row>(
    "select operation, body_hash, status, body from kernel.idempotency where tenant_id = $1 and key = $2", [scope.tenantId, key]);
  if (!row || row.status === null || row.body === null) throw new Error("A kept reply is missing");
  if (row.operation !== operation || !row.body_hash.equals(bodyHash)) throw bodyMismatch();
  return { status: row.status, body: row.body };
}

export function keepReply(scope: Scope, key: string, reply: KeptReply): void {
  scope.tx.write("update kernel.idempotency set status = $3, body = $4 where tenant_id = $1 and key = $2",
    [scope.tenantId, key, reply.status, reply.body]);
}
