import { bigints, instants, integers, texts, uuids } from "../../kernel/db/array.ts";
import type { Scope } from "../../kernel/scope.ts";
import type { Changes } from "./change.ts";

/** Writes a journal's changes, each table with one statement, however many orders stand behind them. */
export function writeJournal(scope: Scope, changes: Changes): void {
  insertAccounts(scope, changes);
  updateAccounts(scope, changes);
  insertLots(scope, changes);
  updateLots(scope, changes);
  redateLots(scope, changes);
  insertPostings(scope, changes);
  writeHolds(scope, changes);
}

function insertAccounts({ tx, tenantId, now }: Scope, { newAccounts }: Changes): void {
  if (newAccounts.size === 0) return;
  const rows = [...newAccounts];
  tx.write(
    `insert into ledger.account (tenant_id, id, holder_id, asset, balance, owed, state, opened_at)
     select $1, id, holder_id, asset, balance, owed, state, $2
       from unnest($3::uuid[], $4::uuid[], $5::text[], $6::bigint[], $7::bigint[], $8::text[]) as v(id, holder_id, asset, balance, owed, state)`,
    [tenantId, now, uuids(rows, (one) => one.id), uuids(rows, (one) => one.holderId), texts(rows, (one) => one.asset),
      bigints(rows, (one) => one.balance), bigints(rows, (one) => one.owed), texts(rows, (one) => one.state)]);
}

function updateAccounts({ tx, tenantId }: Scope, { accounts, newAccounts }: Changes): void {
  const rows = [...accounts].filter((one) => !newAccounts.has(one));
  if (rows.length === 0) return;
  tx.write(
    `update ledger.account a set balance = v.balance, owed = v.owed, state = v.state
       from unnest($2::uuid[], $3::bigint[], $4::bigint[], $5::text[]) as v(id, balance, owed, state)
      where a.tenant_id = $1 and a.id = v.id`,
    [tenantId, uuids(rows, (one) => one.id), bigints(rows, (one) => one.balance), bigints(rows, (one) => one.owed), texts(rows, (one) => one.state)]);
}

function insertLots({ tx, tenantId }: Scope, { newLots }: Changes): void {
  if (newLots.size === 0) return;
  const rows = [...newLots];
  tx.write(
    `insert into ledger.lot (tenant_id, id, account_id, amount, remaining, held, earned_at, active_from, expires_at,
                             origin_kind, origin_id, origin_holder_id, store_id, rule_version, is_open)
     select $1, id, account_id, amount, remaining, held, earned_at, active_from, expires_at,
            origin_kind, origin_id, origin_holder_id, store_id, rule_version, remaining > 0
       from unnest($2::uuid[], $3::uuid[], $4::bigint[], $5::bigint[], $6::bigint[], $7::timestamptz[], $8::timestamptz[], $9::timestamptz[],
                   $10::text[], $11::text[], $12::uuid[], $13::uuid[], $14::int[])
         as v(id, account_id, amount, remaining, held, earned_at, active_from, expires_at, origin_kind, origin_id, origin_holder_id, store_id, rule_version)`,
    [tenantId, uuids(rows, (one) => one.id), uuids(rows, (one) => one.accountId), bigints(rows, (one) => one.amount), bigints(rows, (one) => one.remaining),
      bigints(rows, (one) => one.held), instants(rows, (one) => one.earnedAt), instants(rows, (one) => one.activeFrom),
      instants(rows, (one) => one.expiresAt), texts(rows, (one) => one.originKind), texts(rows, (one) => one.originId),
      uuids(rows, (one) => one.originHolderId), uuids(rows, (one) => one.storeId), integers(rows, (one) => one.ruleVersion)]);
}

function updateLots({ tx, tenantId }: Scope, { lots, newLots }: Changes): void {
  const rows = [...lots].filter((one) => !newLots.has(one));
  if (rows.length === 0) return;
  tx.write(
    `update ledger.lot l set remaining = v.remaining, held = v.held, is_open = v.remaining > 0
       from unnest($2::uuid[], $3::bigint[], $4::bigint[]) as v(id, remaining, held)
      where l.tenant_id = $1 and l.id = v.id`,
    [tenantId, uuids(rows, (one) => one.id), bigints(rows, (one) => one.remaining), bigints(rows, (one) => one.held)]);
}

/** Apart from the other updates of lots, because it hardly ever happens. */
function redateLots({ tx, tenantId }: Scope, { redated }: Changes): void {
  if (redated.size === 0) return;
  const rows = [...redated];
  tx.write(
    `update ledger.lot l set expires_at = v.expires_at from unnest($2::uuid[], $3::timestamptz[]) as v(id, expires_at)
      where l.tenant_id = $1 and l.id = v.id`,
    [tenantId, uuids(rows, (one) => one.id), instants(rows, (one) => one.expiresAt)]);
}

function insertPostings({ tx, tenantId }: Scope, { postings }: Changes): void {
  if (postings.length === 0) return;
  tx.write(
    `insert into ledger.posting (tenant_id, account_id, id, lot_id, amount, counter, kind, ref_id, at, balance_after, memo)
     select $1, account_id, id, lot_id, amount, counter, kind, ref_id, at, balance_after, memo
       from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::bigint[], $6::text[], $7::text[], $8::text[], $9::timestamptz[], $10::bigint[], $11::text[])
         as v(account_id, id, lot_id, amount, counter, kind, ref_id, at, balance_after, memo)`,
    [tenantId, uuids(postings, (one) => one.accountId), uuids(postings, (one) => one.id), uuids(postings, (one) => one.lotId),
      bigints(postings, (one) => one.amount), texts(postings, (one) => one.counter), texts(postings, (one) => one.kind),
      texts(postings, (one) => one.refId), instants(postings, (one) => one.at), bigints(postings, (one) => one.balanceAfter), texts(postings, (one) => one.memo)]);
}

function writeHolds({ tx, tenantId }: Scope, { newHolds, endedHolds }: Changes): void {
  const added = newHolds.filter((one) => !endedHolds.includes(one));
  if (added.length > 0) {
    tx.write(
      `insert into ledger.hold (tenant_id, id, account_id, lot_id, amount, ref_id, until)
       select $1, id, account_id, lot_id, amount, ref_id, until
         from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::bigint[], $6::text[], $7::timestamptz[]) as v(id, account_id, lot_id, amount, ref_id, until)`,
      [tenantId, uuids(added, (one) => one.id), uuids(added, (one) => one.account_id), uuids(added, (one) => one.lot_id),
        bigints(added, (one) => one.amount), texts(added, (one) => one.ref_id), instants(added, (one) => one.until)]);
  }
  const ended = endedHolds.filter((one) => !newHolds.includes(one));
  if (ended.length > 0) {
    tx.write("delete from ledger.hold where tenant_id = $1 and id = any($2::uuid[])", [tenantId, uuids(ended, (one) => one.id)]);
  }
}
