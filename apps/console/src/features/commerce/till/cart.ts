import type { Product } from "../product.ts";
import type { OfflineMember } from "./offline/code.ts";
import type { TakenCart } from "./parked.ts";
import type { CartLine, QuoteRequest } from "./quote.ts";

export interface TillMember {
  id: string;
  memberNo: string;
  name: string | null;
  /** Known by the signed code of a phone, while there is no network. */
  offline?: OfflineMember;
}

export interface Cart {
  /** The order's id is ours: a commit sent twice is still one order. */
  orderId: string;
  lines: CartLine[];
  selected: number;
  member: TillMember | null;
  /** Null while nobody has chosen: then the server takes the best. */
  couponIds: string[] | null;
  usesPoints: boolean;
  /** Given by hand on the whole order; what is given on a line is the line's. */
  manualDiscountFen: number;
}

export interface Given {
  /** On the selected line. */
  lineFen: number;
  orderFen: number;
}

export type CartAction =
  | { kind: "add"; product: Product; quantity: number }
  | { kind: "quantity"; by?: number; to?: number }
  | { kind: "remove" }
  | { kind: "select"; index?: number; by?: number }
  | { kind: "member"; member: TillMember | null }
  | { kind: "coupon"; couponId: string; inQuote: string[] }
  | { kind: "points" }
  | { kind: "discount"; given: Given }
  | { kind: "restore"; cart: TakenCart }
  | { kind: "clear" };

const quantityMax = 999;

export function emptyCart(): Cart {
  return { orderId: newOrderId(), lines: [], selected: -1, member: null, couponIds: null, usesPoints: false, manualDiscountFen: 0 };
}

/** "T261121-" and enough randomness that two tills never meet; short enough to be read out. */
function newOrderId(): string {
  const day = new Date().toISOString().slice(2, 10).replaceAll("-", "");
  return `T${day}-${crypto.randomUUID().replaceAll("-", "").slice(0, 12)}`;
}

export function changeCart(cart: Cart, action: CartAction): Cart {
  switch (action.kind) {
    case "add":
      return added(cart, action.product, action.quantity);
    case "quantity":
      return withQuantity(cart, (quantity) => action.to ?? quantity + (action.by ?? 0));
    case "remove":
      return withQuantity(cart, () => 0);
    case "select":
      return { ...cart, selected: clamp(action.index ?? cart.selected + (action.by ?? 0), 0, cart.lines.length - 1) };
    case "member":
      return { ...cart, member: action.member, couponIds: null, usesPoints: false };
    case "coupon":
      return { ...cart, couponIds: toggled(cart.couponIds ?? action.inQuote, action.couponId) };
    case "points":
      return { ...cart, usesPoints: !cart.usesPoints };
    case "discount":
      return discounted(cart, action.given);
    case "restore":
      return restored(action.cart);
    case "clear":
      return emptyCart();
  }
}

/** A cart without coupons is open for the best one again: a table that orders more may have reached a threshold. */
function restored({ orderId, lines, member, couponIds, manualDiscountFen }: TakenCart): Cart {
  return { orderId, lines, member, selected: lines.length - 1, couponIds: couponIds.length > 0 ? couponIds : null, usesPoints: false, manualDiscountFen };
}

function discounted(cart: Cart, { lineFen, orderFen }: Given): Cart {
  const lines = cart.lines.map(({ manualDiscountFen, ...line }, index) => {
    const fen = index === cart.selected ? lineFen : manualDiscountFen ?? 0;
    return fen > 0 ? { ...line, manualDiscountFen: fen } : line;
  });
  return { ...cart, lines, manualDiscountFen: orderFen };
}

/** The same dish again is one more of it, at the place where it already stands. */
function added(cart: Cart, product: Product, quantity: number): Cart {
  const at = cart.lines.findIndex((line) => line.sku === product.sku && line.unitPriceFen === product.unitPriceFen);
  if (at >= 0) return withQuantity({ ...cart, selected: at }, (before) => before + quantity);
  const line: CartLine = {
    lineId: String(Math.max(0, ...cart.lines.map((one) => Number(one.lineId))) + 1),
    sku: product.sku,
    name: product.name,
    category: product.category,
    quantity,
    unitPriceFen: product.unitPriceFen,
  };
  return { ...cart, lines: [...cart.lines, line], selected: cart.lines.length };
}

function withQuantity(cart: Cart, change: (quantity: number) => number): Cart {
  const lines = cart.lines
    .map((line, index) => (index === cart.selected ? { ...line, quantity: Math.min(change(line.quantity), quantityMax) } : line))
    .filter((line) => line.quantity > 0);
  return { ...cart, lines, selected: clamp(cart.selected, 0, lines.length - 1) };
}

const toggled = (ids: string[], id: string) => (ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id]);

const clamp = (value: number, low: number, high: number) => Math.min(Math.max(value, low), high);

export function quoteRequest(cart: Cart, storeId: string): QuoteRequest {
  return {
    storeId,
    channel: "till",
    ...(cart.member && { memberId: cart.member.id }),
    lines: cart.lines,
    ...(cart.couponIds && { couponIds: cart.couponIds }),
    ...(cart.manualDiscountFen > 0 && { manualDiscountFen: cart.manualDiscountFen }),
  };
}
