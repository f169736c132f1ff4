import type { Wire } from './wire.ts';

export type Store = {
  id: string;
  name: string;
  city: string | null;
  address: string | null;
  phone: string | null;
  openingHours: string | null;
};

export type BrandTier = {
  id: string;
  name: string;
  rank: number;
  spendFen?: number | null;
  visits?: number | null;
  growth?: number | null;
  /** 150 = one and a half times the points. */
  pointsPercent?: number;
  /** any: spend or visits is enough. */
  condition?: 'any' | 'all';
  benefits?: string[];
};

/** As the brand shows it to everybody; the list to choose from says more, also what would go back later. */
export type TopUpPlan = Pick<Wire['TopUpPlan'], 'id' | 'principalFen' | 'bonusFen'> & Partial<Wire['TopUpPlan']>;

export type Brand = {
  tenantId: string;
  code: string;
  name: string;
  theme: { primary: string; logoText: string };
  tiers: BrandTier[];
  topUpPlans: TopUpPlan[];
  stores: Store[];
};
