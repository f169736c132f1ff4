import type { Wire } from './wire.ts';

export type RefundQuote = Wire['WithdrawalQuote'];
export type RefundCause = RefundQuote['cause'];
export type RefundPart = RefundQuote['parts'][number];
export type Withdrawal = Wire['Withdrawal'];
export type CardProduct = Wire['CardProduct'];
export type MemberCard = Wire['Card'];
export type CardPurchase = Wire['CardPurchase'];
