/** Whose balance, of what. `asset` is opaque to the ledger: "points", "prepaid.principal", "prepaid.bonus". */
export interface AccountKey {
  holderId: string;
  asset: string;
}

export interface Lot {
  id: string;
  accountId: string;
  amount: number;
  remaining: number;
  held: number;
  earnedAt: Date;
  activeFrom: Date;
  expiresAt: Date | null;
  originKind: string;
  originId: string;
  originHolderId: string;
  storeId: string | null;
  ruleVersion: number | null;
}

export interface Account {
  id: string;
  holderId: string;
  asset: string;
  balance: number;
  /** Taken back beyond what was there; the next credit pays it off. */
  owed: number;
  state: "active" | "frozen";
  /** Open lots in the order of burning: nearest expiry, then oldest; without expiry last. */
  lots: Lot[];
}

/** An amount moved on one lot; `lotId` is null for what is owed. */
export interface LotAmount {
  lotId: string | null;
  amount: number;
}

export const accountKey = ({ holderId, asset }: AccountKey): string => `${holderId}/${asset}`;

/** Whether a lot has expired, be it written off yet or not. */
const isOver = (lot: Lot, now: Date): boolean => lot.expiresAt !== null && lot.expiresAt <= now;

/** What of a lot may be spent at an instant. */
export function spendable(lot: Lot, now: Date): number {
  if (lot.activeFrom > now || isOver(lot, now)) return 0;
  return lot.remaining - lot.held;
}

/** What units were given for. */
export interface Origin {
  kind: string;
  id: string;
}

export const isOf = (lot: Lot, origin: Origin): boolean => lot.originKind === origin.kind && lot.originId === origin.id;

/** What of a lot may be taken back, spendable yet or not. Expired units of the origin itself are lost already; of others they are not there. */
export const takeableOf = (lot: Lot, origin: Origin, now: Date): number => (isOver(lot, now) && !isOf(lot, origin) ? 0 : lot.remaining - lot.held);

export interface Balances {
  /** can be spent now, less what is owed (negative: owed) */
  active: number;
  /** not active yet */
  pending: number;
  /** set aside for orders */
  frozen: number;
  owed: number;
}

export function balancesOf(account: Account | undefined, now: Date): Balances {
  const sums = { active: 0, pending: 0, frozen: 0, owed: account?.owed ?? 0 };
  for (const lot of account?.lots ?? []) {
    sums.frozen += lot.held;
    if (lot.activeFrom > now) sums.pending += lot.remaining - lot.held;
    else sums.active += spendable(lot, now);
  }
  sums.active -= sums.owed;
  return sums;
}

/** Burning order: nearest expiry first, then oldest, never-expiring last. Ids settle ties, so that it is the same everywhere. */
export function burnsBefore(a: Lot, b: Lot): number {
  const byExpiry = (a.expiresAt?.getTime() ?? Infinity) - (b.expiresAt?.getTime() ?? Infinity);
  if (a.expiresAt?.getTime() !== b.expiresAt?.getTime()) return byExpiry;
  return a.earnedAt.getTime() - b.earnedAt.getTime() || (a.id < b.id ? -1 : 1);
}
