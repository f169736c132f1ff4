import { hashOf, type Cart, type Quote } from "@shuke/offers";
import type { FieldError } from "../../kernel/problem.ts";
import { invalid } from "../../kernel/problem.ts";
import { isUuid } from "../../kernel/ids.ts";
import type { CartWire } from "./cart.schema.ts";

/** A cart as the engine wants it, with the coupons that were chosen. */
export function engineCart(wire: CartWire, storeId: string, couponIds: readonly string[]): Cart {
  return {
    lines: wire.lines.map((line) => ({
      id: line.lineId, sku: line.sku, name: line.name, category: line.category ?? null, tags: line.tags ?? [],
      quantity: line.quantity, unitPriceFen: line.unitPriceFen, manualDiscountFen: line.manualDiscountFen,
    })),
    fees: wire.fees ?? [], channel: wire.channel, storeId, manualDiscountFen: wire.manualDiscountFen ?? 0, couponIds, codes: wire.codes ?? [],
  };
}

/** What a schema cannot say: ids are ids, line ids differ. */
export function refuseCart(wire: Pick<CartWire, "lines"> & Partial<CartWire>): void {
  const errors: FieldError[] = [];
  for (const field of ["storeId", "memberId"] as const) {
    const value = wire[field];
    if (typeof value === "string" && !isUuid(value)) errors.push({ field, code: "invalid", message: "must be an id" });
  }
  if (wire.member) errors.push(...hintErrors(wire.member, Boolean(wire.memberId)));
  if (!wire.storeId && !wire.storeCode) errors.push({ field: "storeId", code: "required", message: "name the store by storeId or storeCode" });
  wire.couponIds?.forEach((couponId, at) => {
    if (!isUuid(couponId)) errors.push({ field: `couponIds.${at}`, code: "invalid", message: "must be an id" });
  });
  const seen = new Set<string>();
  wire.lines.forEach((line, at) => {
    if (seen.has(line.lineId)) errors.push({ field: `lines.${at}.lineId`, code: "duplicate", message: "is used by another line" });
    seen.add(line.lineId);
  });
  if (errors.length > 0) throw invalid({ errors });
}

function hintErrors(hint: NonNullable<CartWire["member"]>, isNamed: boolean): FieldError[] {
  if (isNamed) return [{ field: "member", code: "duplicate", message: "name the member by memberId or by member, not both" }];
  const given = Object.values(hint).filter((one) => one !== undefined);
  return given.length === 1 ? [] : [{ field: "member", code: "required", message: "give exactly one of code, phone, memberNo, card" }];
}

/** What a customer was told the price is made of: the same hash at commit means the same price for the same reasons. */
export const quoteHash = (quote: Quote): string =>
  hashOf([quote.totalFen, quote.lines.map((line) => line.netFen), quote.effects.map((effect) => [effect.offerId, effect.couponId, effect.amountFen])]);
