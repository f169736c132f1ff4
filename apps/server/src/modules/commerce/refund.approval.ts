import type { ApprovalKind, Approvals, ApprovalWaiting, Fact, Texts } from "../../kernel/approval.ts";
import type { Fen } from "../../kernel/money.ts";
import type { Scope } from "../../kernel/scope.ts";
import { memberNames } from "../customers/index.ts";
import { findStore } from "../org/index.ts";
import type { OrderWire, ReturnWire } from "./order.schema.ts";
import { refundTooHigh, type Order } from "./order.ts";
import { getOrder, readOrder } from "./order.view.ts";
import { returnedLines } from "./return.lines.ts";
import { refundOf, returnOrder } from "./return.ts";
import { billRefund, returnBill } from "./split/bill.return.ts";
import type { BillReturn, BillWire } from "./split/bill.schema.ts";

interface Refund {
  /** Of one order, or of each share of a bill. */
  orders: readonly Order[];
  amountFen: Fen;
}

type Payload = { orderId: string; wish: ReturnWire } | { billId: string; wish: BillReturn };

/** Returns at once, or asks whoever has to agree. What an order has given back before counts too: many small refunds are one large one. */
export async function returnOrAsk(scope: Scope, approvals: Approvals, orderId: string, wish: ReturnWire): Promise<OrderWire | { waiting: ApprovalWaiting }> {
  const waiting = await askFirst(scope, approvals, { orderId, wish });
  return waiting ? { waiting } : returnOrder(scope, orderId, wish);
}

/** The same for a table's bill. */
export async function returnBillOrAsk(scope: Scope, approvals: Approvals, billId: string, wish: BillReturn): Promise<BillWire | { waiting: ApprovalWaiting }> {
  const waiting = await askFirst(scope, approvals, { billId, wish });
  return waiting ? { waiting } : returnBill(scope, billId, wish);
}

async function askFirst(scope: Scope, approvals: Approvals, payload: Payload): Promise<ApprovalWaiting | null> {
  if (!(await approvals.isGoverned(scope, "refund"))) return null;
  const { orders, amountFen } = await refundIn(scope, payload);
  const [first] = orders;
  if (!first) throw refundTooHigh({ refundableFen: 0 });
  return approvals.ask(scope, { kind: "refund", payload, amount: refundedBefore(orders) + amountFen, reason: payload.wish.reason, unitId: first.storeId });
}

/** An order with the refunds of it that wait for somebody; a guest is not told for whom. */
export async function orderWithWaiting(scope: Scope, approvals: Approvals, orderId: string): Promise<OrderWire> {
  const order = await getOrder(scope, orderId);
  const waiting = [...await approvals.waitingOn(scope, "refund", { orderId }), ...(order.bill ? await approvals.waitingOn(scope, "refund", { billId: order.bill.id }) : [])];
  return { ...order, waitingRefunds: scope.actor.kind === "staff" ? waiting : waiting.map((one) => ({ ...one, deciders: [] })) };
}

const refundedBefore = (orders: readonly Order[]): Fen => orders.reduce<Fen>((sum, one) => sum + one.refundedFen, 0);

async function refundIn(scope: Scope, payload: Payload): Promise<Refund> {
  if ("billId" in payload) return billRefund(scope, payload.billId, payload.wish);
  const order = await readOrder(scope, payload.orderId);
  if (order.status === "refunded") throw refundTooHigh({ refundableFen: 0 });
  return { orders: [order], amountFen: refundOf(order, returnedLines(order, payload.wish), payload.wish.whole === true) };
}

const fact = (zh: string, en: string, value: string | Texts): Fact => ({ label: { zh, en }, unit: "text", value });
const yuan = (amountFen: Fen): string => `¥${(amountFen / 100).toFixed(2)}`;

function titleOf(id: string, amountFen: Fen): Texts {
  return { zh: `退款 ${yuan(amountFen)} · 订单 ${id}`, en: `Refund ${yuan(amountFen)} of order ${id}` };
}

/** What is given back of which dishes, by name. */
function dishes(orders: readonly Order[], { wish }: Payload): string | Texts {
  if (wish.whole) return { zh: "整单", en: "all of it" };
  const names = new Map(orders.flatMap((order) => order.lines.map((line) => [line.lineId, line.name])));
  return wish.lines ? wish.lines.map(({ lineId, quantity }) => `${names.get(lineId) ?? lineId} ×${quantity}`).join("、") : { zh: "按金额", en: "an amount" };
}

export const refundApproval = {
  kind: "refund",
  names: { zh: "退款", en: "Refund" },
  can: "orders.refund",
  unit: "fen",
  defaultSteps: [],
  async describe(scope: Scope, payload: Payload) {
    const { orders, amountFen } = await refundIn(scope, payload);
    const [first] = orders;
    const id = "billId" in payload ? payload.billId : payload.orderId;
    const before = refundedBefore(orders);
    const memberId = first?.memberId ?? null;
    const name = memberId ? (await memberNames(scope, [memberId])).get(memberId) : undefined;
    const store = first ? await findStore(scope, first.storeId) : undefined;
    return {
      title: titleOf(id, amountFen),
      link: first ? { kind: "order" as const, id: first.id } : null,
      facts: [
        { label: { zh: "实付", en: "Paid" }, unit: "fen" as const, value: orders.reduce<Fen>((sum, one) => sum + one.netFen, 0) },
        { label: { zh: "已退", en: "Given back" }, unit: "fen" as const, before, value: before + amountFen },
        fact("退什么", "What", dishes(orders, payload)),
        ...(store ? [fact("门店", "Store", store.name)] : []),
        ...(name ? [fact("会员", "Member", name)] : []),
      ],
    };
  },
  async carryOut(scope: Scope, { payload }: { payload: Payload }) {
    if ("billId" in payload) await returnBill(scope, payload.billId, payload.wish);
    else await returnOrder(scope, payload.orderId, payload.wish);
  },
} as const satisfies ApprovalKind;
