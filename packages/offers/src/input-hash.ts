import type { Cart, Instant, Snapshot } from "./cart.ts";
import { Hasher, hashOf } from "./hash.ts";
import type { Offer } from "./offer.ts";

/**
 * The form of a proof. 1, in proofs without a form, knew a coupon by its offer's id only; since 2 the hash covers what the coupon says;
 * since 3 the certificate is of a search over the permitted orders.
 */
export type HashForm = 1 | 2 | 3;
export const HASH_FORM: HashForm = 3;

/** One hash over everything that `evaluate` looks at, field by field: several times cheaper than hashing JSON. */
export function inputHash(cart: Cart, snapshot: Snapshot, ruleVersion: number, now: Instant, form: HashForm = HASH_FORM): string {
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
  addSnapshot(hasher, snapshot, form);
  return hasher.digest();
}

function addSnapshot(hasher: Hasher, { member, coupons, usedByMember, usedInTotal }: Snapshot, form: HashForm): void {
  if (member) {
    hasher.text(member.id).text(member.tierId ?? "\u0000").number(member.firstOrder ? 1 : 0);
    texts(hasher, member.segments);
  }
  hasher.number(coupons.length);
  for (const coupon of coupons) {
    hasher.text(coupon.id).text(form === 1 ? coupon.offer.id : offerHash(coupon.offer)).text(coupon.state).number(coupon.validFromAt ?? -1).number(coupon.validUntilAt ?? -1).text(coupon.memberId ?? "");
  }
  for (const used of [usedByMember, usedInTotal]) {
    if (used) for (const key of Object.keys(used).sort()) hasher.text(key).number(used[key]!);
  }
}

const offerHashes = new WeakMap<Offer, string>();

/** The same however the definition was stored: keys in any order, null as good as absent. */
function offerHash(offer: Offer): string {
  let hash = offerHashes.get(offer);
  if (hash === undefined) offerHashes.set(offer, hash = hashOf(withoutNulls(offer)));
  return hash;
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).flatMap(([key, member]) => (member == null ? [] : [[key, withoutNulls(member)]])));
}

function texts(hasher: Hasher, values: readonly string[]): void {
  hasher.number(values.length);
  for (const value of values) hasher.text(value);
}
