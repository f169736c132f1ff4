import type { Pay } from './payment.ts';

export type RefundCause = 'seven-day' | 'consumer' | 'merchant';

/** One line of how a refund is worked out; the words are the page's. */
export type RefundStep = { code: string; fen: number; numerator?: number; denominator?: number; count?: number };

export type RefundPart = { sourceId: string; at: string; paidFen: number; refundFen: number; refusal: string | null; steps: RefundStep[] };

export type RefundQuote = { cause: RefundCause; refundFen: number; bonusLapsedFen: number; needsApproval: boolean; parts: RefundPart[] };

export type Withdrawal = { id: string; state: 'waiting' | 'paying' | 'done' | 'declined'; refundFen: number; askedAt: string; cardId: string | null };

export type CardProduct = {
  id: string;
  kind: 'count' | 'period';
  name: string;
  serves: string;
  priceFen: number;
  units: number;
  renews: boolean;
  validDays: number | null;
  benefitTag: string | null;
  refunds: { used: number; consumerFen: number; merchantFen: number }[];
};

export type CardRenewal = { state: 'signing' | 'active' | 'ended'; priceFen: number; dueOn: string | null; nextTryOn: string | null; attempts: number };

export type MemberCard = {
  id: string;
  productId: string;
  kind: 'count' | 'period';
  name: string;
  serves: string;
  state: 'waiting' | 'active' | 'paused' | 'ended' | 'refunded' | 'cancelled';
  units: number;
  left: number;
  priceFen: number;
  endsOn: string | null;
  mayRenew: boolean;
  renewal: CardRenewal | null;
};

export type CardPurchase = { card: MemberCard; saleId: string; paymentId: string | null; pay: Pay };
