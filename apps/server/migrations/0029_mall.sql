-- The points mall: what points buy, and who has bought it. Stock and limits are conditional updates, as with coupons, and the checks
-- below stand behind them: redeemed = what is out and has not come back.

-- Pictures are small (200 kB, checked by the door) and few, so they live beside what they show: one backup holds everything.
create table loyalty.mall_picture (
  tenant_id uuid not null,
  id uuid not null,
  media_type text not null check (media_type in ('image/jpeg', 'image/png', 'image/webp')),
  bytes bytea not null check (octet_length(bytes) between 1 and 204800),
  added_by text not null,
  added_at timestamptz not null,
  primary key (tenant_id, id)
);
select kernel.declare_table('loyalty.mall_picture', 'tenant');

create table loyalty.mall_item (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  description text not null default '',
  kind text not null check (kind in ('dish', 'goods', 'coupon', 'benefit')),
  picture_id uuid,
  points bigint not null check (points > 0),
  cash_fen bigint not null default 0 check (cash_fen >= 0),
  -- null: without end
  stock integer check (stock >= 0),
  redeemed integer not null default 0 check (redeemed >= 0),
  check (redeemed <= stock),
  -- null: without limit
  per_member integer check (per_member > 0),
  limit_period text not null default 'ever' check (limit_period in ('ever', 'day', 'week', 'month', 'year')),
  tier_ids uuid[] not null default '{}',
  store_ids uuid[] not null default '{}',
  coupon_template_id uuid,
  benefit_id uuid,
  check ((kind = 'coupon') = (coupon_template_id is not null)),
  check ((kind = 'benefit') = (benefit_id is not null)),
  pickup_days integer not null default 30 check (pickup_days between 1 and 365),
  starts_on date,
  ends_on date,
  position integer not null default 100,
  state text not null default 'draft' check (state in ('draft', 'live', 'ended')),
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, picture_id) references loyalty.mall_picture (tenant_id, id)
) with (fillfactor = 80);
select kernel.declare_table('loyalty.mall_item', 'tenant');

-- How many of an item a member has taken in a period of its limit.
create table loyalty.mall_allowance (
  tenant_id uuid not null,
  item_id uuid not null,
  member_id uuid not null,
  period text not null,
  taken integer not null check (taken >= 0),
  primary key (tenant_id, item_id, member_id, period),
  foreign key (tenant_id, item_id) references loyalty.mall_item (tenant_id, id)
);
select kernel.declare_table('loyalty.mall_allowance', 'tenant');

-- waiting (for its cash) → ready (to be fetched) → done; or cancelled, expired, refunded. Price and name are as they were.
create table loyalty.redemption (
  tenant_id uuid not null,
  id uuid not null,
  item_id uuid not null,
  member_id uuid not null,
  kind text not null,
  name text not null,
  quantity integer not null check (quantity between 1 and 100),
  points bigint not null check (points > 0),
  cash_fen bigint not null check (cash_fen >= 0),
  period text not null,
  state text not null check (state in ('waiting', 'ready', 'done', 'cancelled', 'expired', 'refunded')),
  -- only what is fetched has one
  code text,
  payment_id uuid,
  pay_until timestamptz,
  pickup_until timestamptz,
  -- what came of it: coupons, a grant
  outcome jsonb not null default '{}',
  store_id uuid,
  handed_by text,
  handed_at timestamptz,
  ended_at timestamptz,
  end_reason text,
  -- false: it is not in the stock any more although it was refunded
  restocked boolean not null default false,
  refund_id uuid,
  created_at timestamptz not null,
  check ((state = 'waiting') <= (payment_id is not null and pay_until is not null)),
  check ((state = 'ready') <= (code is not null and pickup_until is not null)),
  primary key (tenant_id, id),
  unique (tenant_id, code),
  foreign key (tenant_id, item_id) references loyalty.mall_item (tenant_id, id)
) with (fillfactor = 80);
select kernel.declare_table('loyalty.redemption', 'tenant');
create index redemption_of_member on loyalty.redemption (tenant_id, member_id, id);
create index redemption_of_item on loyalty.redemption (tenant_id, item_id, id);
create index redemption_unpaid on loyalty.redemption (tenant_id, pay_until) where state = 'waiting';
create index redemption_unfetched on loyalty.redemption (tenant_id, pickup_until) where state = 'ready';

-- The cash part goes through the payment adapter like everything else that is paid.
alter table payments.payment drop constraint payment_purpose_check;
alter table payments.payment add constraint payment_purpose_check check (purpose in ('order', 'top-up', 'card', 'redemption'));
