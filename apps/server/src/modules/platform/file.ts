import { fieldProblem, notFound } from "../../kernel/problem.ts";
import { actorRef, newId, type Scope } from "../../kernel/scope.ts";

/** What one request carries and one row holds: a file of any size goes through as little memory as this. */
export const CHUNK_BYTES = 1_048_576;
export const chunksOf = (sizeBytes: number): number => Math.ceil(sizeBytes / CHUNK_BYTES);

export interface NewFile {
  name: string;
  sizeBytes: number;
  /** Deleted after this; null: only by `dropFile`. */
  keepUntil: Date | null;
}

/** Runs something in a transaction of its own: a file is longer than one. */
export type InScope = <T>(work: (scope: Scope) => Promise<T>) => Promise<T>;

const context = (fileId: string, no: number): string => `platform.file:${fileId}:${no}`;

/** A file to come, piece by piece, in any order; each piece may come again. */
export async function openFile(scope: Scope, { name, sizeBytes, keepUntil }: NewFile): Promise<string> {
  const id = newId<"file">(scope);
  await scope.tx.db.insertInto("platform.file").values({ id, name, size_bytes: sizeBytes, keep_until: keepUntil, by_actor: actorRef(scope.actor), created_at: scope.now }).execute();
  return id;
}

/** A whole file that is at hand. */
export async function putFile(scope: Scope, file: Omit<NewFile, "sizeBytes">, bytes: Buffer): Promise<string> {
  const id = await openFile(scope, { ...file, sizeBytes: bytes.length });
  for (let no = 0; no < chunksOf(bytes.length); no++) await putChunk(scope, { id, sizeBytes: bytes.length }, no, bytes.subarray(no * CHUNK_BYTES, (no + 1) * CHUNK_BYTES));
  return id;
}

/** How long it has become, where that was not known before its last piece. */
export const endFile = (scope: Scope, id: string, sizeBytes: number): Promise<unknown> =>
  scope.tx.rows("update platform.file set size_bytes = $3 where tenant_id = $1 and id = $2", [scope.tenantId, id, sizeBytes]);

/** One piece, sealed with the tenant's key. All but the last have the same length; throws `invalid` for another. */
export async function putChunk(scope: Scope, { id, sizeBytes }: { id: string; sizeBytes: number }, no: number, bytes: Buffer): Promise<void> {
  const expected = Math.min(CHUNK_BYTES, sizeBytes - no * CHUNK_BYTES);
  if (expected <= 0) throw fieldProblem("no", "too-many", `the file has ${chunksOf(sizeBytes)} pieces, counted from 0`);
  if (bytes.length !== expected) throw fieldProblem("body", "wrong-length", `piece ${no} has ${expected} bytes`);
  await scope.tx.rows(
    `insert into platform.file_chunk (tenant_id, file_id, no, sealed) values ($1, $2, $3, $4)
     on conflict (tenant_id, file_id, no) do update set sealed = excluded.sealed`, [scope.tenantId, id, no, scope.vault.seal(bytes, context(id, no))]);
}

/** Which pieces have not come yet, at most `limit`. */
export async function missingChunks(scope: Scope, { id, sizeBytes }: { id: string; sizeBytes: number }, limit: number): Promise<number[]> {
  const rows = await scope.tx.rows<{ no: number }>(
    `select n.no from generate_series(0, $3::int - 1) as n(no)
      where not exists (select 1 from platform.file_chunk c where c.tenant_id = $1 and c.file_id = $2 and c.no = n.no) order by n.no limit $4`,
    [scope.tenantId, id, chunksOf(sizeBytes), limit]);
  return rows.map((row) => row.no);
}

/** Throws `notFound` when it is gone. */
export async function readChunk(scope: Scope, fileId: string, no: number): Promise<Buffer> {
  const [row] = await scope.tx.rows<{ sealed: Buffer }>("select sealed from platform.file_chunk where tenant_id = $1 and file_id = $2 and no = $3", [scope.tenantId, fileId, no]);
  if (!row) throw notFound({ detail: "The file is no longer kept" });
  return scope.vault.openBytes(row.sealed, context(fileId, no));
}

/** The bytes from `from` on, each piece read while the one before is worked on. */
export async function* readFile(inScope: InScope, file: { id: string; sizeBytes: number }, from = 0): AsyncGenerator<Buffer> {
  const total = chunksOf(file.sizeBytes);
  const read = (no: number): Promise<Buffer> => inScope((scope) => readChunk(scope, file.id, no));
  const first = Math.floor(from / CHUNK_BYTES);
  let next = first < total ? read(first) : undefined;
  for (let no = first; next; no++) {
    const bytes: Buffer = await next;
    next = no + 1 < total ? read(no + 1) : undefined;
    // Whoever stops reading leaves the next piece on its way.
    next?.catch(() => {});
    yield no === first ? bytes.subarray(from - first * CHUNK_BYTES) : bytes;
  }
}

/** Throws away whatever nothing holds after its day. */
export async function forgetOldFiles(scope: Scope): Promise<void> {
  await scope.tx.rows("update platform.import_run r set file_id = null from platform.file f where r.tenant_id = $1 and f.tenant_id = $1 and f.id = r.file_id and f.keep_until < $2", [scope.tenantId, scope.now]);
  await scope.tx.rows("delete from platform.file where tenant_id = $1 and keep_until < $2", [scope.tenantId, scope.now]);
}

/** From here on only `dropFile` takes it away. */
export const keepFile = (scope: Scope, id: string): Promise<unknown> => scope.tx.rows("update platform.file set keep_until = null where tenant_id = $1 and id = $2", [scope.tenantId, id]);

export async function dropFile(scope: Scope, id: string): Promise<void> {
  await scope.tx.rows("delete from platform.file where tenant_id = $1 and id = $2", [scope.tenantId, id]);
}
