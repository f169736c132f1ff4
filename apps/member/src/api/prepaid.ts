import type { Pay } from './payment.ts';
import type { Wire } from './wire.ts';

export type RefundQuote = Wire['WithdrawalQuote'];
export type RefundCause = RefundQuote['cause'];
export type RefundPart = RefundQuote['parts'][number];
export type Withdrawal = Wire['Withdrawal'];
export type CardProduct = Wire['CardProduct'];
export type MemberCard = Wire['Card'];
export type CardPurchase = { card: MemberCard; saleId: string; paymentId: string | null; pay: Pay };
