import type { Fen } from "./cart.ts";
import type { Goods } from "./example-cart.ts";
import type { ExampleAbout } from "./examples.ts";
import type { Offer } from "./offer.ts";

/** Goods on one side of a border. */
export interface GoodsPoint extends Goods {
  about: ExampleAbout;
  place: "below" | "at" | "above";
}

const SAMPLE_FEN = 10_000;
const UNIT_FEN = 2_000;
const MAX_STEPS = 5;
/** Beside a cap the discount of one fen more or less rounds to the same: step by ten yuan. */
const CAP_STEP_FEN = 1_000;

/** Just below, at and just above every border that an offer draws through the goods; a sample where it draws none. */
export function goodsPoints(offer: Offer): GoodsPoint[] {
  const units = Math.max(offer.threshold?.quantity ?? 0, 1);
  const found = [...kindPoints(offer), ...thresholdPoints(offer, units), ...capPoints(offer, units)];
  if (found.length > 0) return found;
  return [{ about: "sample", place: "at", amountFen: SAMPLE_FEN, quantity: 2 }, { about: "sample", place: "above", amountFen: 2 * SAMPLE_FEN, quantity: 4 }];
}

function kindPoints(offer: Offer): GoodsPoint[] {
  switch (offer.kind) {
    case "ladder": return stepPoints(offer.steps.map((step) => ({ amount: step.atAmountFen ?? 0, quantity: step.atQuantity ?? 0 })));
    case "buy-get": return around(1, (sets) => ({ sets }), "quantity");
    case "bundle-price": return around(1, (sets) => ({ sets }), "quantity");
    case "gift": return offer.everyQuantity ? countPoints(offer.everyQuantity, 2 * offer.everyQuantity) : [];
    case "amount-off": {
      if (offer.threshold?.amountFen || offer.threshold?.quantity) return [];
      return amountPoints(offer.amountFen, 1);
    }
    default: return [];
  }
}

function thresholdPoints(offer: Offer, units: number): GoodsPoint[] {
  const { amountFen, quantity } = offer.threshold ?? {};
  const wealth = Math.max(amountFen ?? 0, SAMPLE_FEN, units * UNIT_FEN);
  const again = offer.kind === "amount-off" && (offer.maxTimes ?? 1) > 1;
  return [
    ...(amountFen ? amountPoints(amountFen, units) : []),
    ...(amountFen && again ? amountPoints(2 * amountFen, units) : []),
    ...(quantity && quantity > 1 ? countPoints(quantity, again ? 2 * quantity : quantity + 1).map((point) => ({ ...point, amountFen: amountFen ? wealth : point.quantity! * UNIT_FEN })) : []),
  ];
}

function capPoints(offer: Offer, units: number): GoodsPoint[] {
  if (offer.kind !== "percent-off" || !offer.capFen || !offer.percentOff) return [];
  const full = Math.ceil((offer.capFen * 100) / offer.percentOff);
  if (full - CAP_STEP_FEN <= (offer.threshold?.amountFen ?? 0)) return [];
  return [
    { about: "cap", place: "below", amountFen: full - CAP_STEP_FEN, quantity: units }, { about: "cap", place: "at", amountFen: full, quantity: units },
    { about: "cap", place: "above", amountFen: full + CAP_STEP_FEN, quantity: units },
  ];
}

function stepPoints(steps: readonly { amount: Fen; quantity: number }[]): GoodsPoint[] {
  return steps.slice(0, MAX_STEPS).flatMap(({ amount, quantity }) => (quantity > 0 ? countPoints(quantity, quantity + 1) : amountPoints(amount, 1)));
}

function amountPoints(amountFen: Fen, quantity: number): GoodsPoint[] {
  const at = (place: GoodsPoint["place"], fen: Fen): GoodsPoint => ({ about: "amount", place, amountFen: fen, quantity });
  return [...(amountFen > 1 ? [at("below", amountFen - 1)] : []), at("at", amountFen), at("above", amountFen + 1)];
}

function countPoints(quantity: number, above: number): GoodsPoint[] {
  const at = (place: GoodsPoint["place"], units: number): GoodsPoint => ({ about: "quantity", place, quantity: units, amountFen: units * UNIT_FEN });
  return [...(quantity > 1 ? [at("below", quantity - 1)] : []), at("at", quantity), at("above", above)];
}

/** Sets of a kind that works on sets: none complete, one, two. */
function around(sets: number, goods: (sets: number) => Goods, about: ExampleAbout): GoodsPoint[] {
  return [
    { about, place: "below", ...goods(sets), isShort: true }, { about, place: "at", ...goods(sets) }, { about, place: "above", ...goods(2 * sets) },
  ];
}
