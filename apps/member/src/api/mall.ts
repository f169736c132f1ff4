import type { Wire } from './wire.ts';

export type MallItem = Wire['OfferedMallItem'];
export type ItemKind = MallItem['kind'];
export type Redemption = Wire['Redemption'];
export type RedemptionState = Redemption['state'];
export type Redeemed = Wire['Redeemed'];
export type Benefit = Wire['BenefitGrant'];
export type BenefitUse = Wire['BenefitUse'];
