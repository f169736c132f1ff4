import type { ItemSelector, Offer, TimeSlot } from "@shuke/offers";

interface Overlap {
  field: string;
  code: "adds-up" | "competes";
  message: string;
  offerId: string;
  offerName: string;
}

/** What happens where two offers meet on one order; nothing when they never do. Judged by what they say, not by trying carts. */
export function overlapsWith(offer: Offer, other: Offer): Overlap[] {
  if (!meets(offer, other)) return [];
  const isRival = Boolean(offer.stacking?.exclusive || other.stacking?.exclusive)
    || (Boolean(offer.stacking?.group) && offer.stacking?.group === other.stacking?.group)
    || (offer.stacking?.stackable === false && other.stacking?.stackable === false && offer.level === other.level);
  const told = { field: "stacking", offerId: other.id, offerName: other.name };
  if (isRival) return [{ ...told, code: "competes", message: `与「${other.name}」适用于同样的订单，只取更优惠的一个` }];
  return [{ ...told, code: "adds-up", message: `与「${other.name}」适用于同样的订单，两者会叠加` }];
}

function meets(a: Offer, b: Offer): boolean {
  const [x, y] = [a.scope ?? {}, b.scope ?? {}];
  return shares(x.stores, y.stores) && shares(x.channels, y.channels) && shares(x.tiers, y.tiers) && shares(x.segments, y.segments)
    && shares(x.weekdays, y.weekdays) && slotsMeet(x.timeSlots, y.timeSlots) && datesMeet(x, y) && itemsMeet(x, y) && (a.level === "delivery") === (b.level === "delivery");
}

/** An absent or empty list is everything. */
function shares<T>(a: readonly T[] | null | undefined, b: readonly T[] | null | undefined): boolean {
  if (!a?.length || !b?.length) return true;
  const known = new Set(b);
  return a.some((one) => known.has(one));
}

function slotsMeet(a: readonly TimeSlot[] | null | undefined, b: readonly TimeSlot[] | null | undefined): boolean {
  if (!a?.length || !b?.length) return true;
  return a.flatMap(halves).some((one) => b.flatMap(halves).some((two) => one.from < two.until && two.from < one.until));
}

/** A slot over midnight is two. */
const halves = (slot: TimeSlot): TimeSlot[] => {
  const [from, until] = [slot.from.padStart(5, "0"), slot.until.padStart(5, "0")];
  return from < until ? [{ from, until }] : [{ from, until: "24:00" }, { from: "00:00", until }];
};

function datesMeet(a: { from?: string | null | undefined; until?: string | null | undefined }, b: typeof a): boolean {
  const day = (text: string | null | undefined, open: string) => text?.slice(0, 10) ?? open;
  return day(a.from, "0000") <= day(b.until, "9999") && day(b.from, "0000") <= day(a.until, "9999");
}

/** Categories against SKUs cannot be told without the catalogue: they count as meeting. */
function itemsMeet(a: ItemSelector, b: ItemSelector): boolean {
  const isAll = (one: ItemSelector) => !one.skus?.length && !one.categories?.length && !one.tags?.length;
  if (isAll(a) || isAll(b)) return true;
  const [bySku, byCategory, byTag] = [both(a.skus, b.skus), both(a.categories, b.categories), both(a.tags, b.tags)];
  const isCrossed = (a.skus?.length ? Boolean(b.categories?.length || b.tags?.length) : false) || (b.skus?.length ? Boolean(a.categories?.length || a.tags?.length) : false)
    || Boolean(a.categories?.length && b.tags?.length) || Boolean(b.categories?.length && a.tags?.length);
  return bySku || byCategory || byTag || isCrossed;
}

const both = <T>(a: readonly T[] | null | undefined, b: readonly T[] | null | undefined): boolean => Boolean(a?.length && b?.length) && shares(a, b);
