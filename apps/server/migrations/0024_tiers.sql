-- Tiers in full: windows, growth value, ways down, notice before it, tiers given by hand.
alter table loyalty.program
  -- rolling: so many calendar months back; anniversary: years that begin with the month of the first order
  add tier_window_kind text not null default 'rolling' check (tier_window_kind in ('rolling', 'calendar-year', 'calendar-quarter', 'anniversary')),
  add tier_downgrade text not null default 'one-down' check (tier_downgrade in ('one-down', 'balance-based')),
  add tier_grace_days integer not null default 0 check (tier_grace_days between 0 and 365),
  add tier_notice_days integer not null default 30 check (tier_notice_days between 0 and 365),
  -- in which month a refund lowers what counts: the order's or its own
  add tier_refund_month text not null default 'order' check (tier_refund_month in ('order', 'refund')),
  -- growth = net paid × points / per_fen + visits × per_visit + what sources gave
  add growth_points integer not null default 0 check (growth_points >= 0),
  add growth_per_fen integer not null default 100 check (growth_per_fen > 0),
  add growth_per_visit integer not null default 0 check (growth_per_visit >= 0);
alter table loyalty.tier add min_growth bigint not null default 0 check (min_growth >= 0);

-- A tier given by hand holds until its end: raise or lower says which way it went from what had been earned.
alter table loyalty.standing
  add grant_kind text check (grant_kind in ('raise', 'lower')),
  -- the end of term of which the member was warned
  add noticed_until timestamptz;

create table loyalty.tier_grant (
  tenant_id uuid not null,
  member_id uuid not null,
  id uuid not null,
  tier_id uuid not null,
  until timestamptz not null,
  reason text not null,
  by_actor text not null,
  by_name text not null,
  at timestamptz not null,
  ended_at timestamptz,
  end_reason text,
  primary key (tenant_id, member_id, id),
  foreign key (tenant_id, tier_id) references loyalty.tier (tenant_id, id)
);
select kernel.declare_table('loyalty.tier_grant', 'tenant');
