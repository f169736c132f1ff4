import type { Wire } from './wire.ts';

export type Brand = Wire['Brand'];
export type Store = Wire['BrandStore'];
export type BrandTier = Wire['BrandTier'];

/** As the brand shows it to everybody; the list to choose from says more, also what would go back later. */
export type TopUpPlan = Brand['topUpPlans'][number] & Partial<Wire['TopUpPlan']>;
