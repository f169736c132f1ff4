-- Coupons in full: every kind the offer engine knows, limits by period, and where a coupon came from and goes back to.
alter table promotions.coupon_template drop constraint coupon_template_kind_check;
alter table promotions.coupon_template
  -- What becomes of coupons after they are issued: when an order gives them back, whether they may be given away.
  add column policy jsonb not null default '{}',
  -- Limits that begin anew each day, week or month of the tenant's zone: for one member, and for all together.
  add column period text check (period in ('day', 'week', 'month')),
  add column per_period integer check (per_period > 0),
  add column period_stock integer check (period_stock > 0),
  add column period_from date,
  add column period_issued integer not null default 0,
  -- How members may pass it on by a link: {maxClaims, days}.
  add column share jsonb,
  add column cost_fen bigint not null default 0,
  add column sales_fen bigint not null default 0,
  add check ((period is null) = (per_period is null and period_stock is null)),
  add check (period_stock is null or period_issued <= period_stock);
alter table promotions.coupon_template_version add column policy jsonb not null default '{}';

-- What a member took in the period that began on `period_from`; another period begins at nothing.
alter table promotions.coupon_allowance
  add column period_from date,
  add column period_taken integer not null default 0 check (period_taken >= 0);

alter table promotions.coupon drop constraint coupon_state_check;
alter table promotions.coupon
  add constraint coupon_state_check check (state in ('issued', 'held', 'given', 'redeemed', 'expired', 'void')),
  add column source text not null default 'issued'
    check (source in ('issued', 'claimed', 'push', 'code', 'order', 'joined', 'share')),
  -- The order, the share or the rule it came from.
  add column source_id text,
  add column push_id uuid,
  -- Who verified it where there is no order of ours; `order_id` is then that party's own reference.
  add column redeemed_by text;
create index coupon_of_push on promotions.coupon (tenant_id, push_id, id) where push_id is not null;
create index coupon_of_source on promotions.coupon (tenant_id, source_id) where source_id is not null;

-- Coupons issued in bulk: to an audience of members, to a list of them, or as codes that belong to nobody yet.
create table promotions.coupon_push (
  tenant_id uuid not null,
  id uuid not null,
  template_id uuid not null,
  name text not null,
  kind text not null check (kind in ('audience', 'list', 'codes')),
  audience jsonb not null default '{}',
  state text not null check (state in ('running', 'done', 'cancelled', 'failed', 'revoking', 'revoked')),
  -- Members or codes in all; each is looked at once, and then has a coupon or was refused one.
  total integer not null check (total >= 0),
  looked integer not null default 0,
  issued integer not null default 0,
  refused integer not null default 0,
  revoked integer not null default 0,
  -- While it is revoked: the last coupon that was looked at.
  cursor_id uuid,
  reason text,
  created_at timestamptz not null,
  created_by text not null,
  moved_at timestamptz not null,
  ended_at timestamptz,
  check (looked = issued + refused),
  check (revoked <= issued),
  primary key (tenant_id, id),
  foreign key (tenant_id, template_id) references promotions.coupon_template (tenant_id, id)
) with (fillfactor = 50);
select kernel.declare_table('promotions.coupon_push', 'tenant');
create index coupon_push_moving on promotions.coupon_push (tenant_id, moved_at) where state in ('running', 'revoking');

-- A push is planned as pages of member ids, each written by whoever gets hold of it: several lanes at once, and after a
-- process was killed those that are still open.
create table promotions.coupon_push_page (
  tenant_id uuid not null,
  push_id uuid not null,
  no integer not null,
  -- Members after the first and up to the second; nothing for codes.
  after_id uuid,
  until_id uuid,
  size integer not null check (size > 0),
  is_open boolean not null default true,
  primary key (tenant_id, push_id, no),
  foreign key (tenant_id, push_id) references promotions.coupon_push (tenant_id, id)
) with (fillfactor = 50);
select kernel.declare_table('promotions.coupon_push_page', 'tenant');

-- The members of an uploaded list.
create table promotions.coupon_push_member (
  tenant_id uuid not null,
  push_id uuid not null,
  member_id uuid not null,
  primary key (tenant_id, push_id, member_id),
  foreign key (tenant_id, push_id) references promotions.coupon_push (tenant_id, id)
);
select kernel.declare_table('promotions.coupon_push_member', 'tenant');

-- Coupons that an order gave back, so that the order's proof may name one that was used again since.
create table promotions.coupon_return (
  tenant_id uuid not null,
  coupon_id uuid not null,
  order_id text not null,
  at timestamptz not null,
  primary key (tenant_id, coupon_id, order_id)
);
select kernel.declare_table('promotions.coupon_return', 'tenant', true);

-- How far the clock's work has come, so that nobody is reminded twice and nobody is left out after a night without a worker.
create table promotions.coupon_clock (
  tenant_id uuid not null,
  work text not null,
  done_until timestamptz not null,
  -- Within that instant: the last coupon of the page that was done.
  done_id uuid,
  primary key (tenant_id, work)
);
select kernel.declare_table('promotions.coupon_clock', 'tenant');
