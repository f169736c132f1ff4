import type { Cart, Instant, Snapshot } from "./cart.ts";
import { Hasher } from "./hash.ts";

/** One hash over everything that `evaluate` looks at, field by field: several times cheaper than hashing JSON. */
export function inputHash(cart: Cart, snapshot: Snapshot, ruleVersion: number, now: Instant): string {
  const hasher = new Hasher();
  hasher.number(ruleVersion).number(now).text(cart.channel).text(cart.storeId).number(cart.manualDiscountFen);
  hasher.number(cart.lines.length);
  for (const line of cart.lines) {
    hasher.text(line.id).text(line.sku).text(line.category ?? "\u0000").number(line.quantity).number(line.unitPriceFen).number(line.manualDiscountFen ?? 0);
    texts(hasher, line.tags);
  }
  hasher.number(cart.fees.length);
  for (const fee of cart.fees) hasher.text(fee.kind).number(fee.amountFen);
  texts(hasher, cart.couponIds);
  texts(hasher, cart.codes);
  addSnapshot(hasher, snapshot);
  return hasher.digest();
}

function addSnapshot(hasher: Hasher, { member, coupons, usedByMember, usedInTotal }: Snapshot): void {
  if (member) {
    hasher.text(member.id).text(member.tierId ?? "\u0000").number(member.firstOrder ? 1 : 0);
    texts(hasher, member.segments);
  }
  hasher.number(coupons.length);
  for (const coupon of coupons) {
    hasher.text(coupon.id).text(coupon.offer.id).text(coupon.state).number(coupon.validFromAt ?? -1).number(coupon.validUntilAt ?? -1).text(coupon.memberId ?? "");
  }
  for (const used of [usedByMember, usedInTotal]) {
    if (used) for (const key of Object.keys(used).sort()) hasher.text(key).number(used[key]!);
  }
}

function texts(hasher: Hasher, values: readonly string[]): void {
  hasher.number(values.length);
  for (const value of values) hasher.text(value);
}
