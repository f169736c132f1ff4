import { allocate, share as shareOf } from "@shuke/offers";
import { invalid, problem, type FieldError } from "../../../kernel/problem.ts";
import type { Scope } from "../../../kernel/scope.ts";
import { lockMembers } from "../../customers/index.ts";
import { refundTooHigh, type Order } from "../order.ts";
import { readOrders } from "../order.rows.ts";
import { refundOf, undo } from "../return.ts";
import { restFen, restQuantity, returned, type ReturnedLine } from "../return.lines.ts";
import { readBill, type Bill } from "./bill.rows.ts";
import type { BillReturn, BillWire } from "./bill.schema.ts";
import { getBill } from "./bill.view.ts";

export const billOpen = problem("commerce/bill-open", 409, "The bill is not paid yet; divide it anew or let the rest be paid first");

/** Undoes a bill or dishes of it: every payer gets back exactly their part of each, however they paid. */
export async function returnBill(scope: Scope, billId: string, wish: BillReturn): Promise<BillWire> {
  const bill = await readBill(scope, billId);
  await lockMembers(scope, bill.shares.flatMap((one) => one.payerId ?? []));
  const { orders, plans } = await planReturn(scope, bill, wish, true);
  for (const [at, order] of orders.entries()) {
    const lines = plans[at] ?? [];
    if (order.status !== "refunded" && (wish.whole || lines.length > 0)) await undo(scope, order, { lines, withFees: wish.whole === true, reason: wish.reason });
  }
  return getBill(scope, billId);
}

/** What would be paid back of a bill now, and of which orders. */
export async function billRefund(scope: Scope, billId: string, wish: BillReturn): Promise<{ orders: Order[]; amountFen: number }> {
  const { orders, plans } = await planReturn(scope, await readBill(scope, billId), wish, false);
  return { orders, amountFen: orders.reduce((sum, order, at) => sum + (order.status === "refunded" ? 0 : refundOf(order, plans[at] ?? [], wish.whole === true)), 0) };
}

async function planReturn(scope: Scope, bill: Bill, wish: BillReturn, lock: boolean): Promise<{ orders: Order[]; plans: ReturnedLine[][] }> {
  if (bill.state !== "paid") throw billOpen({ billId: bill.id });
  const orders = [...(await readOrders(scope, bill.shares.flatMap((one) => one.orderId ?? []), lock)).values()];
  const plans = wish.whole ? orders.map(wholeOf) : byDish(bill, orders, wish.lines ?? []);
  if (plans.every((lines) => lines.length === 0) && !(wish.whole && orders.some((one) => one.status !== "refunded"))) throw refundTooHigh({ refundableFen: 0 });
  return { orders, plans };
}

const wholeOf = (order: Order): ReturnedLine[] =>
  order.lines.filter((line) => restQuantity(line) > 0 || restFen(line) > 0).map((line) => returned(line, restQuantity(line), restFen(line)));

/** By order: what of each dish goes back. A dish's part is counted from the bill's quantity, so that one of three is a third for everybody. */
function byDish(bill: Bill, orders: readonly Order[], asked: NonNullable<BillReturn["lines"]>): ReturnedLine[][] {
  const plans: ReturnedLine[][] = orders.map(() => []);
  const errors: FieldError[] = [];
  asked.forEach(({ lineId, quantity }, at) => {
    const whole = bill.quote.lines.find((one) => one.lineId === lineId);
    const parts = orders.map((order) => order.lines.find((one) => one.lineId === lineId));
    const rest = parts.reduce((sum, line) => sum + (line ? restQuantity(line) : 0), 0);
    if (!whole) errors.push({ field: `lines.${at}.lineId`, code: "unknown", message: "is not a line of this bill" });
    else if (asked.findIndex((one) => one.lineId === lineId) !== at) errors.push({ field: `lines.${at}.lineId`, code: "duplicate", message: "is named twice" });
    else if (quantity > rest) errors.push({ field: `lines.${at}.quantity`, code: "too-many", message: `only ${rest} left to return` });
    else giveBack({ parts, plans, quantity, before: whole.quantity - rest, of: whole.quantity, isLast: quantity === rest });
  });
  if (errors.length > 0) throw invalid({ errors });
  return plans;
}

interface Dish {
  parts: readonly (Order["lines"][number] | undefined)[];
  plans: ReturnedLine[][];
  quantity: number;
  before: number;
  of: number;
  isLast: boolean;
}

function giveBack({ parts, plans, quantity, before, of, isLast }: Dish): void {
  const units = allocate(quantity, parts.map((line) => (line ? restQuantity(line) : 0)));
  parts.forEach((line, k) => {
    if (!line) return;
    const amount = isLast ? restFen(line) : shareOf(line.netFen, before + quantity, of) - shareOf(line.netFen, before, of);
    const part = returned(line, units[k] ?? 0, Math.min(amount, restFen(line)));
    if (part.quantity > 0 || part.amountFen > 0) plans[k]?.push(part);
  });
}
