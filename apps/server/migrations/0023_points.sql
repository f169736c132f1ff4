-- Points in full: when they become active, how they end, what a return may take, freezing, transfers, approval, sources and caps.
alter table loyalty.program
  -- none: at once; days: so many days later; return-window: at midnight after the last day on which the order may come back
  add pending_kind text not null default 'none' check (pending_kind in ('none', 'days', 'return-window')),
  add pending_days integer not null default 0 check (pending_days between 0 and 365),
  -- Of a fixed date, "12-31": the last good day of each year.
  add expiry_day text check (expiry_day ~ '^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$'),
  -- For how long points are good that a return gives back after their lot has ended; 0: not at all.
  add restore_grace_days integer not null default 0 check (restore_grace_days between 0 and 365),
  -- What a member may pass on in a day; null: nothing.
  add transfer_day_limit bigint check (transfer_day_limit > 0),
  add earn_combine text not null default 'multiply' check (earn_combine in ('multiply', 'best', 'add')),
  add earn_rounding text not null default 'half-up' check (earn_rounding in ('half-up', 'down')),
  add earn_max_per_order bigint check (earn_max_per_order > 0),
  add earn_max_per_day bigint check (earn_max_per_day > 0);
alter table loyalty.program drop constraint program_expiry_kind_check;
alter table loyalty.program add constraint program_expiry_kind_check check (expiry_kind in ('never', 'months', 'year-end', 'fixed-date', 'activation'));
alter table loyalty.program drop constraint program_expiry_months_check;
alter table loyalty.program add constraint program_expiry_months_check check (expiry_months between 0 and 120);
alter table loyalty.program drop constraint program_negative_policy_check;
alter table loyalty.program add constraint program_negative_policy_check check (negative_policy in ('forbid', 'show', 'withhold', 'claw'));

-- Points set aside by a person, until a person lets them go. The ledger's holds carry `freeze:<id>`.
create table loyalty.points_freeze (
  tenant_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  points bigint not null check (points > 0),
  reason text not null,
  by_actor text not null,
  at timestamptz not null,
  released_by text,
  released_at timestamptz,
  release_reason text,
  primary key (tenant_id, id)
);
select kernel.declare_table('loyalty.points_freeze', 'tenant');
create index points_freeze_member on loyalty.points_freeze (tenant_id, member_id, at desc);

create table loyalty.points_transfer (
  tenant_id uuid not null,
  id uuid not null,
  from_member_id uuid not null,
  to_member_id uuid not null,
  points bigint not null check (points > 0),
  reason text,
  by_actor text not null,
  -- the day in the tenant's zone, for the limit of a day
  business_on date not null,
  at timestamptz not null,
  check (from_member_id <> to_member_id),
  primary key (tenant_id, id)
);
select kernel.declare_table('loyalty.points_transfer', 'tenant', true);
create index points_transfer_day on loyalty.points_transfer (tenant_id, from_member_id, business_on);

-- How much somebody with this role may move by hand; more needs a second person. A role without a row has no limit.
create table loyalty.adjustment_limit (
  tenant_id uuid not null,
  role_id uuid not null,
  max_points bigint not null check (max_points >= 0),
  primary key (tenant_id, role_id),
  foreign key (tenant_id, role_id) references org.role (tenant_id, id) on delete cascade
);
select kernel.declare_table('loyalty.adjustment_limit', 'tenant');

create table loyalty.points_request (
  tenant_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  points bigint not null check (points <> 0),
  reason text not null,
  state text not null default 'waiting' check (state in ('waiting', 'approved', 'rejected')),
  asked_by text not null,
  asked_by_name text not null,
  asked_at timestamptz not null,
  decided_by text,
  decided_by_name text,
  decided_at timestamptz,
  decision_reason text,
  -- two people, always
  check (decided_by is distinct from asked_by),
  primary key (tenant_id, id)
);
select kernel.declare_table('loyalty.points_request', 'tenant');
create index points_request_state on loyalty.points_request (tenant_id, state, id desc);

-- What earned points besides orders: one row for each event; the key is what makes a repetition harmless.
create table loyalty.points_earning (
  tenant_id uuid not null,
  source text not null check (source in ('top-up', 'review', 'referral', 'check-in', 'activity')),
  reference text not null,
  id uuid not null,
  member_id uuid not null,
  points bigint not null check (points >= 0),
  growth bigint not null default 0,
  note text,
  at timestamptz not null,
  primary key (tenant_id, source, reference)
);
select kernel.declare_table('loyalty.points_earning', 'tenant', true);
create index points_earning_member on loyalty.points_earning (tenant_id, member_id, at desc);

-- What a cap has counted. `holder_id` is the member, or all zeros for a budget; `period` is a day, or 'all'.
create table loyalty.points_counter (
  tenant_id uuid not null,
  -- an earn rule's id, or 'program'
  counted text not null,
  holder_id uuid not null,
  period text not null,
  used bigint not null default 0 check (used >= 0),
  primary key (tenant_id, counted, holder_id, period)
) with (fillfactor = 70);
select kernel.declare_table('loyalty.points_counter', 'tenant');

-- Who was warned of which end; `told_at` once the event is out.
create table loyalty.expiry_notice (
  tenant_id uuid not null,
  member_id uuid not null,
  expires_at timestamptz not null,
  warn_days integer not null,
  points bigint not null,
  told_at timestamptz,
  primary key (tenant_id, member_id, expires_at, warn_days)
);
select kernel.declare_table('loyalty.expiry_notice', 'tenant');
create index expiry_notice_untold on loyalty.expiry_notice (tenant_id, member_id) where told_at is null;

-- What a return could not take back in points and took from the money instead.
alter table commerce."return" add points_clawed bigint not null default 0 check (points_clawed >= 0);
alter table commerce."return" add clawed_fen bigint not null default 0 check (clawed_fen >= 0);
