import type { Wire } from './wire.ts';

/** What this app keeps in the brand's free JSON of a member. */
export type Preferences = { tastes?: string[]; channels?: string[]; [key: string]: unknown };

export type Member = Omit<Wire['OwnMember'], 'preferences'> & { preferences: Preferences };
export type TierState = Wire['MemberTier'];
/** Years, months and days as the member says them; a lunar month may be the leap one of its year. */
export type Birthday = NonNullable<Member['birthday']>;
export type Gender = Member['gender'];
export type Missing = NonNullable<TierState['next']>['missing'];

export type MemberPatch = Partial<Pick<Member, 'name' | 'gender' | 'birthday' | 'preferences'>>;

export type MemberCode = Wire['MemberCode'];
export type PointsEntry = Wire['PointsEntry'];
export type PointsMonth = Wire['PointsMonth'];
export type StoredValueEntry = Wire['StoredValueEntry'];

/** What may be passed on now; a limit of null: nothing, ever. */
export type TransferTerms = Wire['PointsTransferTerms'];
export type PointsRecipient = { phone: string } | { memberNo: string };
