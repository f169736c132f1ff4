-- Coupons that something else brings about: an order, joining, a friend.
-- Which orders, and which new members, are given coupons of which template.
create table promotions.coupon_rule (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  trigger text not null check (trigger in ('order-paid', 'member-joined')),
  template_id uuid not null,
  count integer not null default 1 check (count between 1 and 10),
  -- {minimumFen, storeIds, channels}; empty lists mean any.
  conditions jsonb not null default '{}',
  state text not null default 'live' check (state in ('live', 'paused', 'ended')),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, template_id) references promotions.coupon_template (tenant_id, id)
);
select kernel.declare_table('promotions.coupon_rule', 'tenant');

-- An order that brought coupons, and what of it is still bought: below the minimum the unused ones go.
create table promotions.coupon_reward (
  tenant_id uuid not null,
  order_id text not null,
  template_id uuid not null,
  member_id uuid not null,
  net_fen bigint not null,
  returned_fen bigint not null default 0,
  minimum_fen bigint not null,
  at timestamptz not null,
  primary key (tenant_id, order_id, template_id)
);
select kernel.declare_table('promotions.coupon_reward', 'tenant');

-- A member's link to a template: so many friends may take one each, for so long.
create table promotions.coupon_share (
  tenant_id uuid not null,
  id uuid not null,
  token text not null,
  template_id uuid not null,
  member_id uuid not null,
  max_claims integer not null check (max_claims > 0),
  claims integer not null default 0,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  check (claims <= max_claims),
  primary key (tenant_id, id),
  unique (tenant_id, token),
  foreign key (tenant_id, template_id) references promotions.coupon_template (tenant_id, id)
);
select kernel.declare_table('promotions.coupon_share', 'tenant');
create index coupon_share_of_member on promotions.coupon_share (tenant_id, member_id, template_id);
-- Who took one: a friend takes one of a link once.
create table promotions.coupon_share_claim (
  tenant_id uuid not null,
  share_id uuid not null,
  member_id uuid not null,
  coupon_id uuid not null,
  at timestamptz not null,
  primary key (tenant_id, share_id, member_id)
);
select kernel.declare_table('promotions.coupon_share_claim', 'tenant', true);

-- A coupon on its way to a friend. While it is offered nobody can use it; it is accepted, taken back or lapses, once.
create table promotions.coupon_gift (
  tenant_id uuid not null,
  id uuid not null,
  token text not null,
  coupon_id uuid not null,
  from_member_id uuid not null,
  to_member_id uuid,
  message text not null default '',
  state text not null default 'offered' check (state in ('offered', 'accepted', 'taken-back', 'lapsed')),
  offered_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  check ((state = 'accepted') = (to_member_id is not null)),
  check ((state = 'offered') = (ended_at is null)),
  primary key (tenant_id, id),
  unique (tenant_id, token),
  foreign key (tenant_id, coupon_id) references promotions.coupon (tenant_id, id)
);
select kernel.declare_table('promotions.coupon_gift', 'tenant');
create unique index coupon_gift_open on promotions.coupon_gift (tenant_id, coupon_id) where state = 'offered';
create index coupon_gift_due on promotions.coupon_gift (tenant_id, expires_at) where state = 'offered';
