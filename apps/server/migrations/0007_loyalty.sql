-- Points program, earn rules, tiers and each member's standing.
create schema loyalty;
grant usage on schema loyalty to shuke_app;

create table loyalty.program (
  tenant_id uuid primary key,
  earn_points integer not null check (earn_points >= 0),
  earn_per_fen integer not null check (earn_per_fen > 0),
  -- none, months-to-month-end, year-end
  expiry_kind text not null default 'months' check (expiry_kind in ('never', 'months', 'year-end')),
  expiry_months integer not null default 12 check (expiry_months between 1 and 120),
  spend_points integer not null default 100 check (spend_points > 0),
  spend_fen integer not null default 100 check (spend_fen > 0),
  spend_step integer not null default 1 check (spend_step > 0),
  max_order_share_percent integer not null default 100 check (max_order_share_percent between 0 and 100),
  negative_policy text not null default 'show' check (negative_policy in ('forbid', 'show')),
  tier_window_months integer not null default 12 check (tier_window_months between 1 and 36),
  version integer not null default 1,
  updated_at timestamptz not null
);
select kernel.declare_table('loyalty.program', 'tenant');

create table loyalty.earn_rule (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  definition jsonb not null,
  priority integer not null default 100,
  state text not null default 'live' check (state in ('live', 'paused')),
  updated_at timestamptz not null,
  primary key (tenant_id, id)
);
select kernel.declare_table('loyalty.earn_rule', 'tenant');

create table loyalty.tier (
  tenant_id uuid not null,
  id uuid not null,
  rank integer not null check (rank >= 0),
  name text not null,
  min_spend_fen bigint not null default 0 check (min_spend_fen >= 0),
  min_visits integer not null default 0 check (min_visits >= 0),
  -- any: spend or visits is enough; all: both
  condition text not null default 'any' check (condition in ('any', 'all')),
  earn_percent integer not null default 100 check (earn_percent between 0 and 1000),
  benefits text[] not null default '{}',
  color text not null default '#8a8a8a',
  primary key (tenant_id, id),
  unique (tenant_id, rank)
);
select kernel.declare_table('loyalty.tier', 'tenant');

-- What a member's orders add up to. `months` maps "2026-11" to [net fen, visits]: the window's sum is read from one row
-- that the till locks anyway.
create table loyalty.standing (
  tenant_id uuid not null,
  member_id uuid not null,
  tier_id uuid,
  tier_since timestamptz,
  tier_until timestamptz,
  months jsonb not null default '{}',
  orders integer not null default 0,
  net_fen bigint not null default 0,
  refunded_fen bigint not null default 0,
  first_order_at timestamptz,
  last_order_at timestamptz,
  primary key (tenant_id, member_id),
  foreign key (tenant_id, tier_id) references loyalty.tier (tenant_id, id)
) with (fillfactor = 70);
select kernel.declare_table('loyalty.standing', 'tenant');
create index standing_tier on loyalty.standing (tenant_id, tier_id, member_id);

create table loyalty.tier_change (
  tenant_id uuid not null,
  member_id uuid not null,
  id uuid not null,
  from_tier_id uuid,
  to_tier_id uuid,
  reason text not null,
  at timestamptz not null,
  primary key (tenant_id, member_id, id)
);
select kernel.declare_table('loyalty.tier_change', 'tenant', true);
