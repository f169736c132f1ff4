import { createWriteStream, type WriteStream } from "node:fs";
import type { Draft, LeftOut } from "./invoice.ts";
import type { Outcome } from "./lanes.ts";
import { isCancelled, type Exact, type Row } from "./row.ts";
import { Survey } from "./survey.ts";

const MAX_REFUSALS_SHOWN = 10;

/** What became of every row: sent and settled, or left out with its reason in a list beside. */
export class Load {
  readonly outcomes = { recorded: 0, unchanged: 0, refused: 0 };
  readonly sent = new Survey();
  readonly leftOut = new Survey();
  /** Rows left out, by reason. */
  readonly reasons = new Map<string, number>();
  /** What rounding lines to fen added; the second counts members' sales alone. */
  roundedBy: Exact = 0;
  cleanRoundedBy: Exact = 0;
  /** Invoices that became a sale and a return, and the rows of returns on invoices that are no cancellation. */
  split = 0;
  exchangedRows = 0;
  /** Product codes that stand in for names, because the file names the product nowhere. */
  readonly standIns = new Set<string>();
  readonly #file: Survey;
  readonly #list: WriteStream;

  constructor(file: Survey, listFile: string) {
    this.#file = file;
    this.#list = createWriteStream(listFile, { mode: 0o600 });
    this.#list.write("row,invoice,stock_code,quantity,reason\n");
  }

  leave({ row, reason }: LeftOut): void {
    this.#leave(row, reason);
  }

  settle(draft: Draft, outcome: Outcome): void {
    this.outcomes[outcome.outcome]++;
    if (outcome.outcome === "refused") return this.#refuse(draft, outcome);
    const isSale = draft.wire["kind"] === "sale";
    for (const row of draft.rows) {
      this.sent.add(row);
      if (!isSale && !isCancelled(row)) this.exchangedRows++;
    }
    this.roundedBy += draft.roundedBy;
    if (isSale && draft.customer) this.cleanRoundedBy += draft.roundedBy;
    if (draft.isSecond) this.split++;
    for (const name of draft.borrowedNames) (this.#file.names.has(name) ? this.sent.names : this.standIns).add(name);
  }

  async finish(): Promise<void> {
    await new Promise<void>((done) => this.#list.end(done));
  }

  #refuse(draft: Draft, { orderId, code, errors }: Outcome): void {
    if (this.outcomes.refused <= MAX_REFUSALS_SHOWN) {
      console.log(`\n  ! ${orderId}: ${code ?? ""} ${errors?.map((error) => `${error.field} ${error.message}`).join("; ") ?? ""}`);
    }
    for (const row of draft.rows) this.#leave(row, `refused by the server: ${code ?? ""}`);
  }

  #leave(row: Row, reason: string): void {
    this.leftOut.add(row);
    this.reasons.set(reason, (this.reasons.get(reason) ?? 0) + 1);
    this.#list.write(`${row.number},${quoted(row.invoice)},${quoted(row.sku)},${Number.isNaN(row.quantity) ? "" : row.quantity},${quoted(reason)}\n`);
  }
}

const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
