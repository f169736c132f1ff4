import { wordsFor, type Language } from "@shuke/api/words";
import type { FastifyReply } from "fastify";
import { Readable } from "node:stream";
import { audit } from "../../../kernel/audit.ts";
import type { Database } from "../../../kernel/db/database.ts";
import { actorRef, may, type Caller, type Scope } from "../../../kernel/scope.ts";
import { getRun } from "./run.row.ts";
import { fieldsOf, hiddenIn } from "./targets.ts";
import type { ImportTarget } from "./target.ts";
import type { Reading, RowReason } from "./import.schema.ts";
import { veiled, walkRows, type RowFilter, type StoredRow } from "./rows.view.ts";
import { maskText } from "./suggest.ts";

/** A spreadsheet runs what begins like this. */
const FORMULA = /^[=+\-@\t\r]/;

interface Asked {
  targets: readonly ImportTarget[];
  runId: string;
  filter: RowFilter;
  language: Language;
  reply: FastifyReply;
}

const HEADS: Readonly<Record<Language, readonly [line: string, reason: string]>> = { "zh-CN": ["行号", "原因"], en: ["Line", "Reason"] };
const COLON: Readonly<Record<Language, string>> = { "zh-CN": "：", en: ": " };

/**
 * Streams rows that were not taken, to be mended and imported again. Whoever brought the file gets its own cells back; others see phones
 * only with the right to. Reasons are said in the reader's language.
 */
export async function sendErrors(database: Database, caller: Caller, { targets, runId, filter, language, reply }: Asked): Promise<void> {
  const inScope = <T>(work: (scope: Scope) => Promise<T>): Promise<T> => database.inScope(caller, work);
  const { run, hidden } = await inScope(async (scope) => {
    const found = await getRun(scope, runId);
    audit(scope, { action: "import.error-file", subjectKind: "import", subjectId: runId, after: { file: found.file_name } });
    return { run: found, hidden: hiddenIn(await fieldsOf(scope, targets, found.target), found.mapping) };
  });
  const isWhole = run.by_actor === actorRef(caller.actor) || may(caller.actor, "members.reveal");
  const kept = new Set(run.mapping?.columns.filter((column) => hidden.has(column.field)).map((column) => column.at));
  const columns = (run.source?.columns ?? []).filter((column) => !kept.has(column.at));
  const chosen = filter.verdict || filter.outcome || filter.undo ? filter : { verdict: "error" as const };
  const lines = csvLines(walkRows(inScope, runId, chosen), { columns, hidden, language, show: isWhole ? (text) => text : maskText });
  await reply.type("text/csv; charset=utf-8").header("content-disposition", `attachment; filename="import-errors.csv"`).header("cache-control", "no-store").send(Readable.from(lines));
}

interface Shown {
  columns: Reading["columns"];
  hidden: ReadonlySet<string>;
  language: Language;
  show: (text: string) => string;
}

async function* csvLines(pages: AsyncIterable<StoredRow[]>, { columns, hidden, language, show }: Shown): AsyncGenerator<string> {
  yield `\ufeff${csvLine([...columns.map((column) => column.header), ...HEADS[language]])}`;
  const said = ({ column, code, message, value }: RowReason): string => `${column ? column + COLON[language] : ""}${wordsFor(language, code) ?? message}${value ? ` (${show(value)})` : ""}`;
  for await (const rows of pages) {
    yield rows.map(({ checked, applied, undone }) => {
      const reasons = [...checked.reasons, ...applied?.reasons ?? [], ...undone?.reasons ?? []].map((reason) => veiled(reason, hidden));
      const cells = columns.map(({ at }) => show(checked.cells?.[at] ?? ""));
      return csvLine([...cells, String(checked.line), reasons.map(said).join("; ")]);
    }).join("");
  }
}

const csvLine = (cells: readonly string[]): string => `${cells.map(csvCell).join(",")}\r\n`;
const csvCell = (text: string): string => {
  const safe = FORMULA.test(text) && !/^[+-]?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};
