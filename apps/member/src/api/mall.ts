import type { Reason } from './coupon.ts';
import type { Pay } from './payment.ts';

export type ItemKind = 'dish' | 'goods' | 'coupon' | 'benefit';

export type MallItem = {
  id: string;
  name: string;
  description: string;
  kind: ItemKind;
  pictureId: string | null;
  points: number;
  cashFen: number;
  left: number | null;
  perMember: number | null;
  pickupDays: number;
  storeIds: string[];
  taken: number;
  isRedeemable: boolean;
  reasons: Reason[];
};

export type RedemptionState = 'waiting' | 'ready' | 'done' | 'cancelled' | 'expired' | 'refunded';

export type Redemption = {
  id: string;
  itemId: string;
  kind: ItemKind;
  name: string;
  pictureId: string | null;
  quantity: number;
  points: number;
  cashFen: number;
  state: RedemptionState;
  code: string | null;
  pickupUntil: string | null;
  storeIds: string[];
  createdAt: string;
};

export type Redeemed = Redemption & { balance: number; pay: Pay | null };

export type Benefit = {
  id: string;
  name: string;
  description: string;
  kind: string;
  left: number | null;
  quota: number | null;
  validUntil: string | null;
  isClaimable: boolean;
  isUsable: boolean;
  /** By the till with each order: nothing to do. */
  isApplied: boolean;
};

export type BenefitUse = { id: string; name: string; kind: string; at: string; points: number | null; code: string | null; couponId: string | null; undoneAt: string | null };
