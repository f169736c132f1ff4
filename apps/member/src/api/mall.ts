import type { Reason } from './coupon.ts';
import type { Pay } from './payment.ts';
import type { Wire } from './wire.ts';

export type ItemKind = Redemption['kind'];

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

export type Redemption = Wire['Redemption'];
export type RedemptionState = Redemption['state'];

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

export type BenefitUse = Wire['BenefitUse'];
