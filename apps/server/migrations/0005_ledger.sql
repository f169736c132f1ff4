-- Accounts, lots, postings, holds, in integer units of an asset. The ledger knows neither points nor yuan.
-- Invariants (bin/prove checks them): balance = Σ lot.remaining − owed = Σ posting.amount, and 0 ≤ held ≤ remaining.
create schema ledger;
grant usage on schema ledger to shuke_app;

create table ledger.account (
  tenant_id uuid not null,
  id uuid not null,
  holder_id uuid not null,
  asset text not null,
  balance bigint not null default 0,
  -- What a refund took back beyond what was there; the next credit pays it off first.
  owed bigint not null default 0 check (owed >= 0),
  state text not null default 'active' check (state in ('active', 'frozen')),
  opened_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, holder_id, asset)
) with (fillfactor = 70);
select kernel.declare_table('ledger.account', 'tenant');

create table ledger.lot (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  amount bigint not null check (amount > 0),
  remaining bigint not null check (remaining between 0 and amount),
  held bigint not null default 0 check (held >= 0),
  earned_at timestamptz not null,
  active_from timestamptz not null,
  expires_at timestamptz,
  -- order, top-up, adjustment: where it came from; refunds and expiry find their lots by it
  origin_kind text not null,
  origin_id text not null,
  origin_holder_id uuid not null,
  store_id uuid,
  rule_version integer,
  is_open boolean not null default true,
  check (held <= remaining),
  check (is_open = (remaining > 0)),
  primary key (tenant_id, id),
  foreign key (tenant_id, account_id) references ledger.account (tenant_id, id)
) with (fillfactor = 70);
select kernel.declare_table('ledger.lot', 'tenant');
create index lot_open on ledger.lot (tenant_id, account_id) where is_open;
create index lot_expiry on ledger.lot (tenant_id, expires_at) where is_open and expires_at is not null;

-- Append-only. One row moves `amount` between a lot and the named outside account `counter`, so each row balances.
create table ledger.posting (
  tenant_id uuid not null,
  account_id uuid not null,
  id uuid not null,
  lot_id uuid,
  amount bigint not null check (amount <> 0),
  counter text not null,
  kind text not null,
  ref_id text not null,
  at timestamptz not null,
  balance_after bigint not null,
  memo text,
  primary key (tenant_id, account_id, id),
  foreign key (tenant_id, lot_id) references ledger.lot (tenant_id, id)
);
select kernel.declare_table('ledger.posting', 'tenant', true);
create index posting_ref on ledger.posting (tenant_id, ref_id);

-- An amount set aside for an order until it is committed, released or times out.
create table ledger.hold (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  lot_id uuid not null,
  amount bigint not null check (amount > 0),
  ref_id text not null,
  until timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, lot_id) references ledger.lot (tenant_id, id)
);
select kernel.declare_table('ledger.hold', 'tenant');
create index hold_ref on ledger.hold (tenant_id, ref_id);
create index hold_until on ledger.hold (tenant_id, until);
