import { promisify } from "node:util";
import { deflateRaw, inflateRaw } from "node:zlib";
import type { Scope } from "../../../kernel/scope.ts";

const [deflate, inflate] = [promisify(deflateRaw), promisify(inflateRaw)];
/** A row takes 200 bytes; this is far beyond any page. */
const MAX_BYTES = 512 * 1_048_576;

export type Part = "checked" | "applied" | "undone";
const context = (runId: string, no: number, part: Part): string => `platform.import_page:${runId}:${no}:${part}`;

interface Place {
  runId: string;
  no: number;
  part: Part;
}

/** Rows of a page as one sealed value: a hundredth of what a row each would cost to write, and nothing of anybody in the clear. */
export async function packRows({ vault }: Pick<Scope, "vault">, { runId, no, part }: Place, rows: readonly object[]): Promise<Buffer> {
  return vault.seal(await deflate(JSON.stringify(rows), { level: 1 }), context(runId, no, part));
}

export async function unpackRows<Row>({ vault }: Pick<Scope, "vault">, { runId, no, part }: Place, packed: Buffer): Promise<Row[]> {
  return JSON.parse((await inflate(vault.openBytes(packed, context(runId, no, part)), { maxOutputLength: MAX_BYTES })).toString()) as Row[];
}

/** How many rows there are of each kind. */
export function countBy<Row>(rows: readonly Row[], kind: (row: Row) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const row of rows) counts[kind(row)] = (counts[kind(row)] ?? 0) + 1;
  return counts;
}
