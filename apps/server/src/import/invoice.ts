import { EXACT_PER_FEN, exactOf, instantOf, kindOf, type Exact, type Kind, type Reason, type Row } from "./row.ts";
import type { Survey } from "./survey.ts";

/** An order as `POST /v1/orders:ingest` takes it, with the rows it was made of. */
export interface Draft {
  wire: { orderId: string; lines: unknown[] } & Record<string, unknown>;
  rows: Row[];
  customer: string;
  /** The return beside a sale of the same invoice. */
  isSecond: boolean;
  /** What rounding to fen added to, or took from, quantity × price. */
  roundedBy: Exact;
  /** Names of lines that have none in the file: the product's from another line, or its code. */
  borrowedNames: string[];
}

export interface LeftOut {
  row: Row;
  reason: Reason;
}

export interface InvoiceSettings {
  store: string;
  channel: string;
  zone: string;
  survey: Survey;
}

/** Gathers rows until an invoice has all it has in the file. Rows of one invoice nearly always stand together. */
export class Invoices {
  readonly #open = new Map<string, Row[]>();
  readonly #survey: Survey;

  constructor(survey: Survey) {
    this.#survey = survey;
  }

  /** The invoice's rows when this was the last of them. */
  add(row: Row): Row[] | undefined {
    const rows = this.#open.get(row.invoice) ?? [];
    rows.push(row);
    if (rows.length < (this.#survey.rowsOfInvoice.get(row.invoice)?.count ?? 0)) {
      if (rows.length === 1) this.#open.set(row.invoice, rows);
      return undefined;
    }
    this.#open.delete(row.invoice);
    return rows;
  }
}

/** An invoice as orders: its sale, its return (a cancellation, or the negative lines of an exchange), and what can be neither. */
export function draftInvoice(rows: readonly Row[], settings: InvoiceSettings): { drafts: Draft[]; leftOut: LeftOut[] } {
  const byKind: Record<Kind, Row[]> = { sale: [], return: [] };
  const leftOut: LeftOut[] = [];
  for (const row of rows) {
    const kind = kindOf(row);
    if (typeof kind === "string") byKind[kind].push(row);
    else leftOut.push({ row, reason: kind.reason });
  }
  const drafts = (["sale", "return"] as const).filter((kind) => byKind[kind].length > 0)
    .map((kind) => draftOrder(kind, byKind[kind], kind === "return" && byKind.sale.length > 0, settings));
  return { drafts, leftOut };
}

function draftOrder(kind: Kind, rows: Row[], isSecond: boolean, { store, channel, zone, survey }: InvoiceSettings): Draft {
  const [first] = rows;
  if (!first) throw new Error("An invoice has rows");
  // Some invoices were typed across a minute; the earliest counts.
  const at = rows.reduce((earliest, row) => (row.at < earliest ? row.at : earliest), first.at);
  const borrowedNames: string[] = [];
  let roundedBy = 0;
  const lines = rows.map((row) => {
    const quantity = Math.abs(row.quantity);
    const exact = Math.abs(exactOf(row));
    const amountFen = Math.floor((exact + EXACT_PER_FEN / 2) / EXACT_PER_FEN);
    // A unit price below a fen is rounded up and the rest taken off the line, so that price × quantity − discount is exact.
    const unitPriceFen = Math.ceil(row.price / EXACT_PER_FEN);
    const discountFen = unitPriceFen * quantity - amountFen;
    roundedBy += Math.sign(row.quantity) * (amountFen * EXACT_PER_FEN - exact);
    const name = row.name || survey.products.get(row.sku)?.name || row.sku;
    if (row.name === "") borrowedNames.push(name);
    return { sku: row.sku, name, quantity, unitPriceFen, ...(discountFen > 0 ? { discountFen } : {}) };
  });
  return {
    rows, isSecond, customer: first.customer, roundedBy, borrowedNames,
    wire: {
      orderId: isSecond ? `${first.invoice}-R` : first.invoice, kind, storeCode: store, channel, orderedAt: instantOf(at, zone), lines,
      ...(first.customer ? { memberExternalId: first.customer } : {}), ...(first.country ? { attributes: { country: first.country } } : {}),
    },
  };
}
