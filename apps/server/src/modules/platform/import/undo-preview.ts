import type { z } from "zod";
import type { Scope } from "../../../kernel/scope.ts";
import { undos, type undoPreview, type UndoKind } from "./import.schema.ts";
import { unpackRows } from "./pack.ts";
import { getRun } from "./run.row.ts";
import { canOf } from "./run.view.ts";
import type { AppliedRow, ImportTarget, UndoneRow } from "./target.ts";
import { findTarget, refuseKept } from "./targets.ts";

/** Whoever asks waits for the answer: a page takes a fifth of a second, so of a big file it is told from its last hundred thousand rows. */
const MAX_MS = 4_000;

interface Page {
  no: number;
  rows: number;
  applied: Buffer;
}

/** What taking an import back would do as things are now, page by page as it would be done; nothing is written. Throws `forbidden`, `invalid`. */
export async function previewUndo(scope: Scope, targets: readonly ImportTarget[], id: string): Promise<z.input<typeof undoPreview>> {
  const run = await getRun(scope, id);
  const found = new Tally();
  if (!run.mapping || !canOf(run).includes("undo")) return { ...found.view(), total: 0 };
  const { target, description } = await findTarget(scope, targets, run.target);
  refuseKept(description.fields, run.mapping);
  const open = await target.open(scope, { runId: id, key: run.target, mapping: run.mapping });
  const until = performance.now() + MAX_MS;
  for (let page = await pageBefore(scope, id, null); page && performance.now() < until; page = await pageBefore(scope, id, page.no)) {
    const written = (await unpackRows<AppliedRow>(scope, { runId: id, no: page.no, part: "applied" }, page.applied)).filter((row) => row.outcome === "created" || row.outcome === "updated");
    found.add(page.rows, written.length > 0 ? await open.foresee(scope, written) : []);
  }
  return { ...found.view(), total: (run.counts["rows.applied"] ?? 0) - (run.counts["rows.undone"] ?? 0) };
}

async function pageBefore(scope: Scope, runId: string, no: number | null): Promise<Page | undefined> {
  const [page] = await scope.tx.rows<Page>(
    "select no, rows, applied from platform.import_page where tenant_id = $1 and run_id = $2 and outcomes is not null and undos is null and ($3::int is null or no < $3) order by no desc limit 1", [scope.tenantId, runId, no]);
  return page;
}

class Tally {
  #rows = 0;
  readonly #undos = new Map<UndoKind, number>();
  readonly #reasons = new Map<string, number>();

  add(rows: number, undone: readonly UndoneRow[]): void {
    this.#rows += rows;
    for (const { undo, reasons = [] } of undone) {
      count(this.#undos, undo);
      for (const code of new Set(reasons.map((reason) => reason.code))) count(this.#reasons, code);
    }
  }

  view() {
    return {
      rows: this.#rows, undos: Object.fromEntries(undos.map((name) => [name, this.#undos.get(name) ?? 0])) as Record<UndoKind, number>,
      reasons: [...this.#reasons].map(([code, rows]) => ({ code, rows })).toSorted((a, b) => b.rows - a.rows),
    };
  }
}

const count = <Key>(counts: Map<Key, number>, key: Key): unknown => counts.set(key, (counts.get(key) ?? 0) + 1);
