import type { Wire } from './wire.ts';

/** A divided bill as a guest at the table sees it. */
export type Table = Wire['TableBill'];
export type TableShare = Table['shares'][number];

export type TableTender = { kind: 'points' | 'stored-value' | 'wechat'; amountFen?: number; points?: number; paymentId?: string };
