import { decodeCursor, pageFrom, type Page } from "../../kernel/http/page.ts";
import type { Scope } from "../../kernel/scope.ts";
import { accountKey, balancesOf, burnsBefore, type Account, type AccountKey, type Balances } from "./account.ts";
import { openLots, readAccountRows } from "./rows.ts";

/** Balances without locking, for screens. Missing accounts are missing from the map. */
export async function readAccounts(scope: Scope, keys: readonly AccountKey[]): Promise<Map<string, Account>> {
  if (keys.length === 0) return new Map();
  const [rows, lots] = await Promise.all([
    readAccountRows(scope.tx, scope.tenantId, keys), openLots(scope.tx, scope.tenantId, keys),
  ]);
  const byAccount = Map.groupBy(lots, (lot) => lot.accountId);
  return new Map(rows.map((row) => [accountKey({ holderId: row.holder_id, asset: row.asset }), {
    id: row.id, holderId: row.holder_id, asset: row.asset, balance: row.balance, owed: row.owed, state: row.state,
    lots: (byAccount.get(row.id) ?? []).toSorted(burnsBefore),
  }]));
}

export async function readBalances(scope: Scope, keys: readonly AccountKey[]): Promise<Map<string, Balances>> {
  const accounts = await readAccounts(scope, keys);
  return new Map(keys.map((key) => [accountKey(key), balancesOf(accounts.get(accountKey(key)), scope.now)]));
}

export interface StatementEntry {
  id: string;
  asset: string;
  amount: number;
  balanceAfter: number;
  kind: string;
  refId: string;
  at: string;
  memo: string | null;
}

interface EntryRow {
  id: string;
  asset: string;
  amount: number;
  balance_after: number;
  kind: string;
  ref_id: string;
  at: Date;
  memo: string | null;
}

/** A holder's movements of some assets, newest first; the lots of one movement are summed. */
export async function listStatement(
  scope: Scope, holderId: string, assets: readonly string[], query: { limit: number; cursor?: string | undefined },
): Promise<Page<StatementEntry>> {
  const after = decodeCursor(query.cursor, 1);
  const rows = await scope.tx.rows<EntryRow>(
    `select max(p.id::text)::uuid as id, a.asset, sum(p.amount)::bigint as amount,
            (array_agg(p.balance_after order by p.id desc))[1] as balance_after, p.kind, p.ref_id, p.at, max(p.memo) as memo
       from ledger.account a join ledger.posting p on p.tenant_id = $1 and p.account_id = a.id
      where a.tenant_id = $1 and a.holder_id = $2 and a.asset = any($3::text[]) and ($4::uuid is null or p.id < $4)
      group by a.asset, p.kind, p.ref_id, p.at order by 1 desc limit $5`,
    [scope.tenantId, holderId, assets, after?.[0] ?? null, query.limit + 1]);
  return pageFrom(rows, query.limit, (row) => ({
    id: row.id, asset: row.asset, amount: row.amount, balanceAfter: row.balance_after, kind: row.kind, refId: row.ref_id,
    at: row.at.toISOString(), memo: row.memo,
  }), (row) => [row.id]);
}
