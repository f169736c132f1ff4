import type { Fen } from "./cart.ts";
import { share } from "./money.ts";

/**
 * Why prepaid money goes back. It decides at which price the used part counts:
 * "seven-day": the right to the principal within seven days; "consumer": the member changed their mind, the used part counts at the
 * price before discounts; "merchant": the shop cannot or will not perform, the used part counts at what was really paid for it.
 * Built on 法释〔2025〕4号 art. 14, 19, 23 and 26 and its draft's ratio rule; an operator has their counsel confirm it.
 */
export type WithdrawalCause = "seven-day" | "consumer" | "merchant";

/** One top-up: principal and bonus are one pool, spent at face value. */
export interface StoredValueHeld {
  kind: "stored-value";
  paidFen: Fen;
  bonusFen: Fen;
  /** Spent so far, principal and bonus together. */
  consumedFaceFen: Fen;
  /** What the goods behind it cost before member prices and discounts; the face value when absent. */
  consumedListFen?: Fen | null | undefined;
}

export interface CountCardHeld {
  kind: "count-card";
  paidFen: Fen;
  /** Uses the card was sold with, given ones included. */
  sessions: number;
  used: number;
  /** Of the used ones: those that counted for less, as on a holiday at half price. */
  usedCheaper?: readonly { uses: number; percentOff: number }[] | null | undefined;
  /** A single use without a card, as the shop states it; what was paid for one when absent. */
  listPriceFen?: Fen | null | undefined;
  /** Whether the shop can show that it sold at that price. Unproven, the market price stands in its place, when that is lower. */
  listPriceProven?: boolean | null | undefined;
  marketPriceFen?: Fen | null | undefined;
}

/** A card for any number of uses within its days. */
export interface PeriodCardHeld {
  kind: "period-card";
  paidFen: Fen;
  totalDays: number;
  remainingDays: number;
}

export type PrepaidHeld = StoredValueHeld | CountCardHeld | PeriodCardHeld;

export interface WithdrawalTerms {
  cause: WithdrawalCause;
  /** For "seven-day": whole days since the payment. */
  daysSincePayment?: number | null | undefined;
  /** For "seven-day": whether the member had had the same goods or services before, here or elsewhere. */
  knownBefore?: boolean | null | undefined;
}

export interface WithdrawalQuote {
  refundFen: Fen;
  /** What the used part counts for. It may be more than was paid; then nothing goes back and nothing is owed. */
  consumedFen: Fen;
  /** Always 0: whoever prepaid never owes beyond it. Said, so that a screen can say it. */
  owesFen: 0;
  /** The price behind `consumedFen`: "paid" the member's own money for it, "list" before discounts, "market", "days" the share of the term. */
  basis: "paid" | "list" | "market" | "days";
  /** What one fen of face value cost, as a fraction; null for cards. */
  ratio: { paidFen: Fen; faceFen: Fen } | null;
  /** Bonus that lapses; it is never paid out. */
  bonusLapsedFen: Fen;
  /** Why the seven-day right does not hold; then nothing goes back for this cause, and another one may be quoted. */
  refusal: "seven-days-over" | "known-before" | null;
}

const RIGHT_DAYS = 7;

/** What goes back when a member gives a top-up or a card back. Throws RangeError when the numbers contradict each other. */
export function withdrawalQuote(held: PrepaidHeld, terms: WithdrawalTerms): WithdrawalQuote {
  const { consumedFen, basis } = consumed(held, terms.cause);
  const refusal = terms.cause === "seven-day" ? refusalOf(terms) : null;
  const isPool = held.kind === "stored-value";
  return {
    refundFen: refusal === null ? Math.max(0, held.paidFen - consumedFen) : 0, consumedFen, owesFen: 0, basis, refusal,
    ratio: isPool ? { paidFen: held.paidFen, faceFen: held.paidFen + held.bonusFen } : null,
    bonusLapsedFen: isPool && refusal === null ? held.bonusFen - bonusUsed(held) : 0,
  };
}

function refusalOf({ daysSincePayment, knownBefore }: WithdrawalTerms): WithdrawalQuote["refusal"] {
  if (knownBefore) return "known-before";
  return (daysSincePayment ?? 0) > RIGHT_DAYS ? "seven-days-over" : null;
}

function consumed(held: PrepaidHeld, cause: WithdrawalCause): { consumedFen: Fen; basis: WithdrawalQuote["basis"] } {
  if (held.paidFen < 0) throw new RangeError(`paid ${held.paidFen}`);
  switch (held.kind) {
    case "stored-value": return ofPool(held, cause);
    case "count-card": return ofUses(held, cause);
    case "period-card": {
      const { paidFen, totalDays, remainingDays } = held;
      if (totalDays <= 0 || remainingDays < 0 || remainingDays > totalDays) throw new RangeError(`${remainingDays} of ${totalDays} days`);
      // The refund is the share that is rounded, as the rule says it: remaining days of all days.
      return { consumedFen: paidFen - share(paidFen, remainingDays, totalDays), basis: "days" };
    }
  }
}

function ofPool(held: StoredValueHeld, cause: WithdrawalCause): { consumedFen: Fen; basis: "paid" | "list" } {
  const { paidFen, bonusFen, consumedFaceFen, consumedListFen } = held;
  if (bonusFen < 0 || consumedFaceFen < 0 || consumedFaceFen > paidFen + bonusFen) throw new RangeError(`${consumedFaceFen} used of ${paidFen} + ${bonusFen}`);
  if (cause !== "merchant") return { consumedFen: consumedListFen ?? consumedFaceFen, basis: "list" };
  return { consumedFen: paidFen + bonusFen === 0 ? 0 : share(consumedFaceFen, paidFen, paidFen + bonusFen), basis: "paid" };
}

function bonusUsed({ paidFen, bonusFen, consumedFaceFen }: StoredValueHeld): Fen {
  return paidFen + bonusFen === 0 ? 0 : consumedFaceFen - share(consumedFaceFen, paidFen, paidFen + bonusFen);
}

function ofUses(card: CountCardHeld, cause: WithdrawalCause): { consumedFen: Fen; basis: "paid" | "list" | "market" } {
  const { paidFen, sessions, used, usedCheaper, listPriceFen, marketPriceFen } = card;
  const cheaper = (usedCheaper ?? []).reduce((sum, one) => sum + one.uses, 0);
  if (sessions <= 0 || used < 0 || used > sessions || cheaper > used) throw new RangeError(`${used} used of ${sessions}, ${cheaper} of them cheaper`);
  if (cause === "merchant") {
    const hundredths = (used - cheaper) * 10_000 + (usedCheaper ?? []).reduce((sum, one) => sum + one.uses * (10_000 - Math.round(one.percentOff * 100)), 0);
    return { consumedFen: share(paidFen, hundredths, sessions * 10_000), basis: "paid" };
  }
  if (listPriceFen == null) return { consumedFen: share(paidFen, used, sessions), basis: "list" };
  const doubted = card.listPriceProven !== true && marketPriceFen != null && marketPriceFen < listPriceFen;
  return { consumedFen: used * (doubted ? marketPriceFen : listPriceFen), basis: doubted ? "market" : "list" };
}

/** In which order a payment takes principal and bonus of a top-up. Only "proportional" agrees with the merchant-caused refund, so it is the default. */
export type PrepaidOrder = "proportional" | "principal-first" | "bonus-first";

/** What a top-up still holds, and what it was loaded with. */
export interface PrepaidLot {
  principalFen: Fen;
  bonusFen: Fen;
  loadedPrincipalFen: Fen;
  loadedBonusFen: Fen;
}

/**
 * Takes `amountFen` from top-ups in their order, each emptied before the next. What stays of a top-up is kept in proportion, not what
 * goes: a hundred small payments drift by no fen. The parts are one per lot; `missingFen` is what all of them lack.
 */
export function drawPrepaid(lots: readonly PrepaidLot[], amountFen: Fen, order: PrepaidOrder = "proportional"): { parts: { principalFen: Fen; bonusFen: Fen }[]; missingFen: Fen } {
  let rest = amountFen;
  const parts = lots.map((lot) => {
    const take = Math.max(0, Math.min(rest, lot.principalFen + lot.bonusFen));
    const principalFen = principalPart(lot, take, order);
    rest -= take;
    return { principalFen, bonusFen: take - principalFen };
  });
  return { parts, missingFen: rest };
}

function principalPart({ principalFen, bonusFen, loadedPrincipalFen, loadedBonusFen }: PrepaidLot, take: Fen, order: PrepaidOrder): Fen {
  if (order === "principal-first") return Math.min(principalFen, take);
  if (order === "bonus-first") return take - Math.min(bonusFen, take);
  const loaded = Math.max(1, loadedPrincipalFen + loadedBonusFen);
  const wish = principalFen - share(principalFen + bonusFen - take, loadedPrincipalFen, loaded);
  return Math.min(principalFen, take, Math.max(0, wish, take - bonusFen));
}
