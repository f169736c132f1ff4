-- What the brand owes its members, counted each night: points, stored value, cards, coupons. One row for each kind, thing, store and
-- month of expiry. A page adds what has moved since from the ledger's postings, so that figures are of now and not of last night.
create table insight.liability (
  tenant_id uuid not null,
  on_day date not null,
  kind text not null check (kind in ('points', 'principal', 'bonus', 'card', 'coupon')),
  subject_id text not null,
  -- headquarters' where no store sold or gave it
  store_id uuid not null,
  -- '2027-03'; empty: never
  month text not null,
  amount bigint not null,
  value_fen bigint not null,
  primary key (tenant_id, on_day, kind, subject_id, store_id, month)
);
select kernel.declare_table('insight.liability', 'tenant');

-- When a night's figures were taken. What is newer is added from the postings.
create table insight.liability_count (
  tenant_id uuid not null,
  on_day date not null,
  as_of timestamptz not null,
  primary key (tenant_id, on_day)
);
select kernel.declare_table('insight.liability_count', 'tenant');

-- What moved on a day, by the ledger's kinds: issued, spent, expired. Breakage is estimated from a year of it.
create table insight.value_flow (
  tenant_id uuid not null,
  on_day date not null,
  kind text not null,
  flow text not null,
  store_id uuid not null,
  amount bigint not null,
  primary key (tenant_id, on_day, kind, flow, store_id)
);
select kernel.declare_table('insight.value_flow', 'tenant');

-- Postings arrive in the order of time, so a few bytes for each 32 pages find those of a day; a b-tree would cost every order.
create index posting_at on ledger.posting using brin (at) with (pages_per_range = 32, autosummarize = on);
-- Who sold the stored value that was spent where: only payments by stored value are in it.
create index posting_pay on ledger.posting (tenant_id, at) where kind in ('pay', 'pay-back');
