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

export type TopUpPlan = {
  id: string;
  name?: string | null;
  principalFen: number;
  bonusFen: number;
  /** What would go back later, said before it is paid; the list to choose from has it. */
  refunds?: { spentFen: number; consumerFen: number; merchantFen: number }[];
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
