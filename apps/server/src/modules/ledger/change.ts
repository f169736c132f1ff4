import type { Account, Lot } from "./account.ts";
import type { HoldRow } from "./rows.ts";

export interface Posting {
  accountId: string;
  id: string;
  lotId: string | null;
  amount: number;
  counter: string;
  kind: string;
  refId: string;
  at: Date;
  balanceAfter: number;
  memo: string | null;
}

/** Why an amount moves. `counter` names the other side: issued, spent, expired, adjusted. */
export interface Cause {
  kind: string;
  counter: string;
  refId: string;
  memo?: string;
}

export interface Credit extends Cause {
  amount: number;
  earnedAt: Date;
  activeFrom: Date;
  expiresAt: Date | null;
  originKind: string;
  originId: string;
  /** Who earned it first, where it comes from somebody else. */
  originHolderId?: string;
  storeId: string | null;
  ruleVersion: number | null;
}

/** What a journal will write when it closes. */
export interface Changes {
  newAccounts: Set<Account>;
  accounts: Set<Account>;
  newLots: Set<Lot>;
  lots: Set<Lot>;
  /** Lots whose end was moved. */
  redated: Set<Lot>;
  postings: Posting[];
  newHolds: HoldRow[];
  endedHolds: HoldRow[];
}
