import { newId, type Scope } from "../../kernel/scope.ts";
import { problem } from "../../kernel/problem.ts";
import { accountKey, burnsBefore, isOf, spendable, takeableOf, type Account, type AccountKey, type Lot, type LotAmount, type Origin } from "./account.ts";
import { holdRows, lockAccountRows, lotsById, movedByLot, openLots, type HoldRow } from "./rows.ts";
import type { Cause, Changes, Credit } from "./change.ts";
import { writeJournal } from "./journal.writes.ts";

export const insufficientBalance = problem("ledger/insufficient-balance", 409, "Not enough balance");
export const accountFrozen = problem("ledger/account-frozen", 409, "The account is frozen");

/**
 * The accounts of a batch, locked and in memory. Operations change memory and may be taken back to a mark; `close` writes
 * everything as sets. One code path for one adjustment and for 256 orders.
 * The caller holds the lock of each holder (a member's row): it is what keeps an account from being opened twice.
 */
export class Journal {
  readonly #scope: Scope;
  readonly #accounts = new Map<string, Account>();
  readonly #lots = new Map<string, Lot>();
  readonly #holds: HoldRow[] = [];
  readonly #changes: Changes = {
    newAccounts: new Set(), accounts: new Set(), newLots: new Set(), lots: new Set(), redated: new Set(), postings: [], newHolds: [], endedHolds: [],
  };
  #undo: (() => void)[] = [];

  private constructor(scope: Scope) {
    this.#scope = scope;
  }

  /** Locks the accounts and reads their open lots, and the holds of these references: one round trip. */
  static async open(scope: Scope, keys: readonly AccountKey[], holdsOf: readonly string[] = []): Promise<Journal> {
    const { tx, tenantId } = scope;
    const journal = new Journal(scope);
    if (keys.length === 0) return journal;
    const [accounts, lots, holds] = await Promise.all([
      lockAccountRows(tx, tenantId, keys), openLots(tx, tenantId, keys),
      holdsOf.length > 0 ? holdRows(tx, tenantId, holdsOf) : [],
    ]);
    const byId = new Map<string, Account>();
    for (const row of accounts) {
      const account: Account = { id: row.id, holderId: row.holder_id, asset: row.asset, balance: row.balance, owed: row.owed, state: row.state, lots: [] };
      byId.set(row.id, account);
      journal.#accounts.set(accountKey(account), account);
    }
    for (const lot of lots) {
      journal.#lots.set(lot.id, lot);
      byId.get(lot.accountId)?.lots.push(lot);
    }
    for (const account of byId.values()) if (account.lots.length > 1) account.lots.sort(burnsBefore);
    journal.#holds.push(...holds);
    return journal;
  }

  find(key: AccountKey): Account | undefined {
    return this.#accounts.get(accountKey(key));
  }

  /** A place to come back to with `rollbackTo` when an order of the batch is refused half-way. */
  mark(): number {
    return this.#undo.length;
  }

  rollbackTo(mark: number): void {
    while (this.#undo.length > mark) this.#undo.pop()?.();
  }

  /** Adds a lot; pays off first what is owed. Returns the lot, or nothing when all went to what was owed. */
  credit(key: AccountKey, credit: Credit): Lot | undefined {
    if (credit.amount <= 0) return undefined;
    const account = this.#accountFor(key);
    const paidOff = Math.min(account.owed, credit.amount);
    if (paidOff > 0) {
      this.#set(account, "owed", account.owed - paidOff);
      this.#post(account, null, paidOff, credit);
    }
    const amount = credit.amount - paidOff;
    if (amount === 0) return undefined;
    const { earnedAt, activeFrom, expiresAt, originKind, originId, originHolderId = key.holderId, storeId, ruleVersion } = credit;
    const lot: Lot = {
      id: newId(this.#scope), accountId: account.id, amount, remaining: amount, held: 0, earnedAt, activeFrom, expiresAt,
      originKind, originId, originHolderId, storeId, ruleVersion,
    };
    this.#addLot(account, lot);
    this.#post(account, lot, amount, credit);
    return lot;
  }

  /** What can be spent now. */
  available(key: AccountKey): number {
    const account = this.find(key);
    return account ? Math.max(0, account.lots.reduce((sum, lot) => sum + spendable(lot, this.#scope.now), -account.owed)) : 0;
  }

  /** Burns the nearest-expiring lots. Throws `insufficientBalance`, `accountFrozen`; then nothing has changed. */
  debit(key: AccountKey, amount: number, cause: Cause): LotAmount[] {
    const account = this.#usable(key);
    const available = this.available(key);
    if (!account || available < amount) throw insufficientBalance({ asset: key.asset, available, missing: { [key.asset]: amount - available } });
    const parts: LotAmount[] = [];
    let rest = amount;
    for (const lot of account.lots) {
      if (rest === 0) break;
      const part = Math.min(rest, spendable(lot, this.#scope.now));
      if (part > 0) parts.push({ lotId: lot.id, amount: part });
      rest -= part;
    }
    this.debitLots(key, parts, cause);
    return parts;
  }

  /** Burns given lots (stored value names them). Throws `insufficientBalance` when a lot has less. */
  debitLots(key: AccountKey, parts: readonly LotAmount[], cause: Cause): void {
    const account = this.#usable(key);
    for (const part of parts) {
      const lot = part.lotId === null ? undefined : this.#lots.get(part.lotId);
      if (!account || !lot || lot.remaining - lot.held < part.amount) throw insufficientBalance({ asset: key.asset });
      this.#setLot(lot, "remaining", lot.remaining - part.amount);
      this.#post(account, lot, -part.amount, cause);
    }
  }

  /**
   * Takes earned units back: from the lots of that origin first, then from the others, of each the pending ones before those
   * that can be spent; what is not there any more becomes owed. What has expired of its own lots is lost already; of others it is
   * not there, whether the night has been or not. Returns how much became owed.
   */
  takeBack(key: AccountKey, amount: number, origin: Origin, cause: Cause): number {
    const account = this.#accountFor(key);
    const rank = (lot: Lot) => (isOf(lot, origin) ? 0 : 2) + (lot.activeFrom > this.#scope.now ? 0 : 1);
    let rest = amount;
    for (const lot of account.lots.toSorted((a, b) => rank(a) - rank(b))) {
      const part = Math.min(rest, takeableOf(lot, origin, this.#scope.now));
      if (part <= 0) continue;
      this.#setLot(lot, "remaining", lot.remaining - part);
      this.#post(account, lot, -part, cause);
      rest -= part;
    }
    if (rest > 0) {
      this.#set(account, "owed", account.owed + rest);
      this.#post(account, null, -rest, cause);
    }
    return rest;
  }

  /** What `takeBack` could take: everything that is not set aside, whether it can be spent yet or not. */
  takeable(key: AccountKey, origin: Origin): number {
    return this.find(key)?.lots.reduce((sum, lot) => sum + takeableOf(lot, origin, this.#scope.now), 0) ?? 0;
  }

  /** Sets an amount aside for a reference until an instant. */
  hold(key: AccountKey, amount: number, refId: string, until: Date): void {
    const account = this.#usable(key);
    const available = this.available(key);
    if (!account || available < amount) throw insufficientBalance({ asset: key.asset, available, missing: { [key.asset]: amount - available } });
    let rest = amount;
    for (const lot of account.lots) {
      const part = Math.min(rest, spendable(lot, this.#scope.now));
      if (part <= 0) continue;
      this.#setLot(lot, "held", lot.held + part);
      const held: HoldRow = { id: newId(this.#scope), account_id: account.id, lot_id: lot.id, amount: part, ref_id: refId, until };
      this.#changes.newHolds.push(held);
      this.#holds.push(held);
      this.#undo.push(() => {
        this.#changes.newHolds.pop();
        this.#holds.pop();
      });
      rest -= part;
    }
  }

  /** Whether a reference holds lots of accounts that this journal was not opened with: another member's. */
  holdsElsewhere(refId: string): boolean {
    return this.#holds.some((one) => one.ref_id === refId && !this.#lots.has(one.lot_id));
  }

  /** Ends every hold of a reference; its amounts can be spent again. */
  release(refId: string): void {
    for (const held of this.#holds.filter((one) => one.ref_id === refId && !this.#changes.endedHolds.includes(one))) {
      const lot = this.#lots.get(held.lot_id);
      if (!lot) throw new Error("A held lot is not in the journal");
      this.#setLot(lot, "held", lot.held - held.amount);
      this.#changes.endedHolds.push(held);
      this.#undo.push(() => this.#changes.endedHolds.splice(this.#changes.endedHolds.indexOf(held), 1));
    }
  }

  /** What a reference burned from each lot and has not got back yet, the last burned first. */
  async burned(key: AccountKey, refId: string, kinds: readonly string[]): Promise<{ lot: Lot; amount: number }[]> {
    const account = this.find(key);
    if (!account) return [];
    const moved = (await movedByLot(this.#scope.tx, this.#scope.tenantId, account.id, refId, kinds)).filter((row) => row.lot_id && row.amount < 0);
    const ids = moved.map((row) => row.lot_id ?? "");
    const missing = ids.filter((id) => !this.#lots.has(id));
    for (const lot of missing.length > 0 ? await lotsById(this.#scope.tx, this.#scope.tenantId, missing) : []) this.#lots.set(lot.id, lot);
    return moved.flatMap((row) => {
      const lot = this.#lots.get(row.lot_id ?? "");
      return lot ? [{ lot, amount: -row.amount }] : [];
    }).sort((a, b) => burnsBefore(b.lot, a.lot));
  }

  /**
   * Puts units back on the lot they were burned from, with its own dates. Of a lot that has ended meanwhile they are good until
   * `graceUntil`, where one is given; what else is left on it ends first.
   */
  restore(key: AccountKey, lot: Lot, amount: number, cause: Cause, graceUntil?: Date): void {
    const account = this.#accountFor(key);
    // A lot that went back to another holder when a merge was undone stays there: what comes back is a lot of its own, with the same dates.
    if (lot.accountId !== account.id) {
      const expiresAt = graceUntil && lot.expiresAt !== null && lot.expiresAt <= this.#scope.now ? graceUntil : lot.expiresAt;
      const copy: Lot = { ...lot, id: newId(this.#scope), accountId: account.id, amount, remaining: amount, held: 0, expiresAt };
      this.#addLot(account, copy);
      return this.#post(account, copy, amount, cause);
    }
    if (graceUntil && lot.expiresAt !== null && lot.expiresAt <= this.#scope.now) this.#redate(account, lot, graceUntil);
    if (!account.lots.includes(lot)) {
      account.lots.push(lot);
      account.lots.sort(burnsBefore);
    }
    this.#setLot(lot, "remaining", lot.remaining + amount);
    this.#post(account, lot, amount, cause);
  }

  #redate(account: Account, lot: Lot, until: Date): void {
    const rest = lot.remaining - lot.held;
    if (rest > 0) {
      this.#setLot(lot, "remaining", lot.held);
      this.#post(account, lot, -rest, { kind: "expire", counter: "expired", refId: lot.id });
    }
    const before = lot.expiresAt;
    lot.expiresAt = until;
    this.#changes.redated.add(lot);
    this.#undo.push(() => {
      lot.expiresAt = before;
      this.#changes.redated.delete(lot);
    });
  }

  setState(key: AccountKey, state: Account["state"]): void {
    this.#set(this.#accountFor(key), "state", state);
  }

  /** Sends the writes; the scope's commit waits for them. */
  close(): void {
    writeJournal(this.#scope, this.#changes);
  }

  #usable(key: AccountKey): Account | undefined {
    const account = this.find(key);
    if (account?.state === "frozen") throw accountFrozen({ asset: key.asset });
    return account;
  }

  #accountFor(key: AccountKey): Account {
    const known = this.find(key);
    if (known) return known;
    const account: Account = { id: newId(this.#scope), ...key, balance: 0, owed: 0, state: "active", lots: [] };
    this.#accounts.set(accountKey(key), account);
    this.#changes.newAccounts.add(account);
    this.#undo.push(() => {
      this.#accounts.delete(accountKey(key));
      this.#changes.newAccounts.delete(account);
    });
    return account;
  }

  #addLot(account: Account, lot: Lot): void {
    this.#lots.set(lot.id, lot);
    this.#changes.newLots.add(lot);
    const at = account.lots.findIndex((other) => burnsBefore(lot, other) < 0);
    account.lots.splice(at < 0 ? account.lots.length : at, 0, lot);
    this.#undo.push(() => {
      account.lots.splice(account.lots.indexOf(lot), 1);
      this.#lots.delete(lot.id);
      this.#changes.newLots.delete(lot);
    });
  }

  #post(account: Account, lot: Lot | null, amount: number, cause: Cause): void {
    this.#set(account, "balance", account.balance + amount);
    this.#changes.postings.push({
      accountId: account.id, id: newId(this.#scope), lotId: lot?.id ?? null, amount, counter: cause.counter, kind: cause.kind,
      refId: cause.refId, at: this.#scope.now, balanceAfter: account.balance, memo: cause.memo ?? null,
    });
    this.#undo.push(() => this.#changes.postings.pop());
  }

  #set<Field extends "balance" | "owed" | "state">(account: Account, field: Field, value: Account[Field]): void {
    const before = account[field];
    account[field] = value;
    this.#changes.accounts.add(account);
    this.#undo.push(() => (account[field] = before));
  }

  #setLot(lot: Lot, field: "remaining" | "held", value: number): void {
    const before = lot[field];
    lot[field] = value;
    this.#changes.lots.add(lot);
    this.#undo.push(() => (lot[field] = before));
  }
}
