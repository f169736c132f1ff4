import type { ServerTotals } from "./books.ts";
import type { Expected } from "./expected.ts";
import type { Load } from "./load.ts";
import { EXACT_PER_FEN, type Exact } from "./row.ts";
import type { Survey } from "./survey.ts";

/** A published sum has three decimals and was added up in floating point. */
const TOLERANCE: Exact = 5;
const EXACT_PER_UNIT = 10_000;

export interface Reconciled {
  file: Survey;
  server: ServerTotals;
  expected: Expected | null;
  load: Load;
}

export interface Comparison {
  name: string;
  kind: "count" | "sum";
  file: number;
  server: number;
  leftOut: number;
  expected: number | null;
  agrees: boolean;
}

/**
 * Each figure three times: counted in the file, asked back from the server together with what stayed out and was reported row
 * by row, and as published. Sums are in ten-thousandths, with the rounding to fen taken off again.
 */
export function reconcile(one: Reconciled): Comparison[] {
  const { server, expected, load } = one;
  const file = one.file.figures();
  const sent = load.sent.figures();
  const out = load.leftOut.figures();
  const only = load.leftOut.missingFrom(load.sent);
  const sum = server.netFen * EXACT_PER_FEN - load.roundedBy;
  const clean = server.memberSales.netFen * EXACT_PER_FEN - load.cleanRoundedBy;
  const count = (name: string, inFile: number, atServer: number, leftOut: number, published: number | undefined): Comparison => ({
    name, kind: "count", file: inFile, server: atServer, leftOut, expected: published ?? null,
    agrees: inFile === atServer + leftOut && (published === undefined || published === inFile),
  });
  const total = (name: string, inFile: Exact, atServer: Exact, leftOut: Exact, published: number | undefined): Comparison => ({
    name, kind: "sum", file: inFile, server: atServer, leftOut, expected: published ?? null,
    agrees: inFile === atServer + leftOut && (published === undefined || Math.abs(published * EXACT_PER_UNIT - inFile) <= TOLERANCE),
  });
  return [
    count("行 · rows", file.rows, server.sales.lines + server.returns.lines, out.rows, expected?.rows),
    count("单据 · invoices", file.invoices, server.sales.orders + server.returns.orders - load.split, only.invoices, expected?.distinct_invoices),
    count("货号 · stock codes", file.skus, server.skus, only.skus, expected?.distinct_stock),
    count("品名 · descriptions", file.names, server.names - load.standIns.size, only.names, expected?.distinct_desc),
    count("顾客 · customers", file.customers, server.members, only.customers, expected?.customers_all),
    count("无顾客的行 · rows without customer", file.rowsWithoutCustomer, server.sales.linesWithoutMember + server.returns.linesWithoutMember,
      out.rowsWithoutCustomer, expected?.rows_null_customer),
    count("国家 · countries", file.countries, server.attributeValues, only.countries, expected?.countries),
    count("取消的行 · cancelled rows", file.rowsCancelled, server.returns.lines - load.exchangedRows, out.rowsCancelled, expected?.rows_cancelled),
    total("数量×单价 · sum of quantity × price", file.sum, sum, out.sum, expected?.sum_qty_x_price_all),
    count("有效行 · clean rows", file.clean.rows, server.memberSales.lines, out.clean.rows, expected?.rows_clean),
    count("有效顾客 · clean customers", file.clean.customers, server.memberSales.members, file.clean.customers - sent.clean.customers, expected?.customers_clean),
    count("有效单据 · clean invoices", file.clean.invoices, server.memberSales.orders, file.clean.invoices - sent.clean.invoices, expected?.invoices_clean),
    total("有效销售额 · clean revenue", file.clean.sum, clean, out.clean.sum, expected?.revenue_clean),
  ];
}

/** Shows the comparison; a figure that differs stands out. */
export function printReconciliation(comparisons: readonly Comparison[]): void {
  const show = ({ kind }: Comparison, value: number): string =>
    (kind === "count" ? value : value / EXACT_PER_UNIT).toLocaleString("en", kind === "sum" ? { minimumFractionDigits: 3 } : {});
  const cell = (text: string): string => text.padStart(15);
  console.log(`\n核对 · reconciliation\n  ${cell("file")}${cell("server")}${cell("left out")}${cell("published")}`);
  for (const one of comparisons) {
    const published = one.expected === null ? "—" : show(one, one.kind === "sum" ? one.expected * EXACT_PER_UNIT : one.expected);
    console.log(`  ${cell(show(one, one.file))}${cell(show(one, one.server))}${cell(show(one, one.leftOut))}${cell(published)}  ${one.agrees ? "✓" : "✗ 不一致 · differs"} ${one.name}`);
  }
}
