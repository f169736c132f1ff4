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
  /** of all the assets asked for */
  amount: number;
  /** of the second asset alone, where two were asked for */
  secondAmount: number;
  balanceAfter: number;
  kind: string;
  refId: string;
  at: string;
  memo: string | null;
  /** Of a credit: when the last of its lots expires, and from when it can be spent. */
  expiresAt: string | null;
  activeFrom: string | null;
  /** Of a credit: what went to pay off what was owed. */
  paidOff: number;
}

interface EntryRow {
  id: string;
  amount: number;
  second_amount: number;
  balance_after: number;
  kind: string;
  ref_id: string;
  at: Date;
  memo: string | null;
  expires_at: Date | null;
  active_from: Date | null;
  paid_off: number;
}

/** A span of a statement: from, inclusive, to, exclusive. */
export interface Span {
  from: Date;
  until: Date;
}

/**
 * A holder's movements of one or two assets, newest first. What one cause moved at one instant, on however many lots, is one
 * entry; the balance after it is the running sum, because postings are complete and never change.
 */
export async function listStatement(
  scope: Scope, holderId: string, assets: readonly [string, string?], query: { limit: number; cursor?: string | undefined; span?: Span | undefined },
): Promise<Page<StatementEntry>> {
  const after = decodeCursor(query.cursor, 1);
  const rows = await scope.tx.rows<EntryRow>(
    `select * from (
       select m.*, (sum(m.amount) over (order by m.id))::bigint as balance_after from (
         select max(p.id::text) as id, p.kind, p.ref_id, p.at, sum(p.amount)::bigint as amount, max(p.memo) as memo,
                coalesce(sum(p.amount) filter (where a.asset = $4), 0)::bigint as second_amount,
                max(l.expires_at) filter (where p.amount > 0) as expires_at, max(l.active_from) filter (where p.amount > 0) as active_from,
                coalesce(sum(p.amount) filter (where p.amount > 0 and p.lot_id is null), 0)::bigint as paid_off
           from ledger.account a
           join ledger.posting p on p.tenant_id = $1 and p.account_id = a.id
           left join ledger.lot l on l.tenant_id = $1 and l.id = p.lot_id
          where a.tenant_id = $1 and a.holder_id = $2 and a.asset in ($3, $4)
          group by p.kind, p.ref_id, p.at) m) s
      where ($5::text is null or s.id < $5) and ($7::timestamptz is null or (s.at >= $7 and s.at < $8)) order by s.id desc limit $6`,
    [scope.tenantId, holderId, assets[0], assets[1] ?? null, after?.[0] ?? null, query.limit + 1, query.span?.from ?? null, query.span?.until ?? null]);
  return pageFrom(rows, query.limit, (row) => ({
    id: row.id, amount: row.amount, secondAmount: row.second_amount, balanceAfter: row.balance_after, kind: row.kind, refId: row.ref_id,
    at: row.at.toISOString(), memo: row.memo, expiresAt: row.expires_at?.toISOString() ?? null,
    activeFrom: row.active_from?.toISOString() ?? null, paidOff: row.paid_off,
  }), (row) => [row.id]);
}

export interface StatementMonth {
  /** "2026-11" in the scope's zone */
  month: string;
  /** by kind, signed */
  kinds: Record<string, number>;
  /** at the month's end */
  balance: number;
}

/** What each month moved, newest first; months without a movement are left out. */
export async function listStatementMonths(scope: Scope, holderId: string, asset: string, limit: number): Promise<StatementMonth[]> {
  return scope.tx.rows<StatementMonth>(
    `select month, kinds, (sum(amount) over (order by month))::bigint as balance from (
       select month, jsonb_object_agg(kind, amount) as kinds, sum(amount) as amount from (
         select to_char(p.at at time zone $4, 'YYYY-MM') as month, p.kind, sum(p.amount)::bigint as amount
           from ledger.account a join ledger.posting p on p.tenant_id = $1 and p.account_id = a.id
          where a.tenant_id = $1 and a.holder_id = $2 and a.asset = $3 group by 1, 2) k
        group by month) m
      order by month desc limit $5`, [scope.tenantId, holderId, asset, scope.zone, limit]);
}
