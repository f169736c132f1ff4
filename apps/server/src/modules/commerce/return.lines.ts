import { allocate, returnShare, share } from "@shuke/offers";
import type { Fen, Points } from "../../kernel/money.ts";
import { invalid, type FieldError } from "../../kernel/problem.ts";
import { refundTooHigh, type Order, type OrderLine } from "./order.ts";
import type { ReturnWire } from "./order.schema.ts";

/** What one line gives back: its frozen net, its points, its share of each tender. */
export interface ReturnedLine {
  line: OrderLine;
  quantity: number;
  amountFen: Fen;
  points: Points;
  split: Fen[];
}

export const restFen = (line: OrderLine): Fen => line.netFen - line.returnedFen;
export const restQuantity = (line: OrderLine): number => line.quantity - line.returnedQuantity;

/** Turns what was asked into lines; names every line that is wrong. */
export function returnedLines(order: Order, wire: ReturnWire): ReturnedLine[] {
  if (wire.lines) return byLines(order, wire.lines);
  if (wire.amountFen !== undefined) return byAmount(order, wire.amountFen);
  return order.lines.filter((line) => restQuantity(line) > 0 || restFen(line) > 0).map((line) => returned(line, restQuantity(line), restFen(line)));
}

function byLines(order: Order, asked: NonNullable<ReturnWire["lines"]>): ReturnedLine[] {
  const errors: FieldError[] = [];
  const seen = new Set<string>();
  const lines = asked.flatMap(({ lineId, quantity }, at) => {
    const line = order.lines.find((one) => one.lineId === lineId);
    if (!line) errors.push({ field: `lines.${at}.lineId`, code: "unknown", message: "is not a line of this order" });
    else if (seen.has(lineId)) errors.push({ field: `lines.${at}.lineId`, code: "duplicate", message: "is named twice" });
    else if (quantity > restQuantity(line)) errors.push({ field: `lines.${at}.quantity`, code: "too-many", message: `only ${restQuantity(line)} left to return` });
    else {
      seen.add(lineId);
      const isLast = quantity === restQuantity(line);
      const amount = returnShare(line.netFen, line.quantity, line.returnedQuantity, quantity);
      return [returned(line, quantity, isLast ? restFen(line) : Math.min(amount, restFen(line)))];
    }
    return [];
  });
  if (errors.length > 0) throw invalid({ errors });
  return lines;
}

function byAmount(order: Order, amount: Fen): ReturnedLine[] {
  const rest = order.lines.map(restFen);
  const total = rest.reduce((sum, one) => sum + one, 0);
  if (amount > total) throw refundTooHigh({ refundableFen: total });
  const parts = allocate(amount, rest);
  return order.lines.flatMap((line, at) => (parts[at] ? [returned(line, 0, parts[at])] : []));
}

/** An amount of a line with its share of the line's points and tenders. */
export function returned(line: OrderLine, quantity: number, amountFen: Fen): ReturnedLine {
  const left = line.tenderSplit.map((part, at) => part - (line.returnedSplit[at] ?? 0));
  const points = line.netFen === 0 ? 0
    : share(line.pointsEarned, line.returnedFen + amountFen, line.netFen) - share(line.pointsEarned, line.returnedFen, line.netFen);
  return { line, quantity, amountFen, points, split: amountFen === 0 ? left.map(() => 0) : allocate(amountFen, left) };
}
