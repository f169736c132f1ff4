import { wrongUse } from "./wrong-use.ts";

/** Which header of the file holds what. */
export interface Columns {
  invoice: string;
  sku: string;
  name: string;
  quantity: string;
  at: string;
  price: string;
  customer: string;
  country: string;
}

export type Column = keyof Columns;

/** UCI Online Retail's headers; `--map invoice=单号,sku=货号` names others. */
const ONLINE_RETAIL: Columns = {
  invoice: "InvoiceNo", sku: "StockCode", name: "Description", quantity: "Quantity", at: "InvoiceDate", price: "UnitPrice", customer: "CustomerID",
  country: "Country",
};
/** A file may do without these. */
const OPTIONAL = new Set<Column>(["customer", "country"]);

export function readColumns(map: string | undefined): Columns {
  const columns = { ...ONLINE_RETAIL };
  for (const pair of map?.split(",") ?? []) {
    const [name = "", header = ""] = pair.split("=").map((part) => part.trim());
    if (!isColumn(name) || header === "") throw wrongUse(`--map takes pairs such as invoice=InvoiceNo; ${pair} is none (${Object.keys(columns).join(", ")})`);
    columns[name] = header;
  }
  return columns;
}

const isColumn = (name: string): name is Column => name in ONLINE_RETAIL;

/** Where each column is in this file. Throws when a necessary one is missing. */
export function findColumns(headers: readonly string[], columns: Columns): Record<Column, number> {
  const names = Object.keys(columns) as Column[];
  const found = names.map((name): [Column, number] => [name, headers.indexOf(columns[name])]);
  const missing = found.filter(([name, at]) => at < 0 && !OPTIONAL.has(name)).map(([name]) => `${name} (${columns[name]})`);
  if (missing.length > 0) throw wrongUse(`The file has no column for ${missing.join(", ")}. Its headers: ${headers.join(", ")}. Name them with --map`);
  return Object.fromEntries(found) as Record<Column, number>;
}
