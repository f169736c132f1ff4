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
  /** any: spend or visits is enough. */
  condition?: 'any' | 'all';
  benefits?: string[];
};

export type TopUpPlan = {
  id: string;
  name?: string | null;
  principalFen: number;
  bonusFen: number;
};

export type Brand = {
  tenantId: string;
  code: string;
  name: string;
  theme: { primary: string; logoText: string };
  tiers: BrandTier[];
  topUpPlans: TopUpPlan[];
  stores: Store[];
};
