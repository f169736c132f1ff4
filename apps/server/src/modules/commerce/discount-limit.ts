import { problem } from "../../kernel/problem.ts";
import { may, scopeOf, type Actor } from "../../kernel/scope.ts";
import type { CartWire } from "./cart.schema.ts";

/** What a role, or an API key by its scope, may give by hand: percent of the goods. The highest that somebody has counts. */
const LIMITS = [["discounts.any", 100], ["discounts:write", 100], ["discounts.30", 30], ["discounts.10", 10]] as const;

export const discountLimit = problem("commerce/discount-limit", 403, "The discount is above what you may give");

export interface DiscountLimit {
  percent: number;
  /** Of this cart, on lines and order together. */
  limitFen: number;
}

export function discountLimitOf(actor: Actor, storeId: string, lines: CartWire["lines"]): DiscountLimit {
  const [, percent] = LIMITS.find(([permission]) => may(actor, permission) && reaches(actor, permission, storeId)) ?? [null, 0];
  const goodsFen = lines.reduce((sum, line) => sum + line.quantity * line.unitPriceFen, 0);
  return { percent, limitFen: Math.floor(goodsFen * percent / 100) };
}

/** A right that comes from another store's role does not count here. */
function reaches(actor: Actor, permission: string, storeId: string): boolean {
  const stores = actor.kind === "staff" ? scopeOf(actor, permission).storeIds : null;
  return stores === null || stores.includes(storeId);
}

/** Who prices a cart and who settles it: either may give what is given by hand. A parked cart does not lend its maker's rights. */
export function refuseDiscount(actor: Actor, storeId: string, cart: Pick<CartWire, "lines" | "manualDiscountFen">): void {
  const givenFen = cart.lines.reduce((sum, line) => sum + (line.manualDiscountFen ?? 0), cart.manualDiscountFen ?? 0);
  if (givenFen === 0) return;
  const { percent, limitFen } = discountLimitOf(actor, storeId, cart.lines);
  if (givenFen <= limitFen) return;
  const yuan = (fen: number): string => (fen / 100).toFixed(2);
  throw discountLimit({ detail: `Up to ${percent} %, here ¥${yuan(limitFen)}; asked for ¥${yuan(givenFen)}`, limitPercent: percent, limitFen, givenFen });
}
