-- Products, quotes, orders with frozen allocation, returns.
create schema commerce;
grant usage on schema commerce to shuke_app;

create table commerce.product (
  tenant_id uuid not null,
  id uuid not null,
  sku text not null,
  barcode text,
  name text not null,
  name_pinyin text not null default '',
  name_initials text not null default '',
  category text,
  price_fen bigint not null check (price_fen >= 0),
  state text not null default 'on-sale' check (state in ('on-sale', 'off-sale')),
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, sku)
);
select kernel.declare_table('commerce.product', 'tenant');
create index product_barcode on commerce.product (tenant_id, barcode);

-- What a till was told. `cart` and `quote` together re-derive the price; a held quote has set value aside.
create table commerce.quote (
  tenant_id uuid not null,
  order_id text not null,
  cart jsonb not null,
  quote jsonb not null,
  quote_hash text not null,
  member_id uuid,
  state text not null default 'open' check (state in ('open', 'held', 'released')),
  held_until timestamptz,
  at timestamptz not null,
  primary key (tenant_id, order_id)
);
select kernel.declare_table('commerce.quote', 'tenant');
create index quote_held on commerce.quote (tenant_id, held_until) where state = 'held';

create table commerce."order" (
  tenant_id uuid not null,
  id text not null,
  store_id uuid not null,
  channel text not null,
  source text not null check (source in ('till', 'ingest')),
  member_id uuid,
  status text not null check (status in ('paid', 'partially-refunded', 'refunded')),
  gross_fen bigint not null check (gross_fen >= 0),
  discount_fen bigint not null check (discount_fen between 0 and gross_fen),
  fees_fen bigint not null default 0 check (fees_fen >= 0),
  net_fen bigint not null check (net_fen = gross_fen - discount_fen + fees_fen),
  refunded_fen bigint not null default 0 check (refunded_fen between 0 and net_fen),
  points_earned bigint not null default 0,
  points_spent bigint not null default 0,
  -- earned points already taken back by returns
  points_returned bigint not null default 0 check (points_returned between 0 and points_earned),
  rule_version integer not null,
  -- effects, fees, inputs' hash: enough to prove the price again
  proof jsonb not null,
  cashier text not null,
  paid_at timestamptz not null,
  business_on date not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id)
) with (fillfactor = 90);
select kernel.declare_table('commerce."order"', 'tenant');
create index order_recent on commerce."order" (tenant_id, paid_at desc, id);
create index order_member on commerce."order" (tenant_id, member_id, paid_at desc);
create index order_store on commerce."order" (tenant_id, store_id, paid_at desc);

create table commerce.order_line (
  tenant_id uuid not null,
  order_id text not null,
  no integer not null,
  line_id text not null,
  sku text not null,
  name text not null,
  category text,
  quantity integer not null check (quantity > 0),
  unit_price_fen bigint not null check (unit_price_fen >= 0),
  gross_fen bigint not null,
  discount_fen bigint not null,
  net_fen bigint not null check (net_fen = gross_fen - discount_fen and net_fen >= 0),
  points_earned bigint not null default 0,
  -- this line's part of each tender, in the order of the tenders: frozen, so a refund never re-spreads
  tender_split jsonb not null,
  returned_quantity integer not null default 0 check (returned_quantity between 0 and quantity),
  returned_fen bigint not null default 0 check (returned_fen between 0 and net_fen),
  -- what of `tender_split` has gone back, in the same order
  returned_split jsonb not null default '[]',
  primary key (tenant_id, order_id, no),
  foreign key (tenant_id, order_id) references commerce."order" (tenant_id, id)
) with (fillfactor = 90);
select kernel.declare_table('commerce.order_line', 'tenant');

create table commerce.tender (
  tenant_id uuid not null,
  order_id text not null,
  no integer not null,
  kind text not null check (kind in ('cash', 'card', 'wechat', 'stored-value', 'points', 'external')),
  amount_fen bigint not null check (amount_fen >= 0),
  refunded_fen bigint not null default 0 check (refunded_fen between 0 and amount_fen),
  points bigint,
  principal_fen bigint,
  payment_id uuid,
  reference text,
  primary key (tenant_id, order_id, no),
  foreign key (tenant_id, order_id) references commerce."order" (tenant_id, id)
) with (fillfactor = 90);
select kernel.declare_table('commerce.tender', 'tenant');

create table commerce."return" (
  tenant_id uuid not null,
  id uuid not null,
  -- null: a refund of POS history whose sale is not named
  order_id text,
  external_id text,
  store_id uuid not null,
  member_id uuid,
  amount_fen bigint not null check (amount_fen >= 0),
  lines jsonb not null,
  tenders jsonb not null,
  points_taken_back bigint not null default 0,
  points_given_back bigint not null default 0,
  reason text not null,
  by_actor text not null,
  at timestamptz not null,
  business_on date not null,
  primary key (tenant_id, id),
  unique (tenant_id, external_id)
);
select kernel.declare_table('commerce."return"', 'tenant', true);
create index return_order on commerce."return" (tenant_id, order_id);
create index return_recent on commerce."return" (tenant_id, at desc);
create index return_member on commerce."return" (tenant_id, member_id, at desc);
