import { withdrawalQuote } from "../src/index.ts";
import type { CountCardHeld, WithdrawalCause } from "../src/index.ts";
import type { Json } from "./case.ts";
import { Unsupported } from "./case.ts";
import type { Families } from "./family.ts";
import { drawDown } from "./spend.ts";

export const prepaidFamilies: Families = {
  "bonus,cause,consumed_face,paid": pool,
  "cause,paid,sessions,used_at_half_price,used_normal": (given) => {
    const cheaper = number(given["used_at_half_price"]);
    return card(given, { used: number(given["used_normal"]) + cheaper, usedCheaper: [{ uses: cheaper, percentOff: 50 }] });
  },
  "cause,claimed_list_price,market_price,paid,sessions,used": (given) =>
    card(given, { used: number(given["used"]), listPriceFen: number(given["claimed_list_price"]), marketPriceFen: number(given["market_price"]) }),
  "paid,remaining_days,total_days": (given) => {
    const held = { kind: "period-card" as const, paidFen: number(given["paid"]), totalDays: number(given["total_days"]), remainingDays: number(given["remaining_days"]) };
    const quote = withdrawalQuote(held, { cause: "merchant" });
    return { refund: quote.refundFen, consumed_value: quote.consumedFen };
  },
  "days_since_payment,had_same_goods_or_service_before,paid": sevenDays,
  "card,order_total": (given) => {
    const [used = 0] = drawDown([number(given["card"])], number(given["order_total"]));
    return { due: number(given["order_total"]) - used, card_after: number(given["card"]) - used };
  },
  "cards,order_total": (given) => {
    const cards = given["cards"] as number[];
    const used = drawDown(cards, number(given["order_total"]));
    return { due: number(given["order_total"]) - used.reduce((a, b) => a + b, 0), cards_after: cards.map((left, i) => left - used[i]!) };
  },
  "refund_all,sell_gift_card": (given) => {
    // A card that is sold is worth what was paid; the refund of the sale takes all of it back.
    const sold = { kind: "stored-value" as const, paidFen: number(given["sell_gift_card"]), bonusFen: 0, consumedFaceFen: 0 };
    return { card: [sold.paidFen, given["refund_all"] === true ? sold.paidFen - withdrawalQuote(sold, { cause: "merchant" }).refundFen : sold.paidFen] };
  },
};

export function number(value: unknown): number {
  if (typeof value !== "number") throw new Unsupported(`"${String(value)}" where a number should be`);
  return value;
}

function causeOf({ cause }: Json): WithdrawalCause {
  if (cause === "seven-day" || cause === "consumer" || cause === "merchant") return cause;
  throw new Unsupported(`given.cause "${String(cause)}"`);
}

function pool(given: Json): Json {
  const held = { kind: "stored-value" as const, paidFen: number(given["paid"]), bonusFen: number(given["bonus"]), consumedFaceFen: number(given["consumed_face"]) };
  const quote = withdrawalQuote(held, { cause: causeOf(given) });
  const { paidFen, faceFen } = quote.ratio!;
  return { consumed_value: quote.consumedFen, refund: quote.refundFen, consumer_owes: quote.owesFen, ratio: `paid/(paid+bonus)=${Number((paidFen / faceFen).toFixed(4))}` };
}

function card(given: Json, uses: Pick<CountCardHeld, "used" | "usedCheaper" | "listPriceFen" | "marketPriceFen">): Json {
  const quote = withdrawalQuote({ kind: "count-card", paidFen: number(given["paid"]), sessions: number(given["sessions"]), ...uses }, { cause: causeOf(given) });
  return { consumed_value: quote.consumedFen, refund: quote.refundFen, consumer_owes: quote.owesFen };
}

/** Asked as a sum or as yes and no. */
function sevenDays(given: Json, expect: Json): Json {
  const held = { kind: "stored-value" as const, paidFen: number(given["paid"]), bonusFen: 0, consumedFaceFen: 0 };
  const { refundFen, refusal } = withdrawalQuote(held, { cause: "seven-day", daysSincePayment: number(given["days_since_payment"]), knownBefore: given["had_same_goods_or_service_before"] === true });
  return { refund_principal: typeof expect["refund_principal"] === "boolean" ? refusal === null : refundFen };
}
