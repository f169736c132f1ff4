import { problem } from "../../kernel/problem.ts";
import { newId, type Scope } from "../../kernel/scope.ts";
import { accountKey, type Account } from "./account.ts";
import type { Changes } from "./change.ts";
import { writeJournal } from "./journal.writes.ts";
import { lockAccountRows, type AccountRow } from "./rows.ts";

export const valueHeld = problem("ledger/value-held", 409, "Value that would move is held for something: let it go first");

/** From one holder to another; `refId` names why. */
export interface Relocation {
  fromId: string;
  toId: string;
  refId: string;
}

/** What was relocated, as it is kept to be taken back. */
export interface Relocated {
  asset: string;
  /** Every lot that the account ever had, those that are used up too. */
  lots: string[];
  holds: string[];
  owed: number;
}

interface MovedLot {
  id: string;
  remaining: number;
}

const CAUSE = { counter: "relocated", kind: "merge" } as const;

/**
 * Makes all lots of one holder another's: the lots themselves move, with their dates, their origin and what they are held for, so that what
 * was burned from them before finds them where they are. What is owed moves too.
 */
export async function relocateAll(scope: Scope, { fromId, toId, refId }: Relocation): Promise<Relocated[]> {
  const assets = (await scope.tx.rows<{ asset: string }>("select asset from ledger.account where tenant_id = $1 and holder_id = $2 order by asset", [scope.tenantId, fromId]))
    .map((row) => row.asset);
  const books = await open(scope, [fromId, toId], assets);
  const relocated: Relocated[] = [];
  for (const asset of assets) {
    const [from, to] = [books.account(fromId, asset), books.account(toId, asset)];
    const lots = await moveLots(scope, from, to);
    const holds = await moveHolds(scope, from, to, lots);
    const { owed } = from;
    books.move({ from, to, lots, owed, refId });
    await makeKin(scope, from.id, to.id);
    relocated.push({ asset, lots: lots.map((lot) => lot.id), holds, owed });
  }
  books.close();
  return relocated;
}

/** Takes a relocation back: of each lot what is left of it. What was spent meanwhile was burned in the order of burning, whosever it was. */
export async function relocateBack(scope: Scope, { fromId, toId, refId }: Relocation, relocated: readonly Relocated[]): Promise<void> {
  const books = await open(scope, [fromId, toId], relocated.map((one) => one.asset));
  for (const { asset, lots: ids, holds, owed } of relocated) {
    const [from, to] = [books.account(fromId, asset), books.account(toId, asset)];
    const [strange] = await scope.tx.rows<{ ref_id: string }>(
      "select ref_id from ledger.hold where tenant_id = $1 and lot_id = any($2::uuid[]) and not (id = any($3::uuid[])) limit 1", [scope.tenantId, ids, holds]);
    if (strange) throw valueHeld({ asset, refId: strange.ref_id });
    const lots = await moveLots(scope, from, to, ids);
    await moveHolds(scope, from, to, lots);
    books.move({ from, to, lots, owed: Math.min(owed, from.owed), refId });
  }
  books.close();
}

/** How much of what was relocated is still there. */
export async function leftOf({ tx, tenantId }: Scope, holderId: string, { asset, lots }: Relocated): Promise<number> {
  const [row] = await tx.rows<{ left: number }>(
    `select coalesce(sum(l.remaining), 0)::bigint as left from ledger.lot l
       join ledger.account a on a.tenant_id = $1 and a.id = l.account_id and a.holder_id = $2 and a.asset = $3
      where l.tenant_id = $1 and l.id = any($4::uuid[])`, [tenantId, holderId, asset, lots]);
  return row?.left ?? 0;
}

async function open(scope: Scope, holderIds: readonly string[], assets: readonly string[]) {
  const rows = await lockAccountRows(scope.tx, scope.tenantId, holderIds.flatMap((holderId) => assets.map((asset) => ({ holderId, asset }))));
  return new Books(scope, rows);
}

/** The accounts of both, and what will be written of them. */
class Books {
  readonly #scope: Scope;
  readonly #accounts: Map<string, Account>;
  readonly #changes: Changes = {
    newAccounts: new Set(), accounts: new Set(), newLots: new Set(), lots: new Set(), redated: new Set(), postings: [], newHolds: [], endedHolds: [],
  };

  constructor(scope: Scope, rows: readonly AccountRow[]) {
    this.#scope = scope;
    this.#accounts = new Map(rows.map(({ holder_id: holderId, ...row }) => [accountKey({ holderId, asset: row.asset }), { ...row, holderId, lots: [] }]));
  }

  account(holderId: string, asset: string): Account {
    const known = this.#accounts.get(accountKey({ holderId, asset }));
    if (known) return known;
    const account: Account = { id: newId(this.#scope), holderId, asset, balance: 0, owed: 0, state: "active", lots: [] };
    this.#accounts.set(accountKey(account), account);
    this.#changes.newAccounts.add(account);
    return account;
  }

  move({ from, to, lots, owed, refId }: { from: Account; to: Account; lots: readonly MovedLot[]; owed: number; refId: string }): void {
    for (const lot of lots) {
      if (lot.remaining === 0) continue;
      this.#post(from, lot.id, -lot.remaining, refId);
      this.#post(to, lot.id, lot.remaining, refId);
    }
    if (owed === 0) return;
    from.owed -= owed;
    to.owed += owed;
    this.#post(from, null, owed, refId);
    this.#post(to, null, -owed, refId);
  }

  close(): void {
    writeJournal(this.#scope, this.#changes);
  }

  #post(account: Account, lotId: string | null, amount: number, refId: string): void {
    account.balance += amount;
    this.#changes.accounts.add(account);
    this.#changes.postings.push({
      ...CAUSE, accountId: account.id, id: newId(this.#scope), lotId, amount, refId, at: this.#scope.now, balanceAfter: account.balance, memo: null,
    });
  }
}

/** All lots of an account, or those of a list that are in it. Found by its postings: lots that are used up are in no index. */
const moveLots = ({ tx, tenantId }: Scope, from: Account, to: Account, ids?: readonly string[]): Promise<MovedLot[]> => tx.rows<MovedLot>(
  `update ledger.lot l set account_id = $3 where l.tenant_id = $1 and l.account_id = $2
      and l.id = any(coalesce($4::uuid[], array(select distinct p.lot_id from ledger.posting p where p.tenant_id = $1 and p.account_id = $2 and p.lot_id is not null)))
   returning l.id, l.remaining`, [tenantId, from.id, to.id, ids ?? null]);

async function moveHolds({ tx, tenantId }: Scope, from: Account, to: Account, lots: readonly MovedLot[]): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(
    "update ledger.hold set account_id = $3 where tenant_id = $1 and account_id = $2 and lot_id = any($4::uuid[]) returning id",
    [tenantId, from.id, to.id, lots.map((lot) => lot.id)]);
  return rows.map((row) => row.id);
}

/** Each account of the one side is kin to each of the other's: a chain of merges is one family. */
async function makeKin({ tx, tenantId }: Scope, oneId: string, otherId: string): Promise<void> {
  await tx.rows(
    `with one as (select $2::uuid as id union select kin_id from ledger.kin where tenant_id = $1 and account_id = $2),
          other as (select $3::uuid as id union select kin_id from ledger.kin where tenant_id = $1 and account_id = $3)
     insert into ledger.kin (tenant_id, account_id, kin_id)
     select $1, one.id, other.id from one cross join other where one.id <> other.id
     union select $1, other.id, one.id from one cross join other where one.id <> other.id
     on conflict (tenant_id, account_id, kin_id) do nothing`, [tenantId, oneId, otherId]);
}
