import type { Approvals } from "../../../kernel/approval.ts";
import type { Scope } from "../../../kernel/scope.ts";
import type { Quote } from "./withdrawal.quote.ts";

/** The kind under which withdrawals wait, and what a request of it holds. */
export const WITHDRAWAL = "withdrawal";

export interface WithdrawalAsked {
  withdrawalId: string;
  memberId: string;
}

/** What whoever has to agree is told the sum by. A member's own wish always waits; staff have the limit of the terms. */
export const withdrawalWish = ({ actor }: Scope, { refundFen, needsApproval }: Quote) =>
  ({ kind: WITHDRAWAL, amount: refundFen, isAboveLimit: actor.kind === "member" || needsApproval });

/** A quote that says whether somebody will have to agree, also where the tenant's chain wants so below the limit. */
export const askedQuote = async (scope: Scope, approvals: Approvals, quote: Quote): Promise<Quote> =>
  ({ ...quote, needsApproval: await approvals.wouldAsk(scope, withdrawalWish(scope, quote)) });
