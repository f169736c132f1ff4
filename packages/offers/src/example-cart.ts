import type { Cart, CartLine, Fen, Fee } from "./cart.ts";
import type { ItemSelector, Offer } from "./offer.ts";
import { compileSelector, matches } from "./prepare.ts";

/** A product as the shop sells it. */
export interface ExampleItem {
  name: string;
  category: string | null;
  tags: readonly string[];
  unitPriceFen: Fen;
}

/** What to put into an example's cart. */
export interface Goods {
  /** The sum of the goods that the rule measures. */
  amountFen?: Fen;
  quantity?: number;
  /** For kinds that work on sets of units. */
  sets?: number;
  /** One unit less than the sets need. */
  isShort?: boolean;
  /** Of what must also be bought, one unit (or one fen) less or more than the rule asks. */
  required?: -1 | 1;
}

type ItemOf = ((sku: string) => ExampleItem | undefined) | undefined;

const SAMPLE_FEN = 10_000;
const UNIT_FEN = 2_000;
const EXTRA_FEN = 1_500;
const FEE_FEN = 600;
const NO_ITEM = "·";

/** A cart that holds what the offer looks at, worth exactly what the goods say. */
export function cartOf(offer: Offer, goods: Goods, itemOf: ItemOf): Cart {
  const extras = [...required(offer, goods.required ?? 0, itemOf), ...extrasOf(offer, itemOf)];
  const lines = [...measured(offer, goods, extras, itemOf), ...extras].map((line, at) => ({ ...line, id: String(at + 1) }));
  return { lines, fees: feesOf(offer), channel: "till", storeId: "", manualDiscountFen: 0, couponIds: [], codes: [] };
}

function measured(offer: Offer, goods: Goods, extras: readonly CartLine[], itemOf: ItemOf): CartLine[] {
  switch (offer.kind) {
    case "buy-get": return buyLines(offer, goods, itemOf);
    case "bundle-price": return bundleLines(offer, goods, itemOf);
    case "member-price": {
      if (offer.threshold?.amountFen || offer.threshold?.quantity) break;
      return offer.prices.slice(0, 3).map(({ sku, priceFen }) =>
        lineOf({ skus: [sku] }, Math.ceil((goods.quantity ?? 1) / 2), itemOf?.(sku)?.unitPriceFen ?? Math.ceil((priceFen * 1.25) / 100) * 100, itemOf));
    }
    default: break;
  }
  const { threshold } = offer;
  const counted = extras.filter((line) => threshold?.of === "order" || matches(compileSelector(offer.scope), line));
  const amount = Math.max(0, (goods.amountFen ?? SAMPLE_FEN) - counted.reduce((sum, line) => sum + line.quantity * line.unitPriceFen, 0));
  const quantity = Math.max(1, (goods.quantity ?? 1) - counted.reduce((sum, line) => sum + line.quantity, 0));
  if (amount === 0 && counted.length > 0) return [];
  if (offer.kind !== "unit-off") return equal(offer.scope, quantity, amount, itemOf);
  return unequal(offer.scope, threshold?.quantity ? quantity : Math.max(quantity, (offer.units ?? 1) + 1), amount, itemOf);
}

/** So many units that are worth the amount to the fen: the last unit takes what does not divide. */
function equal(items: ItemSelector | null | undefined, quantity: number, amount: Fen, itemOf: ItemOf): CartLine[] {
  const price = Math.floor(amount / quantity);
  const last = amount - price * (quantity - 1);
  if (last === price || (items?.minLineQuantity ?? 0) > 1) return [lineOf(items, quantity, Math.ceil(amount / quantity), itemOf)];
  return [lineOf(items, quantity - 1, price, itemOf), lineOf(items, 1, last, itemOf)].filter((line) => line.quantity > 0);
}

/** Units of different prices, so that the cheapest and the dearest are told apart. */
function unequal(items: ItemSelector | null | undefined, quantity: number, amount: Fen, itemOf: ItemOf): CartLine[] {
  const parts = (quantity * (quantity + 1)) / 2;
  const lines = Array.from({ length: quantity }, (_, k) => lineOf(items, 1, Math.floor((amount * (k + 1)) / parts), itemOf));
  const rest = amount - lines.reduce((sum, line) => sum + line.unitPriceFen, 0);
  return lines.map((line, k) => (k === quantity - 1 ? { ...line, unitPriceFen: line.unitPriceFen + rest } : line));
}

function buyLines(offer: Extract<Offer, { kind: "buy-get" }>, goods: Goods, itemOf: ItemOf): CartLine[] {
  const sets = goods.sets ?? 1;
  const bought = offer.buyQuantity * sets, given = offer.getQuantity * sets;
  const short = goods.isShort ? 1 : 0;
  if (!offer.get) return [lineOf(offer.scope, Math.max(1, bought + given - (goods.isShort ? given : 0)), priceOf(offer.scope, itemOf), itemOf)];
  return [lineOf(offer.scope, bought - short, priceOf(offer.scope, itemOf), itemOf), lineOf(offer.get, given, priceOf(offer.get, itemOf), itemOf)].filter((line) => line.quantity > 0);
}

function bundleLines(offer: Extract<Offer, { kind: "bundle-price" }>, goods: Goods, itemOf: ItemOf): CartLine[] {
  const units = offer.parts.reduce((sum, part) => sum + part.quantity, 0);
  const price = Math.max(100, Math.ceil((offer.priceFen * 1.3) / units / 100) * 100);
  return offer.parts.map((part, k) => lineOf(part.items, part.quantity * (goods.sets ?? 1) - (goods.isShort && k === offer.parts.length - 1 ? 1 : 0), price, itemOf))
    .filter((line) => line.quantity > 0);
}

function required(offer: Offer, more: number, itemOf: ItemOf): CartLine[] {
  return (offer.requires ?? []).flatMap(({ items, quantity, amountFen }) => {
    if (amountFen) return equal(items, quantity ?? 1, amountFen + more, itemOf);
    const units = (quantity ?? 1) + more;
    return units > 0 ? [lineOf(items, units, priceOf(items, itemOf), itemOf)] : [];
  });
}

function extrasOf(offer: Offer, itemOf: ItemOf): CartLine[] {
  if (offer.kind !== "exchange") return [];
  return [lineOf(offer.get, offer.quantity ?? 1, Math.max(priceOf(offer.get, itemOf), offer.priceFen + EXTRA_FEN), itemOf)];
}

function feesOf(offer: Offer): Fee[] {
  if (offer.kind !== "delivery-fee-off") return [];
  return [{ kind: offer.feeKinds?.[0] ?? "delivery", amountFen: Math.max(FEE_FEN, offer.amountFen ?? 0) }];
}

function priceOf(items: ItemSelector | null | undefined, itemOf: ItemOf): Fen {
  const sku = items?.skus?.[0];
  return (sku && itemOf?.(sku)?.unitPriceFen) || UNIT_FEN;
}

function lineOf(items: ItemSelector | null | undefined, quantity: number, unitPriceFen: Fen, itemOf: ItemOf): CartLine {
  const sku = items?.skus?.find((one) => !items.excludeSkus?.includes(one)) ?? null;
  const item = sku === null ? undefined : itemOf?.(sku);
  const category = item?.category ?? items?.categories?.[0] ?? null;
  const tag = items?.tags?.[0];
  return {
    id: "", sku: sku ?? NO_ITEM, name: item?.name ?? sku ?? category ?? tag ?? NO_ITEM, category, tags: item?.tags ?? (tag ? [tag] : []), quantity, unitPriceFen,
  };
}
