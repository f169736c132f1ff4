import type { Wire } from './wire.ts';

/** Years, months and days as the member says them; a lunar month may be the leap one of its year. */
export type Birthday = {
  calendar: 'solar' | 'lunar';
  year?: number | null;
  month: number;
  day: number;
  leap?: boolean;
};

export type Gender = 'female' | 'male' | 'other' | 'unknown';

export type Missing = { spendFen?: number; visits?: number; growth?: number };

export type TierState = {
  id: string;
  name: string;
  rank: number;
  since: string | null;
  until: string | null;
  benefits?: string[];
  next: { name: string; condition: 'any' | 'all'; missing: Missing } | null;
  isGranted: boolean;
  /** What the window's months add up to. */
  counted: { spendFen: number; visits: number; growth: number; fromMonth: string; untilMonth: string };
  /** What follows the term if nothing more happens. */
  projected: { id: string | null; name: string | null; on: string; isKept: boolean; missing: Missing } | null;
};

export type Member = {
  id: string;
  memberNo: string;
  name: string;
  phoneMasked: string | null;
  gender: Gender;
  birthday: Birthday | null;
  homeStoreId: string | null;
  joinedAt: string;
  tags: string[];
  preferences: Preferences;
  points: {
    active: number;
    pending: number;
    frozen: number;
    expiring: { points: number; on: string } | null;
    expiringSoon: { points: number; on: string; days: number } | null;
    activating: { points: number; on: string } | null;
    owed: number;
  };
  storedValue: { principalFen: number; bonusFen: number; frozenFen: number };
  tier: TierState | null;
  couponsUsable: number;
  facts: { orders: number; netFen: number; refundedFen: number; firstOrderAt: string | null; lastOrderAt: string | null };
};

export type Preferences = { tastes?: string[]; channels?: string[]; [key: string]: unknown };

export type MemberPatch = {
  name?: string;
  gender?: Gender | null;
  birthday?: Birthday | null;
  preferences?: Preferences;
};

export type MemberCode = { code: string; qr: string; barcode: string; expiresAt: string };

export type PointsEntry = {
  id: string;
  kind: string;
  points: number;
  at: string;
  orderId: string | null;
  reason: string | null;
  expiresOn: string | null;
  /** From when they can be spent, while they cannot. */
  activeFrom: string | null;
  withheld: number;
  balanceAfter: number;
};

/** What may be passed on now; a limit of null: nothing, ever. */
export type TransferTerms = { limit: number | null; most: number; available: number };
export type PointsRecipient = { phone: string } | { memberNo: string };

export type PointsMonth = { month: string; opening: number; earned: number; spent: number; redeemed: number; expired: number; other: number; closing: number };

export type StoredValueEntry = Wire['StoredValueEntry'];
