-- Benefits: what a tier brings beside its points. A grant is a right for a period with a quota; a use takes one of it and may be
-- undone. `used` is moved by conditional updates, with the check behind them.
create table loyalty.benefit (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  description text not null default '',
  kind text not null check (kind in ('coupon', 'points', 'partner-code', 'priority-queue', 'free-delivery', 'exclusive-price', 'service')),
  -- hand: by staff, or from the points mall
  grant_on text not null check (grant_on in ('birthday', 'month', 'quarter', 'year', 'always', 'hand')),
  tier_ids uuid[] not null default '{}',
  -- how often in a period; null: without limit
  quota integer check (quota > 0),
  check (quota is not null or kind in ('priority-queue', 'free-delivery', 'exclusive-price')),
  coupon_template_id uuid,
  points bigint check (points > 0),
  check ((kind = 'coupon') = (coupon_template_id is not null)),
  check ((kind = 'points') = (points is not null)),
  -- birthdays: so many days before; and so many days after, or after a grant by hand
  lead_days integer not null default 7 check (lead_days between 0 and 31),
  valid_days integer not null default 30 check (valid_days between 1 and 366),
  -- given at once instead of waiting to be claimed
  is_automatic boolean not null default false,
  position integer not null default 100,
  state text not null default 'draft' check (state in ('draft', 'live', 'ended')),
  updated_at timestamptz not null,
  primary key (tenant_id, id)
);
select kernel.declare_table('loyalty.benefit', 'tenant');

create table loyalty.benefit_grant (
  tenant_id uuid not null,
  id uuid not null,
  benefit_id uuid not null,
  member_id uuid not null,
  -- '2026-11', '2026-Q4', '2026', 'birthday-2026', 'always', or what it came from: the key is why nothing is granted twice
  period text not null,
  quota integer check (quota > 0),
  used integer not null default 0 check (used >= 0),
  check (used <= quota),
  valid_from timestamptz not null,
  valid_until timestamptz,
  granted_by text not null,
  granted_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, member_id, benefit_id, period),
  foreign key (tenant_id, benefit_id) references loyalty.benefit (tenant_id, id)
) with (fillfactor = 80);
select kernel.declare_table('loyalty.benefit_grant', 'tenant');

create table loyalty.benefit_use (
  tenant_id uuid not null,
  id uuid not null,
  grant_id uuid not null,
  benefit_id uuid not null,
  member_id uuid not null,
  store_id uuid,
  order_id text,
  -- what came of it: couponId, points, code
  outcome jsonb not null default '{}',
  by_actor text not null,
  at timestamptz not null,
  undone_at timestamptz,
  undone_by text,
  undo_reason text,
  primary key (tenant_id, id),
  foreign key (tenant_id, grant_id) references loyalty.benefit_grant (tenant_id, id)
);
select kernel.declare_table('loyalty.benefit_use', 'tenant');
create index benefit_use_of_member on loyalty.benefit_use (tenant_id, member_id, id);
create index benefit_use_of_grant on loyalty.benefit_use (tenant_id, grant_id);
create index benefit_use_of_benefit on loyalty.benefit_use (tenant_id, benefit_id, id);

-- Codes of partners, each good once and for one member.
create table loyalty.benefit_code (
  tenant_id uuid not null,
  id uuid not null,
  benefit_id uuid not null,
  code text not null,
  expires_on date,
  use_id uuid,
  handed_at timestamptz,
  added_at timestamptz not null,
  check ((use_id is null) = (handed_at is null)),
  primary key (tenant_id, id),
  unique (tenant_id, benefit_id, code),
  foreign key (tenant_id, benefit_id) references loyalty.benefit (tenant_id, id)
);
select kernel.declare_table('loyalty.benefit_code', 'tenant');
create index benefit_code_free on loyalty.benefit_code (tenant_id, benefit_id, id) where use_id is null;
create index benefit_code_use on loyalty.benefit_code (tenant_id, use_id) where use_id is not null;

-- Who has a birthday in the coming days is asked every night.
create index member_birthday on customers.member (tenant_id, birth_calendar, birth_month, birth_day) where birth_month is not null;
