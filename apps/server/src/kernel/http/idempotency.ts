import { problem, fieldProblem } from "../problem.ts";
import { bytes, integers, textList, texts, utf8 } from "../db/array.ts";
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

/** A kept reply with what it answered, for a batch of requests that is settled together. */
export interface Kept extends KeptReply {
  operation: string;
  bodyHash: Buffer;
}

/** Earlier replies to any of these keys. */
export async function keptReplies(scope: Scope, keys: readonly string[]): Promise<Map<string, Kept>> {
  const rows = await scope.tx.rows<Row & { key: string }>(
    `select key, operation, body_hash, status, body from kernel.idempotency
      where tenant_id = $1 and key = any($2::text[]) and body is not null`, [scope.tenantId, textList(keys)]);
  return new Map(rows.map((row) => [row.key, { operation: row.operation, bodyHash: row.body_hash, status: row.status ?? 0, body: row.body ?? "" }]));
}

/** Keeps a batch's replies with one statement. */
export function keepReplies({ tx, tenantId, now }: Scope, replies: readonly (Omit<Kept, "body"> & { key: string; body: Buffer })[]): void {
  if (replies.length === 0) return;
  tx.write(
    `insert into kernel.idempotency (tenant_id, key, operation, body_hash, status, body, at)
     select $1, key, operation, body_hash, status, body, $2
       from unnest($3::text[], $4::text[], $5::bytea[], $6::int[], $7::text[]) as v(key, operation, body_hash, status, body)`,
    [tenantId, now, texts(replies, (one) => one.key), texts(replies, (one) => one.operation), bytes(replies, (one) => one.bodyHash),
      integers(replies, (one) => one.status), utf8(replies, (one) => one.body)]);
}

/** Takes away the first answers that speak of somebody; how many. A repeated request is then answered anew. */
export async function forgetReplies(scope: Scope, text: string): Promise<number> {
  return (await scope.tx.rows("delete from kernel.idempotency where tenant_id = $1 and strpos(body, $2) > 0 returning 1", [scope.tenantId, text])).length;
}
