import { wallClock } from "../kernel/days.ts";
import type { Column } from "./columns.ts";

/** Money in ten-thousandths of a unit, so that prices with three decimals add up exactly. */
export type Exact = number;
export const EXACT_PER_FEN = 100;
const EXACT_DIGITS = 4;

/** A line of the file, read. */
export interface Row {
  /** In the file; the header is 1. */
  number: number;
  invoice: string;
  sku: string;
  name: string;
  quantity: number;
  price: Exact;
  /** As the file has it; empty where it is no date. */
  at: string;
  customer: string;
  country: string;
}

/** Why a row cannot become a line of an order. */
export type Reason =
  | "no invoice number" | "unusable invoice number" | "no product code" | "no whole quantity" | "no price" | "no date"
  | "accounting adjustment" | "negative price" | "stock correction without a price" | "cancelled with a positive quantity" | "refused by the server";

export type Kind = "sale" | "return";

const INVOICE = /^[A-Za-z0-9._-]{1,62}$/;
const DATE = /^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2})(?::(\d{2}))?$/;
const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;
const MAX_SKU = 64;

export function readRow(cells: readonly string[], at: Record<Column, number>, number: number): Row {
  const cell = (column: Column): string => cells[at[column]] ?? "";
  return {
    number, invoice: cell("invoice").trim(), sku: cell("sku").trim(), name: cell("name"), quantity: readQuantity(cell("quantity")),
    price: readExact(cell("price")), at: readDate(cell("at")),
    // A spreadsheet that once saw an empty cell writes whole numbers as 17850.0.
    customer: cell("customer").trim().replace(/^(\d+)\.0+$/, "$1"), country: cell("country").trim(),
  };
}

const readDate = (text: string): string => (DATE.test(text.trim()) ? text.trim() : "");
const readQuantity = (text: string): number => (/^\s*-?\d+(\.0+)?\s*$/.test(text) ? Number(text) : Number.NaN);

function readExact(text: string): Exact {
  const [, sign = "", whole = "", fraction = ""] = DECIMAL.exec(text.trim()) ?? [];
  if (whole === "" || /[1-9]/.test(fraction.slice(EXACT_DIGITS))) return Number.NaN;
  return Number(`${sign}${whole}${fraction.slice(0, EXACT_DIGITS).padEnd(EXACT_DIGITS, "0")}`);
}

/** In Online Retail a cancellation's number begins with C, an accounting entry's with A. */
export const isCancelled = (row: Row): boolean => row.invoice.startsWith("C");
const isAccounting = (row: Row): boolean => row.invoice.startsWith("A");

/** What a row is, or why it is nothing that an order can hold. */
export function kindOf(row: Row): Kind | { reason: Reason } {
  const reason = reasonAgainst(row);
  if (reason) return { reason };
  if (row.quantity > 0) return isCancelled(row) ? { reason: "cancelled with a positive quantity" } : "sale";
  return row.price === 0 && !isCancelled(row) ? { reason: "stock correction without a price" } : "return";
}

function reasonAgainst(row: Row): Reason | undefined {
  if (row.invoice === "") return "no invoice number";
  if (!INVOICE.test(row.invoice)) return "unusable invoice number";
  if (isAccounting(row)) return "accounting adjustment";
  if (row.sku === "" || row.sku.length > MAX_SKU) return "no product code";
  if (!Number.isSafeInteger(row.quantity) || row.quantity === 0) return "no whole quantity";
  if (Number.isNaN(row.price)) return "no price";
  if (row.price < 0) return "negative price";
  return row.at === "" ? "no date" : undefined;
}

/** Quantity × price as the file has it, with its sign. */
export const exactOf = (row: Row): Exact => (Number.isFinite(row.quantity * row.price) ? row.quantity * row.price : 0);

/** The instant that a clock on the wall in the zone showed. */
export function instantOf(at: string, zone: string): string {
  const [, year, month, day, hour, minute, second = "0"] = DATE.exec(at) ?? [];
  const asUtc = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  // Asked for twice, because the first guess can lie across a change of clocks.
  return new Date(asUtc - offsetAt(asUtc - offsetAt(asUtc, zone), zone)).toISOString();
}

function offsetAt(instant: number, zone: string): number {
  const wall = wallClock(new Date(instant), zone);
  const shown = Date.parse(`${wall.day}T00:00:00Z`) + wall.minute * 60_000;
  return shown - Math.floor(instant / 60_000) * 60_000;
}
