import type { Wire } from './wire.ts';

export type OrderSummary = Wire['OrderSummary'];
export type Order = Wire['Order'];
export type OrderLine = Order['lines'][number];
