-- Offers (automatic discounts) and coupons. An offer's definition is the typed tree of packages/offers.
create schema promotions;
grant usage on schema promotions to shuke_app;

create table promotions.offer (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  definition jsonb not null,
  state text not null default 'draft' check (state in ('draft', 'live', 'paused', 'ended')),
  priority integer not null default 100,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id)
);
select kernel.declare_table('promotions.offer', 'tenant');

-- Every published set of rules, kept for ever: a quote is re-proved from the version it names.
create table promotions.rule_version (
  tenant_id uuid not null,
  version integer not null,
  rules jsonb not null,
  sha256 text not null,
  at timestamptz not null,
  by_actor text not null,
  primary key (tenant_id, version)
);
select kernel.declare_table('promotions.rule_version', 'tenant', true);

create table promotions.coupon_template (
  tenant_id uuid not null,
  id uuid not null,
  version integer not null default 1,
  name text not null,
  kind text not null check (kind in ('amount-off', 'percent-off', 'exchange')),
  definition jsonb not null,
  validity jsonb not null,
  stock integer check (stock >= 0),
  per_member integer check (per_member > 0),
  issued integer not null default 0,
  redeemed integer not null default 0,
  state text not null default 'draft' check (state in ('draft', 'live', 'ended')),
  claimable boolean not null default false,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check (stock is null or issued <= stock),
  primary key (tenant_id, id)
) with (fillfactor = 50);
select kernel.declare_table('promotions.coupon_template', 'tenant');

-- An issued coupon keeps the definition it was issued with, whatever becomes of the template.
create table promotions.coupon_template_version (
  tenant_id uuid not null,
  template_id uuid not null,
  version integer not null,
  name text not null,
  definition jsonb not null,
  at timestamptz not null,
  primary key (tenant_id, template_id, version),
  foreign key (tenant_id, template_id) references promotions.coupon_template (tenant_id, id)
);
select kernel.declare_table('promotions.coupon_template_version', 'tenant', true);

create table promotions.coupon (
  tenant_id uuid not null,
  id uuid not null,
  code text not null check (code = upper(code)),
  template_id uuid not null,
  template_version integer not null,
  member_id uuid,
  state text not null default 'issued' check (state in ('issued', 'held', 'redeemed', 'expired', 'void')),
  valid_from timestamptz not null,
  valid_until timestamptz not null,
  issued_at timestamptz not null,
  issued_by text not null,
  order_id text,
  held_until timestamptz,
  redeemed_at timestamptz,
  ended_reason text,
  check ((state in ('held', 'redeemed')) = (order_id is not null)),
  primary key (tenant_id, id),
  unique (tenant_id, code),
  foreign key (tenant_id, template_id, template_version)
    references promotions.coupon_template_version (tenant_id, template_id, version)
) with (fillfactor = 70);
select kernel.declare_table('promotions.coupon', 'tenant');
create index coupon_of_member on promotions.coupon (tenant_id, member_id, id);
create index coupon_of_template on promotions.coupon (tenant_id, template_id, id);
-- How many a member has of a template: the per-member limit is a conditional update of this row.
create table promotions.coupon_allowance (
  tenant_id uuid not null,
  template_id uuid not null,
  member_id uuid not null,
  taken integer not null check (taken >= 0),
  primary key (tenant_id, template_id, member_id)
);
select kernel.declare_table('promotions.coupon_allowance', 'tenant');
