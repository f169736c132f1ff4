import type { CartWire } from "../modules/commerce/cart.schema.ts";
import type { BrandPlan, Category } from "./brand.ts";
import type { Dice } from "./dice.ts";

type Line = CartWire["lines"][number];
type Channel = BrandPlan["channels"][number]["channel"];

const PACKING_FEN = 300;
const DELIVERY_FEN = 500;

export interface Basket {
  lines: Line[];
  fees: NonNullable<CartWire["fees"]>;
  channel: Channel;
  grossFen: number;
}

/** What a party of so many orders. */
export function fillBasket(dice: Dice, brand: BrandPlan, party: number, asked?: Channel): Basket {
  const channel = asked ?? dice.weighted(brand.channels, (one) => one.weight).channel;
  const lines = brand.menu.flatMap((category) => linesOf(dice, category, party)).map((line, at) => ({ ...line, lineId: String(at + 1) }));
  return {
    lines, channel, grossFen: lines.reduce((sum, line) => sum + line.quantity * line.unitPriceFen, 0),
    fees: channel === "takeaway" ? [{ kind: "packing", amountFen: PACKING_FEN }, { kind: "delivery", amountFen: DELIVERY_FEN }] : [],
  };
}

function linesOf(dice: Dice, { name, dishes, base, each }: Category, party: number): Line[] {
  const wanted = base + each * party * (0.6 + dice.next() * 0.8);
  const count = Math.floor(wanted) + (dice.chance(wanted % 1) ? 1 : 0);
  const units = new Map<Category["dishes"][number], number>();
  for (let unit = 0; unit < count; unit++) {
    const dish = dice.pick(dishes);
    units.set(dish, (units.get(dish) ?? 0) + 1);
  }
  return [...units].map(([[sku, dish, unitPriceFen], quantity]) => ({ lineId: "", sku, name: dish, category: name, quantity, unitPriceFen }));
}
