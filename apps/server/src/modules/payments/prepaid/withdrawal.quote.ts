import { share, withdrawalQuote, type WithdrawalCause, type WithdrawalQuote } from "@shuke/offers";
import type { z } from "zod";
import { dayOf } from "../../../kernel/days.ts";
import type { Fen } from "../../../kernel/money.ts";
import type { Scope } from "../../../kernel/scope.ts";
import { listMoves, type Account, type AccountKey } from "../../ledger/index.ts";
import { BONUS, PRINCIPAL } from "../stored-value.ts";
import { poolsOf, SPENDING, type Pool } from "./pool.ts";
import type { quotedPart, withdrawalQuoteReply } from "./prepaid.schema.ts";
import { currentTerms } from "./terms.ts";

/** What the goods of orders cost before discounts and what was paid for them: asked of whoever keeps orders. */
export type ListPrices = (scope: Scope, orderIds: readonly string[]) => Promise<Map<string, { listFen: Fen; paidFen: Fen }>>;

export interface WithdrawalWish {
  memberId: string;
  cause: WithdrawalCause;
  /** For the seven-day right: whether the member had had the same goods before. */
  knownBefore?: boolean | undefined;
  /** These top-ups only; all of them where it is left out. */
  topUpIds?: readonly string[] | undefined;
}

export type QuotedPart = z.input<typeof quotedPart>;
export type Quote = z.input<typeof withdrawalQuoteReply>;
type Step = QuotedPart["steps"][number];

/** A quote with what of the ledger it would take. */
export interface Computed {
  quote: Quote;
  taken: { pool: Pool; part: QuotedPart }[];
  heldFen: Fen;
}

const DAY_MS = 86_400_000;

/** Computes what a member gets back now, with each step, from the accounts as `find` has them. Changes nothing. */
export async function computeWithdrawal(
  scope: Scope, find: (key: AccountKey) => Account | undefined, wish: WithdrawalWish, listPrices: ListPrices,
): Promise<Computed> {
  const moves = await listMoves(scope, wish.memberId, [PRINCIPAL, BONUS], SPENDING);
  const pools = poolsOf(wish.memberId, find, moves, scope.now).filter((pool) => wish.topUpIds?.includes(pool.originId) ?? true);
  const prices = wish.cause === "merchant" ? new Map<string, { listFen: Fen; paidFen: Fen }>() : await listPrices(scope, [...new Set(pools.flatMap((pool) => [...pool.spentOn.keys()]))]);
  const parts = pools.map((pool) => ({ pool, part: partOf(scope, pool, wish, prices) }));
  // A top-up that would pay nothing is left to be spent.
  const taken = parts.filter(({ part }) => part.refusal === null && part.refundFen > 0);
  const sum = (of: (part: QuotedPart) => Fen) => taken.reduce((total, { part }) => total + of(part), 0);
  const terms = await currentTerms(scope);
  const refundFen = sum((part) => part.refundFen);
  return {
    taken, heldFen: taken.reduce((total, { pool }) => total + pool.heldFen, 0),
    quote: {
      cause: wish.cause, refundFen, principalFen: sum((part) => part.principalLeftFen), bonusLapsedFen: sum((part) => part.bonusLapsedFen),
      approvalOverFen: terms.approvalOverFen, needsApproval: refundFen > terms.approvalOverFen, parts: parts.map(({ part }) => part),
    },
  };
}

/** Who has topped up on Monday has until the same weekday: days are the calendar's, in the brand's zone. */
const daysSince = (scope: Scope, at: Date): number =>
  Math.round((Date.parse(dayOf(scope.now, scope.zone)) - Date.parse(dayOf(at, scope.zone))) / DAY_MS);

function partOf(scope: Scope, pool: Pool, wish: WithdrawalWish, prices: ReadonlyMap<string, { listFen: Fen; paidFen: Fen }>): QuotedPart {
  const paidFen = pool.principalFen + pool.spentPrincipalFen;
  const bonusFen = pool.bonusFen + pool.spentBonusFen;
  const spentFen = pool.spentPrincipalFen + pool.spentBonusFen;
  const consumedListFen = wish.cause === "merchant" ? null : listOf(pool, prices);
  const quote = withdrawalQuote(
    { kind: "stored-value", paidFen, bonusFen, consumedFaceFen: spentFen, consumedListFen },
    { cause: wish.cause, daysSincePayment: daysSince(scope, pool.at), knownBefore: wish.knownBefore ?? false },
  );
  return {
    sourceId: pool.originId, kind: "top-up", at: pool.at.toISOString(), paidFen, bonusFen, spentFen, consumedFen: quote.consumedFen, basis: quote.basis,
    refundFen: quote.refundFen, principalLeftFen: pool.principalFen, bonusLapsedFen: quote.refusal === null ? pool.bonusFen : 0, refusal: quote.refusal,
    steps: stepsOf(quote, { paidFen, bonusFen, spentFen, bonusLeftFen: pool.bonusFen }),
  };
}

/** What the spent part cost before discounts; an order that nobody knows any more counts at its face. */
function listOf(pool: Pool, prices: ReadonlyMap<string, { listFen: Fen; paidFen: Fen }>): Fen {
  let sum = 0;
  for (const [orderId, fen] of pool.spentOn) {
    const price = prices.get(orderId);
    sum += price && price.paidFen > 0 ? Math.max(fen, share(fen, price.listFen, price.paidFen)) : fen;
  }
  return sum;
}

interface Facts {
  paidFen: Fen;
  bonusFen: Fen;
  spentFen: Fen;
  bonusLeftFen: Fen;
}

/** The computation as lines for a screen: code and numbers, the words are the screen's. */
function stepsOf(quote: WithdrawalQuote, { paidFen, bonusFen, spentFen, bonusLeftFen }: Facts): Step[] {
  const steps: Step[] = [{ code: "paid", fen: paidFen }];
  if (bonusFen > 0) steps.push({ code: "bonus", fen: bonusFen });
  if (quote.refusal !== null) return [...steps, { code: quote.refusal, fen: 0 }];
  steps.push({ code: "spent", fen: spentFen });
  if (quote.basis === "paid" && quote.ratio && bonusFen > 0) steps.push({ code: "ratio", fen: quote.consumedFen, numerator: quote.ratio.paidFen, denominator: quote.ratio.faceFen });
  if (quote.basis !== "paid" && quote.consumedFen !== spentFen) steps.push({ code: "at-list", fen: quote.consumedFen });
  if (quote.consumedFen > paidFen) steps.push({ code: "owes-nothing", fen: 0 });
  if (bonusLeftFen > 0) steps.push({ code: "bonus-lapses", fen: bonusLeftFen });
  return [...steps, { code: "refund", fen: quote.refundFen }];
}
